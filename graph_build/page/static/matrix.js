// Who does it, row by row, to whom, column by column: what is practised as filled boxes, what law or standard requires as hollow ones.
const MOST_LINES = 60; // rows or columns above which only those with most relations are shown, until the reader asks for all
const ALL_LINES = 250; // which are then never more than that: a browser lays out no table of millions of cells
const ORDER_OF_LAYERS = page.look.layers.map(({ id }) => id);
const layerOf = (relation) => (relation.layer ?? [])[0] ?? "";

const matrixLines = (end) => {
  const lines = new Map();
  for (const relation of shown.relations) {
    for (const id of end(relation)) lines.set(id, [...(lines.get(id) ?? []), relation]);
  }
  return lines;
};
// The layer in which a line has most of its relations.
const mainLayer = (list) => {
  const found = new Map();
  for (const relation of list) found.set(layerOf(relation), (found.get(layerOf(relation)) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || ORDER_OF_LAYERS.indexOf(a[0]) - ORDER_OF_LAYERS.indexOf(b[0]))[0][0];
};
const inOrder = (lines, order) => {
  const compare = new Intl.Collator(state.lang).compare;
  const name = (a, b) => compare(nodeName(a).text, nodeName(b).text) || (a < b ? -1 : 1);
  const layers = new Map([...lines].map(([id, list]) => [id, ORDER_OF_LAYERS.indexOf(mainLayer(list))]));
  const degree = (a, b) => lines.get(b).length - lines.get(a).length;
  const by = { name, degree: (a, b) => degree(a, b) || name(a, b), layer: (a, b) => layers.get(a) - layers.get(b) || degree(a, b) || name(a, b) };
  const most = [...lines.keys()].sort(by.degree).slice(0, state.every ? ALL_LINES : MOST_LINES);
  return most.sort(by[order]);
};

// Two letters of what a box stands for: the layer, or where none is named the kind.
const boxLetters = (relation) => {
  const layer = layerOf(relation);
  return layer ? say(`layer.short.${layer}`) : term("kind", relation.kind).text.slice(0, 2);
};
const functionWords = (list) => [...new Set(list.flatMap((relation) => relation.function ?? []))].map((name) => term("function", name).text);
// One box for each layer, practised and not, with how many relations it stands for.
const boxesOf = (list) => {
  const found = new Map();
  for (const relation of list) {
    const done = relation.modality === "actual" || relation.modality === "descriptive";
    const key = [layerOf(relation) || relation.kind, done ? "done" : "due", relation.negated ? "denied" : ""].join(" ");
    if (!found.has(key)) found.set(key, { done, denied: relation.negated, letters: boxLetters(relation), layer: layerOf(relation), list: [] });
    found.get(key).list.push(relation);
  }
  return [...found.values()].sort((a, b) => b.done - a.done || ORDER_OF_LAYERS.indexOf(a.layer) - ORDER_OF_LAYERS.indexOf(b.layer));
};
const box = ({ done, denied, letters, layer, list }) => {
  const found = make("span", { class: `box ${done ? "done" : "due"}` }, `${denied ? "✕" : ""}${letters}${list.length > 1 ? list.length : ""}`);
  found.style.setProperty("--layer", layerColour(layer));
  return found;
};
const boxWords = ({ layer, list }) => {
  const how = [...new Set(list.map((relation) => firmWord(relation) + (relation.negated ? ` (${say("modality.negated")})` : "")))].join(", ");
  const what = [...new Set(list.map((relation) => term("kind", relation.kind).text)), layer ? term("layer", layer).text : "", ...functionWords(list)];
  return `${how}: ${what.filter(Boolean).join(", ")} (${list.length})`;
};
const matrixCell = (actor, target, list) => {
  if (!list) return make("td", {});
  const boxes = boxesOf(list);
  const name = `${nodeName(actor).text} → ${nodeName(target).text}. ${boxes.map(boxWords).join("; ")}`;
  const open = () => {
    if (list.length > 1) return showList("pair", actor, target);
    change({ ...NONE, relation: list[0].id });
    return focusPanel();
  };
  const current = list.some(({ id }) => id === state.relation) || (state.list && state.list === joinParts(["pair", actor, target]));
  return make("td", { class: current ? "current" : null }, make("button", { type: "button", class: "cell", tabindex: "-1", "aria-label": name, title: name, onclick: open }, boxes.map(box)));
};
