// Details of what is selected: an actor with all its relations, or one relation with all that is said of it.
const panel = byId("panel");
const focusPanel = () => (panel.querySelector("h2") ?? panel).focus();

// Select a node: go to a scope where it is, and widen the filters when they would hide it.
const reveal = (id) => {
  const scope = scopeOfNode(id);
  if (scope !== state.scope) Object.assign(state, entering(scope));
  const patch = { ...NONE, node: id, near: "" };
  const own = touching.get(id).filter((relation) => scopeNow().relations.includes(relation));
  if (!own.some((relation) => admitted(relation) && passes(relation)) && own.length) {
    patch.chosen = new Map(FACETS.map((facet) => [facet, new Set()]));
    patch.unspecified = state.unspecified || Boolean(nodes.get(id).hidden);
    const between = own.some((relation) => !endsOf(relation).some(isThing));
    patch.things = state.things || isThing(id) || !between;
    patch.drafts = state.drafts || own.every(isDraft);
  }
  change(patch);
};

const field = (key, value) => (value && (!Array.isArray(value) || value.length) ? [make("dt", {}, say(`field.${key}`)), make("dd", {}, value)] : []);
const terms = (scheme, names) => (names ?? []).flatMap((name, place) => [place ? ", " : "", words(term(scheme, name))]);
const lifetime = (node) => (node.founded || node.dissolved ? spanText({ start: node.founded, end: node.dissolved }) : "");
const firmness = (relation) => {
  const found = [make("span", { class: `badge ${relation.modality}`, title: firmHint(relation) }, firmWord(relation))];
  if (relation.negated) found.push(make("span", { class: "badge denied", title: say("modality.negated.hint") }, `✕ ${say("modality.negated")}`));
  if (isDraft(relation)) found.push(make("span", { class: "badge draft", title: say("panel.draft.hint") }, say("panel.draft")));
  if (!inForce(relation)) found.push(make("span", { class: "badge over" }, say("time.off", { date: state.asof })));
  return found;
};
const nodeButton = (id) => button(nodeName(id), () => reveal(id), { class: "name" });
const joined = (ids) => ids.flatMap((id, place) => [place ? ", " : "", nodeButton(id)]);

// How sure it is, and who looked.
const trustOf = (relation) => [
  ...(relation.confidence ? [`${say("field.confidence")}: `, words(term("confidence", relation.confidence))] : []),
  ...(relation.verified ? [relation.confidence ? " · " : "", [say(`verified.${relation.verified}`), checkedText(relation)].filter(Boolean).join(", ")] : []),
];
// What is said to be so and not to be so of the same two, in the same kind; who authorises and may not inspect is no contradiction.
const alike = (some, others) => !some?.length || !others?.length || some.some((name) => others.includes(name));
const opposites = (relation) => touching.get(relation.actor).filter((other) => other.actor === relation.actor && other.kind === relation.kind
  && alike(relation.function, other.function) && Boolean(other.negated) !== Boolean(relation.negated) && other.targets.some((id) => relation.targets.includes(id)) && (state.drafts || !isDraft(other)));

