// Countries side by side: agencies by layer of oversight, each number with the list behind it; what nobody recorded is a "?".
const WAYS = ["practice", "law", "parent", "denied"];
const isUnknown = (lists) => lists.every((ids) => !ids.length);
const coverLayers = (held) => page.covers.filter((layer, place) => layer !== "not stated" || held.covers.some((row) => !isUnknown(row.cells[place])));

const coverNumber = (held, row, layer, way) => {
  const count = row.cells[page.covers.indexOf(layer)][WAYS.indexOf(way)].length;
  if (!count) return null;
  const name = say(`cover.${way}.title`, { count });
  const open = () => showList("cover", held.country, row.agency, String(page.covers.indexOf(layer)), way);
  return make("button", { type: "button", class: `number ${way}`, onclick: open, title: name, "aria-label": `${nodeName(row.agency).text}, ${layerText(layer)}: ${name}` },
    `${{ parent: "↑", denied: "✕" }[way] ?? ""}${count}`);
};
const coverCell = (held, row) => (layer) => {
  const unknown = isUnknown(row.cells[page.covers.indexOf(layer)]);
  if (unknown && layer === "not stated") return make("td", {});
  return make("td", { class: unknown ? "unknown" : null },
    unknown ? make("span", { title: say("cover.unknown") }, make("span", { "aria-hidden": "true" }, "?"), make("span", { class: "unseen" }, say("cover.unknown")))
      : make("span", { class: "numbers" }, WAYS.map((way) => coverNumber(held, row, layer, way))));
};
const coverCard = (held) => {
  const layers = coverLayers(held);
  const places = page.covers.slice(0, -1).map((_, place) => place);
  const unknown = held.covers.reduce((sum, row) => sum + places.filter((place) => isUnknown(row.cells[place])).length, 0);
  const rows = held.covers.map((row) => make("tr", {}, make("th", { scope: "row" }, nodeButton(row.agency)), layers.map(coverCell(held, row))));
  const head = make("tr", {}, make("td", {}), layers.map((layer) => make("th", { scope: "col" }, make("span", {}, layerText(layer)))));
  const open = () => showList("unknown", held.country);
  return make("section", { class: held.country === scopeNow().country ? "card now" : "card", "data-card": held.country },
    make("h2", {}, countryName(held.country)),
    make("p", { class: "quiet" }, say("cover.agencies", { count: held.covers.length }), ". ", dayOf(held)),
    make("p", {}, button(say("cover.unknown.count", { count: unknown, total: held.covers.length * places.length }), open, { class: "name", "data-unknown": held.country })),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("cover.caption", { country: countryName(held.country) }) },
      make("table", { class: "cover" }, make("caption", { class: "unseen" }, say("cover.caption", { country: countryName(held.country) })), make("thead", {}, head), make("tbody", {}, rows))));
};
const fillCompare = () => {
  if (state.view !== "compare") return;
  const sample = (way, text) => make("li", {}, make("span", { class: `number ${way}` }, text), say(`cover.${way}`));
  byId("cover-key").replaceChildren(sample("practice", "2"), sample("law", "3"), sample("parent", "↑1"), sample("denied", "✕1"), sample("unknown", "?"));
  byId("cards").replaceChildren(...(page.against.length ? page.against.map(coverCard) : [make("p", { class: "nothing" }, say("cover.none"))]));
};
