// Lists behind a number: the relations of a pair, the overseers of an agency in a layer, and what is not known.
const showList = (...parts) => {
  change({ ...NONE, list: joinParts(parts) });
  focusPanel();
};
const pairRelations = (actor, target) => shown.relations.filter((relation) => relation.actor === actor && relation.targets.includes(target));

const listTitle = (title) => make("div", { class: "title" }, make("h2", { tabindex: "-1" }, title),
  button("×", () => change({ list: "" }), { class: "close", "aria-label": say("button.clear") }));
const pairPanel = (actor, target) => {
  const found = pairRelations(actor, target);
  return [listTitle(say("relations", { count: found.length })), make("p", { class: "sentence" }, nodeButton(actor), " → ", nodeButton(target)),
    make("ul", { class: "claims" }, found.map((relation) => item(relation, null)))];
};
// Relations by which somebody oversees an agency in a layer; those of its parent bodies where only these are counted.
const overseeing = (overseer, agency, layer, way, day) => [...relations.values()].filter((relation) =>
  relation.kind === "oversight" && relation.actor === overseer && !relation.status && within(relation.start, relation.end, day, day) && Boolean(relation.negated) === (way === "denied")
  && (way === "parent" ? !relation.targets.includes(agency) && parentsOf(agency).some((id) => relation.targets.includes(id)) : relation.targets.includes(agency))
  && (layer === "not stated" ? !(relation.layer ?? []).length : (relation.layer ?? []).includes(layer))
  && (way !== "practice" || relation.modality === "actual") && (way !== "law" || ["normative", "capability"].includes(relation.modality)));
const parentsOf = (agency) => touching.get(agency).filter((relation) => relation.kind === "composition" && relation.actor === agency).flatMap(({ targets }) => targets);
const layerText = (layer) => (layer === "not stated" ? say("cover.unstated") : term("layer", layer).text);

const coverPanel = (country, agency, place, way) => {
  const held = againstOf(country);
  const row = held?.covers.find((each) => each.agency === agency);
  if (!row) return emptyPanel();
  const layer = page.covers[Number(place)] ?? page.covers[0];
  const overseers = row.cells[page.covers.indexOf(layer)][WAYS.indexOf(way)] ?? [];
  const blocks = overseers.map((id) => make("section", {}, make("h3", {}, nodeButton(id)),
    make("ul", { class: "claims" }, overseeing(id, agency, layer, way, held.day).map((relation) => item(relation, null)))));
  return [listTitle(say(`cover.${way}.title`, { count: overseers.length })),
    make("p", { class: "sentence" }, nodeButton(agency), " · ", layerText(layer), " · ", dayOf(held)),
    make("p", { class: "quiet" }, say(`cover.${way}.hint`)), ...blocks];
};
const unknownPanel = (country, agency) => {
  const held = againstOf(country);
  if (!held) return emptyPanel();
  const rows = held.covers.filter((row) => !agency || row.agency === agency).map((row) => ({ ...row, layers: page.covers.slice(0, -1).filter((_, place) => isUnknown(row.cells[place])) }))
    .filter(({ layers }) => layers.length);
  return [listTitle(say("cover.unknown.title", { country: countryName(country) })), make("p", { class: "quiet" }, say("cover.unknown.hint"), " ", dayOf(held)),
    make("ul", { class: "claims" }, rows.map((row) => make("li", {}, nodeButton(row.agency), make("p", { class: "quiet" }, row.layers.map(layerText).join(", ")))))];
};
const listPanel = ([kind, ...rest]) => {
  if (kind === "pair" && rest.length === 2) return pairPanel(...rest);
  if (kind === "cover" && nodes.has(rest[1]) && WAYS.includes(rest[3])) return coverPanel(...rest);
  return kind === "unknown" ? unknownPanel(...rest) : emptyPanel();
};

// What the drawing lights up for a list or a path.
const told = () => {
  const [kind, actor, target] = splitParts(state.list);
  const lighted = state.path ? pathFound.chains.flat().flatMap(({ relations: list }) => list)
    : kind === "pair" ? scopeNow().relations.filter((relation) => relation.actor === actor && relation.targets.includes(target)) : [];
  const ids = new Set(lighted.map(({ id }) => id));
  const ends = state.path ? pathFound.chains.flat().flatMap(({ from, to }) => [from, to]) : kind === "pair" ? [actor, target] : [];
  return ids.size ? { nodes: new Set(ends), edge: (edge) => ids.has(edge.relation) && ends.includes(edge.from) && ends.includes(edge.to) } : null;
};