// One relation in the list of an actor, or in a list of relations of any.
const item = (relation, id) => {
  const outward = relation.actor === id;
  const others = outward || id === null ? relation.targets : [relation.actor, ...relation.targets.filter((each) => each !== id)];
  const sentence = make("p", { class: "sentence" }, firmness(relation), " ");
  if (id === null) sentence.append(nodeButton(relation.actor), " ", words(sentenceOf(relation), "em"), " ", ...joined(others));
  else if (outward) sentence.append(words(sentenceOf(relation), "em"), " ", ...joined(others));
  else sentence.append(nodeButton(relation.actor), " ", words(sentenceOf(relation, THIS), "em"), ...(others.length > 1 ? [` (${say("panel.with")})`] : []));
  const facets = isRetold(relation) ? [] : terms("function", relation.function); // told in the sentence
  if (relation.scope) facets.push(facets.length ? " · " : "", written(relation.scope));
  facets.push(facets.length ? " · " : "", spanText(relation));
  const basis = (relation.basis ?? []).length ? make("p", { class: "basis" }, `${say("field.basis")}: `, basisList(relation)) : null;
  const more = button(say("panel.more"), () => change({ relation: relation.id, node: null }), { class: "more" });
  const trust = trustOf(relation);
  return make("li", {}, sentence, remarkOf(relation), make("p", { class: "quiet" }, facets), basis, citations(relation), trust.length ? make("p", { class: "quiet" }, trust) : null, more);
};
// A long list begins with some; the rest is made when it is asked for.
const claims = (found, id) => {
  const list = make("ul", { class: "claims" }, found.slice(0, MOST_CLAIMS).map((relation) => item(relation, id)));
  if (found.length > MOST_CLAIMS) {
    const more = make("li", {}, button(`${say("button.more")} (${found.length - MOST_CLAIMS})`, () => {
      const rest = found.slice(MOST_CLAIMS).map((relation) => item(relation, id));
      more.replaceWith(...rest);
      rest[0].querySelector("button").focus();
    }, { class: "more" }));
    list.append(more);
  }
  return list;
};
const MOST_CLAIMS = 60;
// Who oversees a body is asked layer by layer.
const byLayer = (found) => {
  const layers = ORDER_OF_LAYERS.filter((layer) => found.some((relation) => layerOf(relation) === layer));
  if (found.length < 4 || layers.length < 2) return [[null, found]];
  return layers.map((layer) => [make("h4", {}, layerText(layer || "not stated")), found.filter((relation) => layerOf(relation) === layer)]);
};
const section = (title, list, id) => {
  if (!list.length) return null;
  const kinds = new Map();
  for (const relation of list) kinds.set(relation.kind, [...(kinds.get(relation.kind) ?? []), relation]);
  const blocks = [...kinds].sort((a, b) => b[1].length - a[1].length).map(([kind, found], place) =>
    make("details", { open: place < 2 || list.length < 12 },
      make("summary", {}, line(colourOf(kind), []), words(term("kind", kind)), make("span", { class: "count" }, String(found.length))),
      byLayer(found).flatMap(([title, part]) => [title, claims(part, id)])));
  return make("section", {}, make("h3", {}, `${title} `, make("span", { class: "count" }, String(list.length))), blocks);
};

const actorPanel = (id) => {
  const node = nodes.get(id);
  const known = touching.get(id).filter((relation) => state.drafts || !isDraft(relation));
  const own = known.filter(inForce);
  const past = known.filter((relation) => !inForce(relation));
  const other = otherName(id);
  const definition = chosen(node.defen, node.defuk);
  const type = terms("type", node.types);
  return [
    make("div", { class: "title" }, swatch(markOf(id)), words(nodeName(id), "h2", { tabindex: "-1" }),
      button("×", () => change({ ...NONE, near: "" }), { class: "close", "aria-label": say("button.clear") })),
    other.text ? words(other, "p", { class: "other" }) : null,
    shown.degree.has(id) ? null : make("p", { class: "quiet" }, say("panel.hidden")),
    make("dl", {},
      field("type", type.length ? type : say(`group.${markOf(id).id}`)),
      node.standsfor && !(node.types ?? []).includes(node.standsfor) ? field("standsfor", words(term("type", node.standsfor))) : [],
      field("aliases", (node.alt ?? []).flatMap((name, place) => [place ? " · " : "", cited(name)])), field("country", node.country ? countryName(node.country) : ""),
      field("dates", lifetime(node)), field("definition", definition.text ? words(definition) : ""), field("note", written(node.note))),
    make("div", { class: "tools" }, nearTools(), pathTools(id)),
    ...[["panel.to", own.filter((relation) => relation.actor === id)], ["panel.from", own.filter((relation) => relation.actor !== id)]]
      .sort((a, b) => b[1].length - a[1].length).map(([title, list]) => section(say(title), list, id)),
    past.length ? make("details", { class: "past" }, make("summary", {}, say("time.off", { date: state.asof }), make("span", { class: "count" }, String(past.length))),
      claims(past, id)) : null,
    takeActor(id),
  ];
};

