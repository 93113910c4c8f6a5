// What the page holds, as Maps: an id such as __proto__ is only an id there.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("data-page");
const networkOptions = read("data-options");
const nodes = new Map(read("data-nodes").map((node) => [node.id, node.facts]));
const edges = read("data-edges");
const relations = new Map(page.relations.map((relation) => [relation.id, relation]));
const order = [...nodes.keys()];

// Relations of each node, as actor or as one of the targets.
const touching = new Map(order.map((id) => [id, []]));
for (const relation of relations.values()) {
  for (const id of new Set([relation.actor, ...relation.targets])) touching.get(id).push(relation);
}

const scenes = page.scenes.map((scene) => ({
  ...scene,
  places: new Map(scene.places.map(([index, x, y]) => [order[index], { x, y }])),
}));

// Which label stands in `table[scheme][name]`, where names come from data and may be anything.
const labelsOf = (scheme, name) => {
  const known = page.terms[scheme];
  return known && Object.hasOwn(known, name) ? known[name] : [name, ""];
};
const sourceOf = (id) => (Object.hasOwn(page.sources, id) ? page.sources[id] : {});
