// Chains of relations, as `govgraph path` and `govgraph show` find them: what is denied leads nowhere, no actor comes twice, the
// shortest come first. They run over what the filters and the day admit.
const [LONGEST_CHAIN, MOST_CHAINS, MOST_TRIES] = [6, 5, 200000];

// From each actor the others that a step leads to, with the relations of the step.
const stepsOf = (list, pairsOf) => {
  const steps = new Map();
  for (const relation of list) {
    for (const [from, to] of pairsOf(relation)) {
      if (from === to) continue;
      if (!steps.has(from)) steps.set(from, new Map());
      const others = steps.get(from);
      others.set(to, [...(others.get(to) ?? []), relation]);
    }
  }
  return steps;
};
const between = (relation) => (relation.negated ? [] : relation.targets.map((id) => [relation.actor, id]));
const bothWays = (relation) => between(relation).flatMap(([from, to]) => [[from, to], [to, from]]);
const alongDirection = (relation) => (relation.symmetric ? bothWays(relation) : between(relation));

// One step up: to whom a body is accountable or of what it is part, and who oversees, directs, heads or answers for it.
const DOWNWARD = ["oversight", "direction", "appointment", "responsibility"];
const ELECTED = ["parliament", "parliamentary-committee"];
const isElected = (id) => (nodes.get(id)?.types ?? []).some((type) => ELECTED.includes(type));
const claimOf = (relation, target) => JSON.stringify([relation.actor, relation.kind, target]);
const upward = (list) => {
  // A committee that was never constituted oversees nobody: what practice denies is no step.
  const denied = new Set(list.filter((relation) => relation.negated && relation.modality === "actual")
    .flatMap((relation) => relation.targets.map((id) => claimOf(relation, id))));
  return (relation) => {
    if ((relation.layer ?? []).includes("public") || relation.status) return [];
    const found = between(relation).filter(([, to]) => !denied.has(claimOf(relation, to)));
    if (relation.kind === "accountability") return found;
    if (relation.kind === "composition") return (relation.function ?? []).includes("part") ? found : [];
    return DOWNWARD.includes(relation.kind) ? found.map(([from, to]) => [to, from]) : [];
  };
};

// How many steps each actor is from the nearest goal.
const distances = (steps, goals) => {
  const back = new Map();
  for (const [from, others] of steps) for (const to of others.keys()) back.set(to, [...(back.get(to) ?? []), from]);
  const far = new Map([...goals].map((id) => [id, 0]));
  for (let edge = [...goals]; edge.length;) {
    const next = [...new Set(edge.flatMap((id) => back.get(id) ?? []))].filter((id) => !far.has(id));
    for (const id of next) far.set(id, far.get(edge[0]) + 1);
    edge = next;
  }
  return far;
};
// Up to five chains, each a list of actors; a chain ends at the first goal that it meets.
const chainsTo = (steps, start, goals) => {
  const far = distances(steps, goals);
  const found = [];
  let tries = 0;
  const grow = (chain, left) => {
    const here = chain.at(-1);
    tries += 1;
    if (found.length >= MOST_CHAINS || tries > MOST_TRIES) return;
    if (chain.length > 1 && goals.has(here)) {
      if (!left) found.push(chain);
      return;
    }
    for (const to of [...(steps.get(here)?.keys() ?? [])].sort()) {
      if ((far.get(to) ?? Infinity) < left && !chain.includes(to)) grow([...chain, to], left - 1);
    }
  };
  for (let length = far.get(start) || 1; length <= LONGEST_CHAIN && far.has(start); length += 1) grow([start], length);
  return found;
};
const hopsOf = (steps, chain) => chain.slice(1).map((to, place) => ({ from: chain[place], to, relations: steps.get(chain[place]).get(to) }));
const commonNeighbours = (steps, one, other) =>
  [...(steps.get(one)?.keys() ?? [])].filter((id) => id !== other && steps.get(other)?.has(id))
    .map((id) => ({ id, relations: [...steps.get(one).get(id), ...steps.get(other).get(id)] }));

// What is asked: from whom, to whom ("^" = up to any elected body), and what was found. It is searched once for each change.
const UP = "^";
let pathFound = null;
// A chain upwards may run through what a part belongs to, whatever kinds are drawn.
const pathRelations = () => {
  const except = splitParts(state.path)[1] === UP ? "kind" : null;
  return state.path ? scopeNow().relations.filter((relation) => admitted(relation) && passes(relation, except)) : [];
};
const findPath = (list) => {
  if (!state.path) return null;
  const [start, end = ""] = splitParts(state.path);
  if (!nodes.has(start)) return { start: "", end: "", chains: [], common: [], steps: new Map() };
  const ways = end === UP ? upward(list) : state.directed ? alongDirection : bothWays;
  const steps = stepsOf(list, ways);
  const goals = new Set(end === UP ? [...nodes.keys()].filter((id) => id !== start && isElected(id)) : nodes.has(end) && end !== start ? [end] : []);
  const chains = goals.size ? chainsTo(steps, start, goals).map((chain) => hopsOf(steps, chain)) : [];
  const common = end !== UP && goals.size ? commonNeighbours(stepsOf(list, bothWays), start, end) : [];
  return { start, end, chains, common, steps };
};
