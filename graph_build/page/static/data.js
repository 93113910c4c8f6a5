// What the page holds, as Maps: an id such as __proto__ is only an id there. All but the smallest data stand in the page compressed.
const unpacked = async (id) => {
  const letters = atob(byId(id).textContent);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
};
// There is one list for each field of the nodes, relations and sources, with null where there is none; an id is what it shares with the one before, and the rest.
const wholeIds = ([shared, rest]) => {
  let id = "";
  return rest.map((end, place) => (id = id.slice(0, shared[place]) + end));
};
const unrolled = ({ id: ids, ...columns }) => {
  const items = wholeIds(ids).map((id) => ({ id }));
  for (const [name, values] of Object.entries(columns)) {
    values.forEach((value, place) => {
      if (value !== null) items[place][name] = value;
    });
  }
  return items;
};
const spread = (content) => {
  const [nodes, relations, sources] = [content.nodes, content.relations, content.sources].map(unrolled);
  const nameOf = (source) => (typeof source === "number" ? sources[source].id : source);
  for (const relation of relations) {
    relation.actor = nodes[relation.actor].id;
    relation.targets = relation.targets.map((place) => nodes[place].id);
    relation.basis = relation.basis?.map(nameOf);
    relation.evidence = relation.evidence?.map(([source, locator, more]) => ({ source: nameOf(source), locator, ...more }));
  }
  const known = Object.fromEntries(sources.map(({ id, ...source }) => [id, source]));
  return { page: { ...content.page, relations, sources: known }, nodes: new Map(nodes.map((node) => [node.id, node])), networkOptions: content.options };
};
// What the file holds without scripts is painted before the work on much data begins; a page that is not looked at paints nothing.
const painted = () => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 1500);
});
// The library that draws stands in the page compressed, too: the policy allows it to run by the digest of what is unpacked here.
const run = (code) => {
  const script = document.createElement("script");
  script.textContent = code;
  document.head.append(script);
  script.remove();
};
await painted();
run(await unpacked("library"));
const { page, nodes, networkOptions } = spread(JSON.parse(byId("data").type === "text/plain" ? await unpacked("data") : byId("data").textContent));
// One edge for each relation and party.
const edges = page.relations.flatMap(({ id, actor, targets }) => targets.map((to, place) => ({ id: `${id}~${place}`, from: actor, to, relation: id })));
const relations = new Map(page.relations.map((relation) => [relation.id, relation]));
const order = [...nodes.keys()];
const endsOf = (relation) => [relation.actor, ...relation.targets];

// Relations of each node, as actor or as one of the targets.
const touching = new Map(order.map((id) => [id, []]));
for (const relation of relations.values()) {
  for (const id of new Set(endsOf(relation))) touching.get(id).push(relation);
}

// Scopes: a country, the norms, or what lies between countries, each with its relations and scenes.
const climbed = (steps) => {
  let sum = 0;
  return steps.map((step) => (sum += step));
};
const drawing = ({ places: [steps, xs, ys], ...known }) => ({
  places: new Map(climbed(steps).map((index, place) => [order[index], { x: xs[place], y: ys[place] }])),
  lanes: known.lanes.map(([id, left, top, width, height]) => ({ id, left, top, width, height })),
});
const scopes = new Map(page.scopes.map((scope) => {
  const drawings = scope.drawings.map(drawing);
  const scenes = scope.scenes.map((scene) => ({ ...scene, whole: drawings[scene.whole], first: drawings[scene.first] ?? null }));
  const own = climbed(scope.relations).map((number) => page.relations[number]);
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
