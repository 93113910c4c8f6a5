// Which relations are shown, and how many each further choice would show.
const valuesOf = {
  kind: (relation) => [relation.kind],
  modality: (relation) => [relation.modality],
  denial: (relation) => [relation.negated ? "denied" : "affirmed"],
  type: (relation) => [relation.actor, ...relation.targets].flatMap((id) => nodes.get(id)?.types ?? []),
  layer: (relation) => relation.layer ?? [],
  country: (relation) => [relation.actor, ...relation.targets].map((id) => nodes.get(id)?.country).filter(Boolean),
  confidence: (relation) => (relation.confidence ? [relation.confidence] : []),
  status: (relation) => (relation.status ? [relation.status] : []),
};

const isThing = (id) => nodes.get(id)?.sort !== "actor";
const inScope = (relation) => {
  const ends = [relation.actor, ...relation.targets];
  if (!state.unspecified && ends.some((id) => nodes.get(id)?.hidden)) return false;
  return state.things || !ends.some(isThing);
};
const passes = (relation, except = null) =>
  FACETS.every((facet) => {
    const wanted = state.chosen.get(facet);
    return facet === except || !wanted.size || valuesOf[facet](relation).some((value) => wanted.has(value));
  });

const shownRelations = () => {
  const found = [...relations.values()].filter((relation) => inScope(relation) && passes(relation));
  if (!state.near || !state.node) return found;
  return found.filter((relation) => relation.actor === state.node || relation.targets.includes(state.node));
};

const counts = (facet) => {
  const found = new Map();
  for (const relation of relations.values()) {
    if (!inScope(relation) || !passes(relation, facet)) continue;
    for (const value of new Set(valuesOf[facet](relation))) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
};

// Every value that occurs anywhere, in the order of the look file or of the labels.
const occurring = new Map(
  FACETS.map((facet) => [facet, [...new Set([...relations.values()].flatMap(valuesOf[facet]))]]),
);

const sameSet = (a, b) => a.size === b.length && b.every((value) => a.has(value));
// The scene whose kinds are chosen, if exactly those are.
const family = () => {
  const kinds = state.chosen.get("kind");
  if (!kinds.size) return "all";
  return scenes.find((scene) => scene.kinds.length && sameSet(kinds, present(scene)))?.id ?? "custom";
};
// The layout that fits best what is shown: the scene with the fewest places that holds all nodes.
const sceneFor = (shown) => {
  const fitting = scenes.filter((scene) => shown.every((id) => scene.places.has(id)));
  const own = fitting.find((scene) => scene.id === family() && scene.things === state.things);
  return own ?? fitting.sort((a, b) => a.places.size - b.places.size)[0] ?? scenes.at(-1);
};
