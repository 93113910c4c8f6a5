// Stories: text beside the drawing, step by step. A step sets what is open and lights what it tells of; all that it tells is cited.
const stories = new Map(page.stories.map(({ id, steps }) => [id, steps]));
const stepNow = () => stories.get(state.story)?.[Number(state.step) - 1] ?? null;
const inBoth = ([en, uk]) => chosen(en, uk);
const partsOf = ({ actors, relations: ids }) => [...actors, ...ids.flatMap((id) => endsOf(relations.get(id)))];

// What a step opens on: the first scene of its country in which its relations are.
const atStep = (id, number) => {
  const step = stories.get(id)[number - 1];
  const scope = scopes.has(step.scope) ? step.scope : firstScope;
  const told = step.relations.map((each) => relations.get(each));
  const things = partsOf(step).some(isThing);
  const holds = (scene) => !scene.kinds.length || told.every(({ kind }) => scene.kinds.includes(kind));
  const { scenes, opening: first } = scopes.get(scope);
  const scene = [first, ...scenes].find((each) => holds(each) && (each.things || !things)) ?? scenes.at(-1);
  return {
    ...opening(scope), view: step.view || "network", asof: step.asof || scopes.get(scope).day, story: id, step: String(number),
    things: scene.things || things, drafts: told.some(isDraft), chosen: new Map(FACETS.map((facet) => [facet, new Set(facet === "kind" ? present(scene) : [])])),
  };
};
// What the address asks for, where it names a step that is there.
const stepAsked = (parts) => {
  const [id, number] = [parts.get("story"), Number(parts.get("step") ?? 1)];
  return Number.isInteger(number) && stories.get(id)?.[number - 1] ? atStep(id, number) : null;
};
const stepLight = () => {
  const step = stepNow();
  const ends = new Set(step ? partsOf(step) : []);
  if (!ends.size) return null;
  const ids = new Set(step.relations);
  return { nodes: ends, edge: (edge) => (ids.size ? ids.has(edge.relation) : ends.has(edge.from) && ends.has(edge.to)) };
};

const goToStep = (id, number) => {
  change({ ...atStep(id, number), lang: state.lang });
  announce(`${say("story.at", { step: number, count: stories.get(id).length })} ${inBoth(stepNow().title).text}`);
  focusPanel();
};
const endStory = () => {
  change({ story: "", step: "" });
  goBack();
};
const storyButtons = () => [...stories].map(([id, [first]]) => {
  const { text, lang } = inBoth(first.title);
  return make("li", {}, button({ text: `▸ ${text}`, lang }, () => {
    byId("stories").open = false;
    goToStep(id, 1);
  }, { class: "name", "data-story": id }));
});
const fillStories = () => {
  byId("stories").hidden = !stories.size;
  byId("story-list").replaceChildren(...storyButtons());
};
const storyPanel = () => {
  const [steps, number, step] = [stories.get(state.story), Number(state.step), stepNow()];
  const move = (by, key) => button(say(key), () => goToStep(state.story, number + by), { "data-move": key, disabled: !steps[number - 1 + by] });
  const told = step.relations.map((id) => relations.get(id));
  return [
    make("div", { class: "title" }, words(inBoth(step.title), "h2", { tabindex: "-1" }), button("×", endStory, { class: "close", "aria-label": say("story.end") })),
    make("p", { class: "quiet" }, say("story.at", { step: number, count: steps.length }), " ", dayText()),
    words(inBoth(step.text), "p", { class: "told" }),
    make("div", { class: "tools moves", role: "group", "aria-label": say("story.list") }, move(-1, "story.back"), move(1, "story.next")),
    told.length || step.actors.length ? make("h3", {}, say("story.cited")) : null,
    step.actors.length ? make("p", {}, joined(step.actors)) : null,
    make("ul", { class: "claims" }, told.map((relation) => item(relation, null))),
  ];
};
