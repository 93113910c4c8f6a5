// What is shown as GEXF 1.3, with places, sizes and colours: the serialiser of the browser escapes every text. All edges have a direction,
// since programs refuse a file that mixes both; `symmetric` tells which go both ways.
const GEXF = "http://gexf.net/1.3";
const VIZ = "http://gexf.net/1.3/viz";
const COLUMNS_OF_NODES = ["label_uk", "type", "country", "group"];
const COLUMNS_OF_EDGES = ["relation", "kind", "modality", "negated", "symmetric", "function", "start", "end", "confidence", "source"];
const gexfElement = (name, attributes, ...children) => {
  const found = document.createElementNS(name.startsWith("viz:") ? VIZ : GEXF, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, plainText(String(value)));
  found.append(...children);
  return found;
};
// XML 1.0 has no place for these letters.
const plainText = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
const gexfValues = (columns, values) => gexfElement("attvalues", {}, ...columns.flatMap((name, place) => (values[name] ? [gexfElement("attvalue", { for: place, value: values[name] })] : [])));
const gexfColumns = (what, columns) => gexfElement("attributes", { class: what }, ...columns.map((title, id) => gexfElement("attribute", { id, title, type: "string" })));
const gexfColour = (colour) => gexfElement("viz:color", Object.fromEntries(["r", "g", "b"].map((name, place) => [name, parseInt(colour.slice(1 + 2 * place, 3 + 2 * place), 16)])));

const gexfNode = (id) => {
  const node = nodes.get(id);
  const values = { label_uk: node.uk, type: (node.types ?? []).join("|"), country: node.country, group: markOf(id).id };
  const spot = shown.drawing.places.get(id);
  return gexfElement("node", { id, label: node.en ?? node.uk ?? id }, gexfValues(COLUMNS_OF_NODES, values),
    ...(spot ? [gexfElement("viz:position", { x: spot.x, y: -spot.y, z: 0 })] : []), gexfElement("viz:size", { value: radius(shown.degree.get(id) ?? 1) }), gexfColour(markOf(id).fill));
};
const gexfEdges = (relation) => relation.targets.map((target, place) => gexfElement("edge", {
  id: `${relation.id}~${place}`, source: relation.actor, target, label: phraseOf(relation).text,
}, gexfValues(COLUMNS_OF_EDGES, {
  ...relation, relation: relation.id, negated: relation.negated ? "true" : "", symmetric: relation.symmetric ? "true" : "", function: (relation.function ?? []).join("|"), source: (relation.evidence ?? []).map((item) => item.source).join("|"),
}), gexfColour(colourPair(relation.kind)[0])));

const gexf = () => {
  const list = taken();
  const ids = [...new Set(list.flatMap(endsOf))].sort();
  const graph = gexfElement("graph", { defaultedgetype: "directed" }, gexfColumns("node", COLUMNS_OF_NODES), gexfColumns("edge", COLUMNS_OF_EDGES),
    gexfElement("nodes", {}, ...ids.map(gexfNode)), gexfElement("edges", {}, ...list.flatMap(gexfEdges)));
  const meta = gexfElement("meta", {}, gexfElement("creator", {}, `govgraph ${page.version}`), gexfElement("description", {}, plainText([pageTitle(), attribution(list), dayText()].join(" · "))));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(gexfElement("gexf", { version: "1.3" }, meta, graph))}\n`;
};
