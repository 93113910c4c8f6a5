// What the page holds, as Maps: an id such as __proto__ is only an id there. Large data stand in the page compressed.
const read = (id) => JSON.parse(byId(id).textContent);
const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};
const content = byId("data-packed") ? await unpack(byId("data-packed").textContent)
  : { page: read("data-page"), options: read("data-options"), nodes: read("data-nodes"), edges: read("data-edges") };
const page = content.page;
const networkOptions = content.options;
const nodes = new Map(content.nodes.map((node) => [node.id, node.facts]));
const edges = content.edges;
const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
const relations = new Map(page.relations.map((relation) => [relation.id, relation]));
const order = [...nodes.keys()];
const endsOf = (relation) => [relation.actor, ...relation.targets];

// Relations of each node, as actor or as one of the targets.
const touching = new Map(order.map((id) => [id, []]));
for (const relation of relations.values()) {
  for (const id of new Set(endsOf(relation))) touching.get(id).push(relation);
}

// Scopes: a country, the norms, or what lies between countries, each with its relations and scenes.
const drawing = (known) => known && {
  places: new Map(known.places.map(([index, x, y]) => [order[index], { x, y }])),
  lanes: known.lanes.map(([id, left, top, width, height]) => ({ id, left, top, width, height })),
};
const scopes = new Map(page.scopes.map((scope) => {
  const scenes = scope.scenes.map((scene) => ({ ...scene, whole: drawing(scene.whole), first: drawing(scene.first) }));
  const own = scope.relations.map((number) => page.relations[number]);
  const ids = new Set(own.map((relation) => relation.id));
  return [scope.id, {
    ...scope, scenes, opening: scenes[scope.opening], relations: own, nodes: new Set(own.flatMap(endsOf)),
    edges: edges.filter((edge) => ids.has(edge.relation)),
  }];
}));
const firstScope = page.scopes[0].id;

// Which label stands in `table[scheme][name]`, where names come from data and may be anything.
const labelsOf = (scheme, name) => {
  const known = page.terms[scheme];
  return known && Object.hasOwn(known, name) ? known[name] : [name, ""];
};
const sourceOf = (id) => (Object.hasOwn(page.sources, id) ? page.sources[id] : {});
