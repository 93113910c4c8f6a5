// The panel of paths: two actors, or one and whoever is elected above it, and each chain told in sentences with their sources.
const pathTo = (start, end) => change({ ...NONE, near: "", path: joinParts([start, end]) });
const pathTools = (id) => make("div", { class: "ways" },
  button(say("path.to"), () => {
    pathTo(id, "");
    panel.querySelector("#path-end")?.focus();
  }, { "data-path": "to" }),
  isElected(id) ? null : button(say("path.up"), () => {
    pathTo(id, UP);
    focusPanel();
  }, { "data-path": "up" }));

const pathEnd = (name, label, id, picked) => {
  const list = make("ul", { id: `${name}-found`, role: "listbox", class: "found", "aria-label": say("search.results"), hidden: true });
  const field = make("input", {
    id: name, type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
    placeholder: say("search.hint"), value: id && nodes.has(id) ? nodeName(id).text : "",
  });
  combobox(field, list, picked);
  return make("div", { class: "end" }, make("label", { for: name }, say(label)), make("div", { class: "search" }, field, list));
};
const MOST_TOLD = 3;
const hopItem = ({ relations: list }) => {
  const told = list.slice(0, MOST_TOLD).map((relation) => item(relation, null));
  const rest = list.slice(MOST_TOLD).map((relation) => item(relation, null));
  return make("li", {}, make("ul", { class: "claims" }, told),
    rest.length ? make("details", {}, make("summary", {}, say("path.more", { count: rest.length })), make("ul", { class: "claims" }, rest)) : null);
};
const chainBlock = (hops, place) => {
  const trail = [hops[0].from, ...hops.map(({ to }) => to)].flatMap((id, each) => [each ? " → " : "", words(nodeName(id))]);
  return make("details", { class: "chain", open: place < 2 },
    make("summary", {}, make("strong", {}, say("path.steps", { count: hops.length })), " ", make("span", {}, trail)), make("ol", { class: "hops" }, hops.map(hopItem)));
};
const commonItem = ({ id, relations: list }) => make("li", {}, swatch(markOf(id)), nodeButton(id),
  make("span", { class: "quiet" }, [...new Set(list.map((relation) => term("kind", relation.kind).text))].join(", ")));

// The filters may hide what would connect the two.
const widen = () => {
  const wide = { ...opening(state.scope), lang: state.lang, view: state.view, layout: state.layout, asof: state.asof, from: state.from, path: state.path, directed: state.directed };
  change({ ...wide, chosen: new Map(FACETS.map((facet) => [facet, new Set()])) });
  focusPanel();
};
const pathAnswer = ({ start, end, chains, common }) => {
  const filtered = FACETS.some((facet) => state.chosen.get(facet).size);
  const answer = [make("p", { class: "quiet" }, say(filtered ? "path.within" : "path.all", { day: dayText() }), " ",
    filtered ? button(say("path.widen"), widen, { class: "more", "data-widen": "true" }) : null)];
  if (chains.length) answer.push(make("h3", {}, say("path.chains", { count: chains.length })), ...chains.map(chainBlock));
  else answer.push(make("p", { class: "nothing" }, say(end === UP ? "path.none.up" : "path.none", { name: nodeName(start).text })));
  if (end !== UP) {
    answer.push(make("h3", {}, say("path.common"), " ", make("span", { class: "count" }, String(common.length))));
    answer.push(common.length ? make("ul", { class: "ranking common" }, common.map(commonItem)) : make("p", { class: "quiet" }, say("path.common.none")));
  }
  return answer;
};
const pathPanel = () => {
  const { start, end } = pathFound;
  const asked = start && (end === UP || nodes.has(end));
  const swap = () => {
    pathTo(end, start);
    focusPanel();
  };
  const directed = make("label", { class: "tick" }, make("input", { type: "checkbox", checked: state.directed, "data-directed": "true", onchange: () => {
    change({ directed: !state.directed });
    panel.querySelector("[data-directed]").focus();
  } }), make("span", {}, say("path.directed")));
  const picked = (patch) => {
    pathTo(patch.start ?? start, patch.end ?? end);
    focusPanel();
  };
  return [
    make("div", { class: "title" }, make("h2", { tabindex: "-1" }, say(end === UP ? "path.title.up" : "path.title")),
      button("×", () => change({ path: "", node: start || null }), { class: "close", "aria-label": say("button.clear") })),
    pathEnd("path-start", "path.from", start, (id) => picked({ start: id })),
    end === UP ? null : pathEnd("path-end", "path.until", end, (id) => picked({ end: id })),
    end === UP ? null : make("div", { class: "tools" }, directed, asked ? button(say("path.swap"), swap) : null),
    ...(asked ? pathAnswer(pathFound) : [make("p", { class: "quiet" }, say("path.choose"))]),
  ];
};
