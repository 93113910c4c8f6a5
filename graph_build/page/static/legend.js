// The legend is the filter: every row shows how a thing is drawn, how often it is there, and chooses it.
const SVG = "http://www.w3.org/2000/svg";
const svgElement = (name, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
};
const turn = (count, inner, outer) =>
  Array.from({ length: count }, (_, k) => {
    const reach = k % 2 ? inner : outer;
    return [reach * Math.sin((2 * Math.PI * k) / count), -reach * Math.cos((2 * Math.PI * k) / count)];
  });
const OUTLINES = new Map([
  ["square", [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]],
  ["diamond", [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]]],
  ["triangle", [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]]],
  ["triangleDown", [[0, 1.15], [1.1, -0.8], [-1.1, -0.8]]],
  ["hexagon", turn(6, 1, 1).map(([x, y]) => [y, x])],
  ["star", turn(10, 0.55, 1.25)],
]);
const symbol = (mark, x, y, size, colours) => {
  const style = { fill: mark.fill === "#FFFFFF" ? colours.paper : mark.fill, stroke: colours.outline, "stroke-width": 1.5 };
  const corners = OUTLINES.get(mark.shape);
  if (!corners) return svgElement("circle", { cx: x, cy: y, r: size, ...style });
  return svgElement("polygon", { points: corners.map(([a, b]) => `${(x + a * size).toFixed(1)},${(y + b * size).toFixed(1)}`).join(" "), ...style });
};
const swatch = (mark) =>
  svgElement("svg", { class: "swatch", viewBox: "-10 -10 20 20", "aria-hidden": "true" }, symbol(mark, 0, 0, 7, { paper: paper(), outline: outline() }));
const line = (colour, dashes, bar = false, width = 2, hollow = false) => {
  const stroke = (color, wide) => svgElement("line", { x1: 1, y1: 6, x2: bar ? 26 : 21, y2: 6, stroke: color, "stroke-width": wide, "stroke-dasharray": dashes.join(" ") });
  const found = svgElement("svg", { class: "line", viewBox: "0 0 30 12", "aria-hidden": "true" }, stroke(colour, hollow ? TUBE : width));
  if (hollow) found.append(stroke(paper(), BORE));
  found.append(bar ? svgElement("line", { x1: 26, y1: 1, x2: 26, y2: 11, stroke: colour, "stroke-width": 3 })
    : svgElement("polygon", { points: "20,2 29,6 20,10", fill: hollow ? paper() : colour, stroke: colour }));
  return found;
};

const undatedLine = () => line(ink(), page.look.undated, false, 2.6);
const severalLine = () => {
  const found = line(ink(), []);
  found.append(svgElement("text", { x: 10, y: 10, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: ink(), stroke: paper(), "stroke-width": 3, "paint-order": "stroke" }, "3"));
  return found;
};
const firmLine = (modality) => line(ink(), dashesOf(modality), false, widthOf(modality), isHollow(modality));

// How the values of a facet are headed, named and drawn.
const blocks = {
  kind: () => page.look.families.map((each) => ({ title: say(`family.${each.id}`), values: each.kinds.filter((kind) => occurring("kind").includes(kind)) })),
  type: () => page.look.groups.map((each) => ({
    title: say(`group.${each.id}`), mark: each,
    values: occurring("type").filter((type) => groupOfType.get(type) === each.id),
  })),
};
const groupOfType = new Map();
for (const node of nodes.values()) {
  for (const type of node.types ?? []) if (!groupOfType.has(type) || node.types.length === 1) groupOfType.set(type, node.group);
}
const drawn = {
  // In a view of one family, the colours are its kinds': what is not shown has none.
  kind: (value) => line(oneFamily() && !state.chosen.get("kind").has(value) ? outlineQuiet() : colourOf(value), []),
  modality: (value) => firmLine(value === "law" ? "normative" : value),
  denial: (value) => line(ink(), [], value === "denied"),
  type: (value) => swatch(groups.get(groupOfType.get(value)) ?? groups.get("rest")),
};
const firmKeyHere = (value) => (value === "normative" && scopeNow().country ? "law" : value);
const valueName = (facet, value) => {
  if (facet === "modality") return { text: say(`modality.${firmKeyHere(value)}`), lang: state.lang };
  if (facet === "denial") return { text: say(`denial.${value}`), lang: state.lang };
  return facet === "country" ? { text: countryName(value), lang: state.lang } : term(facet, value);
};

