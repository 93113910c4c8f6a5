// Who does it, row by row, to whom, column by column: what is practised as filled boxes, what law or standard requires as hollow ones.
const MOST_LINES = 60; // rows or columns above which only those with most relations are shown, until the reader asks for all
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
  const most = state.every ? [...lines.keys()] : [...lines.keys()].sort(by.degree).slice(0, MOST_LINES);
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

const orderChoice = (name) => {
  const choice = make("select", { id: `order-${name}`, onchange: (event) => {
    change({ [name]: event.target.value });
    byId(`order-${name}`).focus();
  } }, ORDERS.map((order) => make("option", { value: order, selected: state[name] === order }, say(`order.${order}`))));
  return make("label", {}, make("span", {}, `${say(`matrix.${name}`)} `), choice);
};
// What the boxes mean, with the layers that occur.
const matrixKey = () => {
  const layers = ORDER_OF_LAYERS.filter((layer) => layer && shown.relations.some((relation) => layerOf(relation) === layer));
  const sample = (layer, done, letters) => box({ done, letters, layer, list: [] });
  return make("ul", { class: "legend key" },
    make("li", {}, sample("", true, "■"), say("matrix.done")), make("li", {}, sample("", false, "□"), say("matrix.due")),
    layers.map((layer) => make("li", {}, sample(layer, true, say(`layer.short.${layer}`)), term("layer", layer).text)));
};
const fillMatrix = () => {
  if (state.view !== "matrix") return;
  const [rowLines, columnLines] = [matrixLines((relation) => [relation.actor]), matrixLines((relation) => relation.targets)];
  const [rowIds, columnIds] = [inOrder(rowLines, state.rows), inOrder(columnLines, state.columns)];
  const cells = new Map();
  for (const relation of shown.relations) {
    for (const id of relation.targets) {
      const key = JSON.stringify([relation.actor, id]);
      cells.set(key, [...(cells.get(key) ?? []), relation]);
    }
  }
  const head = make("tr", {}, make("td", { class: "corner" }, make("span", {}, say("matrix.corner"))),
    columnIds.map((id) => make("th", { scope: "col" }, button(nodeName(id), () => reveal(id), { class: "name" }))));
  const rows = rowIds.map((id) => make("tr", {}, make("th", { scope: "row" }, nodeButton(id)),
    columnIds.map((other) => matrixCell(id, other, cells.get(JSON.stringify([id, other]))))));
  const cut = rowIds.length < rowLines.size || columnIds.length < columnLines.size;
  const more = cut ? make("p", { class: "note" }, say("matrix.cut", { rows: rowIds.length, allrows: rowLines.size, columns: columnIds.length, allcolumns: columnLines.size }), " ",
    button(say("matrix.all"), () => change({ every: true }), { "data-every": "true" })) : null;
  const table = make("table", { id: "matrix-table", class: "matrix", "aria-describedby": "matrix-hint" }, make("caption", { class: "unseen" }, say("matrix.caption")), make("thead", {}, head), make("tbody", {}, rows));
  const scroll = byId("matrix-scroll");
  const [left, top] = [scroll.scrollLeft, scroll.scrollTop];
  byId("matrix-tools").replaceChildren(...[orderChoice("rows"), orderChoice("columns"), make("span", { class: "quiet" }, say("relations", { count: shown.relations.length })), more].filter(Boolean));
  scroll.replaceChildren(shown.relations.length ? table : make("p", { class: "nothing" }, say("empty")));
  byId("matrix-key").replaceChildren(matrixKey());
  scroll.scrollTo(left, top);
  const first = scroll.querySelector("td.current .cell") ?? scroll.querySelector(".cell");
  if (first) first.tabIndex = 0;
};

// One tab stop for the matrix; arrows go to the next filled cell of the row or the column.
const cellAt = (table, row, place) => table.tBodies[0].rows[row]?.cells[place]?.querySelector(".cell");
const MOVES = new Map([["ArrowRight", [0, 1]], ["ArrowLeft", [0, -1]], ["ArrowDown", [1, 0]], ["ArrowUp", [-1, 0]]]);
const nextCell = (cell, [down, across]) => {
  const [place, row, table] = [cell.cellIndex, cell.parentNode.sectionRowIndex, cell.closest("table")];
  for (let step = 1; step < 500; step += 1) {
    const [r, c] = [row + down * step, place + across * step];
    if (r < 0 || c < 1 || r >= table.tBodies[0].rows.length || c >= table.tHead.rows[0].cells.length) return null;
    const found = cellAt(table, r, c);
    if (found) return found;
  }
  return null;
};
const startMatrix = () => {
  byId("matrix-scroll").addEventListener("keydown", (event) => {
    const move = MOVES.get(event.key);
    const cell = event.target.closest?.(".cell")?.closest("td");
    if (!move || !cell) return;
    event.preventDefault();
    const next = nextCell(cell, move);
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
};
