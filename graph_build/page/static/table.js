// All shown relations as rows: sortable, filterable, and the way to read the drawing without seeing it.
const STEP = 150;
let tableMost = STEP;
// The column that a link or a click chose, and whether downwards.
const sorted = () => {
  const name = state.sort.replace(/^-/, "");
  return { column: Object.hasOwn(cells, name) ? name : "actor", down: state.sort.startsWith("-") };
};

const cells = {
  actor: (relation) => nodeName(relation.actor).text,
  kind: (relation) => term("kind", relation.kind).text,
  phrase: (relation) => phraseOf(relation).text,
  target: (relation) => relation.targets.map((id) => nodeName(id).text).join(", "),
  firmness: (relation) => firmWord(relation) + (relation.negated ? ` · ${say("modality.negated")}` : ""),
  dates: (relation) => (relation.start || relation.end ? `${relation.start ?? "?"} – ${relation.end ?? ""}`.trim() : "?"),
  source: (relation) => (relation.evidence ?? []).map(citationText).join("; ") || (relation.basis ?? []).map(basisText).join("; "),
};
const matterOf = (relation) => [relation.scope, ...["layer", "function", "topic"].flatMap((scheme) => (relation[scheme] ?? []).map((name) => term(scheme, name).text))].join(" ");
// Folding takes longer than looking: each row is folded once in a language.
const foldedIn = new Map();
const foldedCells = (relation) => {
  if (!foldedIn.has(state.lang)) foldedIn.set(state.lang, new Map());
  const known = foldedIn.get(state.lang);
  if (!known.has(relation)) known.set(relation, [...Object.values(cells).map((cell) => cell(relation)), matterOf(relation)].map(fold));
  return known.get(relation);
};
const tableRows = () => {
  const wanted = fold(state.find);
  const { column, down } = sorted();
  const read = cells[column];
  const compare = new Intl.Collator(state.lang).compare;
  return shown.relations
    .filter((relation) => !wanted || foldedCells(relation).some((text) => text.includes(wanted)))
    .map((relation) => ({ relation, key: read(relation) }))
    .sort((a, b) => (down ? -1 : 1) * compare(a.key, b.key) || (a.relation.id < b.relation.id ? -1 : 1))
    .map(({ relation }) => relation);
};

const shortCitation = (place) =>
  make("div", {}, cited(locatorText(place.locator)), cited(sourceOf(place.source).title ?? place.source, "span", { class: "from", title: citationText(place) }));
const tableRow = (relation) => {
  const current = relation.id === state.relation || relation.actor === state.node || relation.targets.includes(state.node);
  return make("tr", { class: current ? "current" : null, "data-relation": relation.id },
    make("td", {}, nodeButton(relation.actor)),
    make("td", {}, line(colourOf(relation.kind), dashesOf(relation.modality), false, 2, isHollow(relation.modality)), button(term("kind", relation.kind), () => change({ ...NONE, relation: relation.id }), { class: "name" })),
    make("td", {}, words(phraseOf(relation)), remarkOf(relation, "div"), relation.scope ? words({ text: relation.scope, lang: languageOf(relation.scope) }, "div", { class: "from", title: relation.scope }) : null),
    make("td", {}, relation.targets.map((id) => make("div", {}, nodeButton(id)))),
    make("td", {}, firmness(relation)),
    make("td", { class: "dates", title: spanText(relation) }, cells.dates(relation)),
    make("td", { class: "source" }, (relation.evidence ?? []).length ? relation.evidence.map(shortCitation) : cited(cells.source(relation))));
};
const heading = (cell) => {
  const name = cell.dataset.column;
  const { column, down } = sorted();
  const current = name === column;
  const sort = () => {
    change({ sort: current && !down ? `-${name}` : name === "actor" ? "" : name });
    byId("table").querySelector(`th[data-column=${name}] button`).focus();
  };
  cell.setAttribute("aria-sort", current ? (down ? "descending" : "ascending") : "none");
  cell.replaceChildren(button(say(`column.${name}`), sort));
};

// Rows are made when they are looked at, some at a time.
const fillTable = () => {
  if (state.view !== "table") return;
  const rows = tableRows();
  const table = byId("table");
  for (const cell of table.tHead.rows[0].cells) heading(cell);
  table.tBodies[0].replaceChildren(...rows.slice(0, tableMost).map(tableRow));
  byId("table-count").textContent = rows.length ? say("relations", { count: rows.length }) : say("empty");
  byId("more").hidden = rows.length <= tableMost;
  if (document.activeElement !== byId("table-filter")) byId("table-filter").value = state.find;
};
const startTable = () => {
  byId("left-out")?.remove();
  byId("table-filter").addEventListener("input", (event) => {
    tableMost = STEP;
    change({ find: event.target.value });
  });
  const more = () => {
    tableMost += STEP;
    fillTable();
  };
  byId("more").addEventListener("click", more);
  new IntersectionObserver(([seen]) => { if (seen.isIntersecting) more(); }, { rootMargin: "400px" }).observe(byId("more"));
};