const tick = (facet, value, number) => {
  const wanted = state.chosen.get(facet);
  const box = make("input", { type: "checkbox", "data-facet": facet, "data-value": value, checked: wanted.has(value), onchange: () => {
    const next = new Set(wanted);
    if (!next.delete(value)) next.add(value);
    choose(facet, next);
  } });
  const name = make("label", { class: number ? "tick" : "tick none" }, box, drawn[facet]?.(value), words(valueName(facet, value), "span", { class: "name", title: facet === "modality" ? modalityHint(firmKeyHere(value)) : null }), make("span", { class: "count" }, String(number)));
  const only = onlyButton(facet, value);
  const across = ({ key }) => ({ ArrowRight: only, ArrowLeft: box })[key]?.focus();
  return make("div", { class: "choice", onkeydown: across }, name, only);
};
// Keeps one value of a facet and no other of it. An arrow leads to it and back: as many stops again would keep Tab from what follows.
const onlyButton = (facet, value) => make("button", { type: "button", class: "only", tabindex: "-1", onclick: () => choose(facet, [value]), "data-facet": facet, "data-only": value },
  say("filters.only"), " ", words(valueName(facet, value), "span", { class: "unseen" }));
const facetBlock = (facet) => {
  const found = counts(facet);
  const parts = blocks[facet]?.() ?? [{ values: occurring(facet) }];
  const body = parts.filter(({ values }) => values.length).map(({ title, values }) => {
    const rows = [...values].sort((a, b) => (found.get(b) ?? 0) - (found.get(a) ?? 0)).map((value) => tick(facet, value, found.get(value) ?? 0));
    return make("div", { class: "block" }, title ? make("h4", {}, title) : null, rows);
  });
  const open = opened.get(facet) ?? !CLOSED.includes(facet);
  const block = make("details", { class: "facet", open }, make("summary", {}, make("h3", {}, say(`facet.${facet}`))), body);
  block.addEventListener("toggle", () => opened.set(facet, block.open));
  return block;
};
const opened = new Map();
const CLOSED = ["confidence", "function", "source"];
const toggle = (name) =>
  make("label", { class: "tick" }, make("input", { type: "checkbox", "data-toggle": name, checked: state[name], onchange: () => change({ [name]: !state[name] }) }), make("span", { class: "name" }, say(`toggle.${name}`)));

const fillLegend = () => {
  const focused = document.activeElement?.closest?.("#facets input, #facets button")?.dataset;
  const useful = FACETS.filter((facet) => occurring(facet).length > (facet === "type" || facet === "kind" || facet === "modality" ? 0 : 1));
  const switches = make("div", { class: "block" }, [...scopeNow().nodes].some(isThing) ? toggle("things") : null, 
    [...scopeNow().nodes].some((id) => nodes.get(id).hidden) ? toggle("unspecified") : null,
    scopeNow().relations.some(isDraft) ? toggle("drafts") : null);
  byId("facets").replaceChildren(make("p", { class: "quiet" }, say("filters.hint")), switches, ...useful.map(facetBlock));
  if (!focused) return;
  const same = [...byId("facets").querySelectorAll("input, button")].find((each) => ["facet", "value", "toggle", "only"].every((name) => each.dataset[name] === focused[name]));
  same?.focus();
};

