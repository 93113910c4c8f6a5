// The matrix as a table: orders to choose, a key, and arrows that walk from one filled cell to the next.
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
  const sample = (layer, done, letters, denied = false) => box({ done, denied, letters, layer, list: [] });
  const denied = shown.relations.some((relation) => relation.negated);
  return make("ul", { class: "legend key" },
    make("li", {}, sample("", true, "■"), say("matrix.done")), make("li", {}, sample("", false, "□"), say("matrix.due")),
    denied ? make("li", {}, sample("", false, "", true), `${say("modality.negated")}: ${say("modality.negated.hint")}`) : null,
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
    columnIds.map((id) => make("th", { scope: "col" }, make("button", { type: "button", class: "name", onclick: () => reveal(id) }, words(nodeName(id))))));
  const rows = rowIds.map((id) => make("tr", {}, make("th", { scope: "row" }, nodeButton(id)),
    columnIds.map((other) => matrixCell(id, other, cells.get(JSON.stringify([id, other]))))));
  const cut = rowIds.length < rowLines.size || columnIds.length < columnLines.size;
  const more = cut ? make("p", { class: "note" }, say("matrix.cut", { rows: rowIds.length, allrows: rowLines.size, columns: columnIds.length, allcolumns: columnLines.size }), " ",
    state.every ? say("matrix.most") : button(say("matrix.all"), () => change({ every: true }), { "data-every": "true" })) : null;
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

// A sheet of paper has room for so many columns, even as small as a browser prints them: more go on, on further sheets, each with the names of the rows.
const ON_PAPER = 26;
const partOf = (table, first, last) => {
  const part = table.cloneNode(false);
  part.removeAttribute("id");
  part.classList.add("part");
  for (const group of [table.tHead, table.tBodies[0]]) {
    const own = part.appendChild(group.cloneNode(false));
    for (const row of group.rows) own.appendChild(row.cloneNode(false)).append(...[row.cells[0], ...[...row.cells].slice(first, last)].map((cell) => cell.cloneNode(true)));
  }
  return part;
};
const splitMatrix = () => {
  const table = byId("matrix-table");
  const columns = table ? table.tHead.rows[0].cells.length - 1 : 0;
  joinMatrix();
  if (columns <= ON_PAPER) return;
  const each = Math.ceil(columns / Math.ceil(columns / ON_PAPER));
  for (let first = 1; first <= columns; first += each) byId("matrix-scroll").append(partOf(table, first, first + each));
  table.classList.add("split");
};
const joinMatrix = () => {
  for (const part of document.querySelectorAll(".matrix.part")) part.remove();
  byId("matrix-table")?.classList.remove("split");
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
  addEventListener("beforeprint", splitMatrix);
  addEventListener("afterprint", joinMatrix);
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