const relationPanel = (relation) => [
  make("div", { class: "title" }, line(colourOf(relation.kind), dashesOf(relation.modality), false, 2, isHollow(relation.modality)), make("h2", { tabindex: "-1" }, say("panel.relation")),
    button("×", () => change({ relation: null }), { class: "close", "aria-label": say("button.clear") })),
  make("p", { class: "sentence large" }, nodeButton(relation.actor), " ", words(sentenceOf(relation), "em"), " ", joined(relation.targets)),
  remarkOf(relation),
  shown.relations.includes(relation) ? null : make("p", { class: "quiet" }, say("panel.hidden")),
  make("p", {}, firmness(relation), " ", make("span", { class: "quiet" }, firmHint(relation))),
  make("dl", {}, field("kind", words(term("kind", relation.kind))),
    ["function", "layer", "principle", "topic", "channel"].flatMap((scheme) => field(scheme, terms(scheme, relation[scheme]))),
    field("scope", written(relation.scope)), field("role", written(relation.role)), field("amount", [relation.amount, relation.currency].filter(Boolean).join(" ")),
    field("dates", spanText(relation)), field("basis", basisList(relation)),
    field("confidence", relation.confidence ? words(term("confidence", relation.confidence)) : ""),
    field("verified", relation.verified ? [say(`verified.${relation.verified}`), checkedText(relation)].filter(Boolean).join(", ") : ""),
    field("status", relation.status ? words(term("status", relation.status)) : ""), field("note", written(relation.note))),
  make("section", {}, make("h3", {}, say("column.source")), citations(relation)),
  opposites(relation).length ? make("section", { class: "opposite" }, make("h3", {}, say("panel.opposite")), make("p", { class: "quiet" }, say("panel.opposite.hint")),
    make("ul", { class: "claims" }, opposites(relation).map((other) => item(other, null)))) : null,
  takeRelation(relation),
];

const emptyPanel = () => {
  const top = [...shown.nodes].sort((a, b) => shown.degree.get(b) - shown.degree.get(a)).slice(0, 8);
  const most = shown.degree.get(top[0]) ?? 1;
  const row = (id) => {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", String(shown.degree.get(id) / most));
    return make("li", {}, swatch(markOf(id)), nodeButton(id), bar, make("span", { class: "count" }, String(shown.degree.get(id))));
  };
  const modalities = firmnessesOf(scopeNow().relations).map((name) =>
    make("li", {}, drawn.modality(name), make("strong", {}, say(`modality.${name}`)), ` – ${modalityHint(name)}`));
  if (shown.edges.some(({ several }) => several)) modalities.push(make("li", {}, severalLine(), make("strong", {}, say("line.several")), ` – ${say("line.several.hint")}`));
  if (scopeNow().relations.some(isUndated)) modalities.push(make("li", {}, undatedLine(), make("strong", {}, say("time.none")), ` – ${say("time.unknown.hint")}`));
  if (occurring("denial").includes("denied")) {
    modalities.push(make("li", {}, line(ink(), [], true), make("strong", {}, say("modality.negated")), ` – ${say("modality.negated.hint")}`));
  }
  return [
    make("h2", { tabindex: "-1" }, say("panel.how")), make("ul", { class: "how" }, modalities),
    ...(stories.size ? [make("h3", {}, say("story.list")), make("ul", { class: "stories" }, storyButtons())] : []),
    top.length ? make("h3", {}, say("panel.top")) : make("p", {}, say("empty")), make("ol", { class: "ranking" }, top.map(row)),
  ];
};

// One to three steps around the actor; pressed again, all. A direction alone is of one step.
const goNear = (near, pressed) => {
  change({ near });
  panel.querySelector(`[data-near="${pressed}"]`)?.focus();
};
const stepButton = (steps, [now, way]) => button(steps, () => goNear(now === steps ? "" : steps + way, steps),
  { "aria-pressed": String(now === steps), "aria-label": say("near.steps", { count: Number(steps) }), "data-near": steps });
const wayButton = (each, [steps, way]) => button(say(`near.${each}`), () => goNear((steps || "1") + (each === "both" ? "" : each), each),
  { "aria-pressed": String(Boolean(steps) && (way || "both") === each), "data-near": each });
const nearTools = () => [
  make("div", { class: "steps", role: "group", "aria-label": say("button.near") }, make("span", {}, say("button.near")),
    ["1", "2", "3"].map((steps) => stepButton(steps, nearNow()))),
  make("div", { class: "steps", role: "group", "aria-label": say("near.direction") }, make("span", {}, say("near.direction")),
    ["both", "out", "in"].map((each) => wayButton(each, nearNow()))),
];

const panelContent = () => {
  if (state.relation) return relationPanel(relations.get(state.relation));
  if (state.list) return listPanel(splitParts(state.list));
  if (state.path) return pathPanel();
  if (state.node) return actorPanel(state.node);
  if (stepNow()) return storyPanel();
  return state.view === "gaps" ? gapsHelp() : emptyPanel();
};
const fillPanel = () => {
  const content = panelContent();
  panel.replaceChildren(...content.filter(Boolean));
};