const fillFamilies = () => {
  const now = family();
  const choices = new Map(scopeNow().scenes.toReversed().map((scene) => [scene.family, scene]));
  byId("families").replaceChildren(...[...choices.values()].toReversed().map((scene) =>
    button(say(`family.${scene.family}`), () => {
      const chosenNow = new Map(state.chosen);
      chosenNow.set("kind", new Set(present(scene)));
      change({ chosen: chosenNow, things: scene.things, near: "", every: false });
    }, { "aria-pressed": String(scene.family === now), "data-family": scene.family, title: say(`family.${scene.family}.lede`) })));
};
const fillChips = () => {
  const chips = FACETS.flatMap((facet) => {
    const wanted = [...state.chosen.get(facet)];
    if (facet === "kind" && family() !== "custom") return [];
    return wanted.map((value) => {
      const name = valueName(facet, value).text;
      return button(`${name} ×`, () => choose(facet, wanted.filter((each) => each !== value)), { class: "chip", "aria-label": say("chip.remove", { name }) });
    });
  });
  if (fragment().replace(/(lang|scope|view|layout|node|relation|list|path|story|step|directed|sort|gapsort|norm|rows|columns)=[^&]*&?/g, "").length > 1) {
    chips.push(button(say("button.reset"), () => change({ ...opening(state.scope), lang: state.lang, view: state.view, layout: state.layout, rows: state.rows, columns: state.columns }), { class: "chip reset" }));
  }
  byId("chips").replaceChildren(...chips);
};
// What a standard demands, what a country's law requires, what is done: those that occur, in the order of the look.
const firmnessesOf = (list) => {
  const found = new Set(list.map(firmKey));
  return [...Object.keys(page.look.modalities).slice(0, 1), "law", ...Object.keys(page.look.modalities).slice(1)].filter((name) => found.has(name));
};
// Beside the drawing: only what is drawn now.
const fillKey = () => {
  const kinds = new Set(shown.relations.map((relation) => relation.kind));
  const colours = oneFamily() ? familyOf([...kinds][0]).kinds.filter((kind) => kinds.has(kind)).map((kind) => [term("kind", kind), colourOf(kind)])
    : page.look.families.filter((each) => each.kinds.some((kind) => kinds.has(kind)))
      .map((each) => [{ text: say(`family.${each.id}`), lang: state.lang }, shade(each.colour)]);
  const rows = [
    ...page.look.groups.filter((group) => shown.nodes.some((id) => markOf(id) === group)).map((group) => [swatch(group), say(`group.${group.id}`)]),
    ...colours.map(([name, colour]) => [line(colour, []), words(name)]),
    ...firmnessesOf(shown.relations).map((name) => [drawn.modality(name), say(`modality.${name}`)]),
  ];
  if (shown.edges.some(({ several }) => several)) rows.push([severalLine(), say("line.several")]);
  if (shown.relations.some(isUndated)) rows.push([undatedLine(), say("time.none")]);
  if (shown.relations.some((relation) => relation.negated)) rows.push([line(ink(), [], true), say("modality.negated")]);
  byId("legend").replaceChildren(...rows.map((row) => make("li", {}, row)));
};
const among = () => {
  const actors = say("actors", { count: shown.of - shown.things });
  return shown.things ? say("and", { first: actors, second: say("things", { count: shown.things }) }) : actors;
};
const fillLede = () => {
  if (state.view === "gaps" || state.view === "compare") {
    const known = state.view === "gaps" ? againstOf(scopeNow().country) : true;
    byId("lede").replaceChildren(...(known ? [say(`lede.${state.view}`, { scope: scopeName(state.scope) }), " ", make("span", { class: "quiet" }, say(`lede.${state.view}.day`, { date: known.day }))] : [""]));
    return;
  }
  const total = scopeNow().relations.filter((relation) => inForce(relation) && (state.drafts || !isDraft(relation))).length;
  const text = say("lede", {
    scope: scopeName(state.scope), relations: say("relations", { count: shown.relations.length }), total,
    actors: among(), family: say(`family.${family()}.lede`),
  });
  byId("lede").replaceChildren(shown.relations.length ? text : say("empty"), " ", make("span", { "data-t": "lede.how" }, say("lede.how")));
};
