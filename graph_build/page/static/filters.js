// Which relations are shown, and how many each further choice would show.
const valuesOf = {
  kind: (relation) => [relation.kind],
  modality: (relation) => [relation.modality],
  denial: (relation) => [relation.negated ? "denied" : "affirmed"],
  type: (relation) => endsOf(relation).flatMap((id) => nodes.get(id)?.types ?? []),
  layer: (relation) => relation.layer ?? [],
  function: (relation) => relation.function ?? [],
  source: (relation) => [...(relation.evidence ?? []).map(({ source }) => source), ...(relation.basis ?? []).map((id) => sourceOf(id).part_of ?? id)]
    .map((id) => sourceOf(id).type).filter(Boolean),
  country: (relation) => endsOf(relation).map((id) => nodes.get(id)?.country).filter(Boolean),
  confidence: (relation) => (relation.confidence ? [relation.confidence] : []),
  status: (relation) => (relation.status ? [relation.status] : []),
};

const isThing = (id) => nodes.get(id)?.sort !== "actor";
// Whether the day, or any day of the range, lies between two dates, each as it was stated: a year, a month or a day. What is not known hides nothing.
const DATE = /^\d{4}(-\d\d){0,2}$/;
const within = (start, end, first = state.from || state.asof, last = state.asof) => {
  const begun = !last || !DATE.test(start ?? "") || last.slice(0, start.length) >= start;
  return begun && (!last || !DATE.test(end ?? "") || first.slice(0, end.length) <= end);
};
const exists = (id) => within(nodes.get(id)?.founded, nodes.get(id)?.dissolved);
// A successor is drawn with the body that it took the place of.
const joins = (relation, from, to) => relation.kind === "succession" || (exists(from) && exists(to));
const inForce = (relation) =>
  within(relation.start, relation.end) && relation.targets.some((id) => joins(relation, relation.actor, id));
const isDraft = (relation) => Boolean(relation.status);
const admitted = (relation) => {
  const ends = endsOf(relation);
  if (!state.unspecified && ends.some((id) => nodes.get(id)?.hidden)) return false;
  if (!state.drafts && isDraft(relation)) return false;
  return (state.things || !ends.some(isThing)) && inForce(relation);
};
const passes = (relation, except = null) =>
  FACETS.every((facet) => {
    const wanted = state.chosen.get(facet);
    return facet === except || !wanted.size || valuesOf[facet](relation).some((value) => wanted.has(value));
  });

// Where a step along a relation may start and where it leads: with its direction, against it, or either way; what has no direction goes both.
const startsOf = (relation, way) => (relation.symmetric || !way ? endsOf(relation) : way === "out" ? [relation.actor] : relation.targets);
const leadsTo = (relation, way) => startsOf(relation, { in: "out", out: "in" }[way]);
// Who can be reached from an actor in so many steps.
const around = (found, centre, steps, way) => {
  let [seen, edge] = [new Set([centre]), new Set([centre])];
  for (let step = 1; step <= steps; step += 1) {
    const next = found.filter((relation) => startsOf(relation, way).some((id) => edge.has(id))).flatMap((relation) => leadsTo(relation, way)).filter((id) => !seen.has(id));
    edge = new Set(next);
    seen = new Set([...seen, ...next]);
  }
  return seen;
};
const nearNow = () => [state.near.slice(0, 1), state.near.slice(1)];
const shownRelations = () => {
  const found = scopeNow().relations.filter((relation) => admitted(relation) && passes(relation));
  if (!state.near || !state.node) return found;
  const [steps, way] = nearNow();
  const inner = around(found, state.node, Number(steps) - 1, way);
  return found.filter((relation) => startsOf(relation, way).some((id) => inner.has(id)));
};

// A relation that no facet keeps out counts in all of them; one that a single facet keeps out is a further choice there.
const tally = () => {
  const found = new Map(FACETS.map((facet) => [facet, new Map()]));
  const asked = FACETS.filter((facet) => state.chosen.get(facet).size);
  for (const relation of scopeNow().relations) {
    if (!admitted(relation)) continue;
    const against = asked.filter((facet) => !valuesOf[facet](relation).some((value) => state.chosen.get(facet).has(value)));
    if (against.length > 1) continue;
    for (const facet of against.length ? against : FACETS) {
      const numbers = found.get(facet);
      for (const value of new Set(valuesOf[facet](relation))) numbers.set(value, (numbers.get(value) ?? 0) + 1);
    }
  }
  return found;
};
let tallied = null; // of the present state; a survey forgets it
const counts = (facet) => (tallied ??= tally()).get(facet);

// Every value that occurs in the scope.
const occurringIn = new Map();
const occurring = (facet) => {
  const scope = scopeNow();
  if (!occurringIn.has(scope)) {
    occurringIn.set(scope, new Map(FACETS.map((each) => [each, [...new Set(scope.relations.flatMap(valuesOf[each]))]])));
  }
  return occurringIn.get(scope).get(facet);
};

const sameSet = (a, b) => a.size === b.length && b.every((value) => a.has(value));
// The family whose kinds are chosen, if exactly those are.
const family = () => {
  const kinds = state.chosen.get("kind");
  if (!kinds.size) return "all";
  return scopeNow().scenes.find((scene) => scene.kinds.length && sameSet(kinds, present(scene)))?.family ?? "custom";
};
const layoutNow = () => {
  const choices = layoutsNow();
  return choices.length && !choices.includes(state.layout) ? choices[0] : state.layout;
};
const layoutsNow = () => scopeNow().scenes.filter((scene) => scene.family === family()).map((scene) => scene.layout);
// The scene that fits best what is shown: the one with the fewest places that holds all nodes.
const sceneFor = (ids) => {
  const fitting = scopeNow().scenes.filter((scene) => ids.every((id) => scene.whole.places.has(id)));
  const rank = (scene) => 4 * (scene.family === family()) + 2 * (scene.layout === state.layout) + (scene.things === state.things);
  return fitting.sort((a, b) => rank(b) - rank(a) || a.whole.places.size - b.whole.places.size)[0] ?? scopeNow().scenes.at(-1);
};
