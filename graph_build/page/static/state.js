// What the reader has chosen; the fragment of the address holds it, so that a link shows the same view.
const FACETS = ["kind", "modality", "denial", "type", "layer", "function", "country", "confidence", "source", "status"];
const SWITCHES = ["things", "unspecified", "drafts", "every", "directed"];
const VIEWS = ["network", "matrix", "gaps", "table", "compare"];
const ORDERS = ["layer", "degree", "name"];
// Choices that are words: what a link may say of each, besides what it opens on.
const CHOICES = {
  layout: ["ladder", "free"], view: VIEWS, lang: ["en", "uk"], rows: ORDERS, columns: ORDERS, near: ["1", "2", "3"].flatMap((steps) => ["", "in", "out"].map((way) => steps + way)),
};
const TEXTS = ["find", "sort", "gapfind", "gapsort", "gapstate", "norm", "list", "path", "story", "step"];
const present = (scene) => scene.kinds.filter((kind) => Object.hasOwn(page.terms.kind, kind));

const opening = (scope = firstScope) => {
  const scene = scopes.get(scope).opening;
  return {
    lang: page.lang,
    scope,
    view: "network",
    layout: scene.layout,
    asof: scopes.get(scope).day,
    things: scene.things,
    unspecified: false,
    near: "",
    drafts: false,
    every: false,
    directed: false,
    from: "",
    rows: "layer",
    columns: "layer",
    ...Object.fromEntries(TEXTS.map((name) => [name, ""])),
    node: null,
    relation: null,
    chosen: new Map(FACETS.map((facet) => [facet, new Set(facet === "kind" ? present(scene) : [])])),
  };
};
const state = opening();
// Nothing selected: no actor, no relation, no list of them, no path.
const NONE = { node: null, relation: null, list: "", path: "" };
const scopeNow = () => scopes.get(state.scope);
// The scope in which a node is at home: the present one if it is there, else a country before norms before the rest.
const scopeOfNode = (id) => (scopeNow().nodes.has(id) ? state.scope
  : [...scopes.values()].find((scope) => scope.country && scope.country === nodes.get(id)?.country && scope.nodes.has(id))?.id
    ?? [...scopes.values()].find((scope) => scope.nodes.has(id))?.id ?? state.scope);
const scopeOfRelation = (id) => (scopeNow().relations.includes(relations.get(id)) ? state.scope
  : [...scopes.values()].find((scope) => scope.relations.includes(relations.get(id)))?.id ?? state.scope);
// All that opens with a scope, with what does not depend on it left as it is.
const entering = (scope) => ({
  ...opening(scope), lang: state.lang, view: state.view, drafts: state.drafts, rows: state.rows, columns: state.columns,
  asof: state.asof === scopeNow().day ? scopes.get(scope).day : state.asof,
});

const listeners = [];
const onChange = (listener) => listeners.push(listener);
const change = (patch) => {
  const before = { ...state };
  Object.assign(state, patch);
  permitted(() => history.replaceState(null, "", fragment()));
  for (const listener of listeners) listener(before);
};
const choose = (facet, values) => {
  const chosenNow = new Map(state.chosen);
  chosenNow.set(facet, new Set(values));
  change({ chosen: chosenNow });
};

const fragment = () => {
  const parts = new URLSearchParams();
  const start = stepNow() ? atStep(state.story, Number(state.step)) : opening(state.scope);
  if (stepNow()) {
    parts.set("story", state.story);
    parts.set("step", state.step);
  } else if (state.scope !== firstScope) parts.set("scope", state.scope);
  for (const name of [...Object.keys(CHOICES), ...TEXTS, "asof", "from", "node", "relation"]) {
    if (state[name] && state[name] !== start[name]) parts.set(name, state[name]);
  }
  for (const name of SWITCHES) {
    if (state[name] !== start[name]) parts.set(name, state[name] ? "1" : "0");
  }
  for (const facet of FACETS) {
    const [now, then] = [state.chosen.get(facet), start.chosen.get(facet)].map((set) => [...set].sort().join("."));
    if (now !== then) parts.set(facet, now);
  }
  return `#${parts}`;
};

// Several parts in one word of a link, whatever letters they have.
const joinParts = (parts) => parts.map((part) => encodeURIComponent(part).replaceAll("~", "%7E")).join("~");
const splitParts = (text) => text.split("~").map((part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
});
const isDay = (text) => /^[1-9]\d{3}-\d\d-\d\d$/.test(text ?? "");
const scopeAsked = (parts) => {
  if (scopes.has(parts.get("scope"))) return parts.get("scope");
  state.scope = firstScope;
  const start = splitParts(parts.get("path") ?? "")[0];
  if (nodes.has(start)) return scopeOfNode(start);
  if (nodes.has(parts.get("node"))) return scopeOfNode(parts.get("node"));
  return relations.has(parts.get("relation")) ? scopeOfRelation(parts.get("relation")) : firstScope;
};
const restore = () => {
  const parts = new URLSearchParams(location.hash.slice(1));
  const told = stepAsked(parts);
  const patch = told ?? opening(scopeAsked(parts));
  for (const [name, known] of Object.entries(CHOICES)) {
    if (known.includes(parts.get(name))) patch[name] = parts.get(name);
  }
  for (const name of TEXTS) patch[name] = parts.get(name) ?? patch[name];
  if (!told) patch.story = patch.step = "";
  for (const name of ["asof", "from"]) {
    if (isDay(parts.get(name))) patch[name] = parts.get(name);
  }
  if (nodes.has(parts.get("node"))) patch.node = parts.get("node");
  if (relations.has(parts.get("relation"))) patch.relation = parts.get("relation");
  for (const name of SWITCHES) {
    if (parts.has(name)) patch[name] = parts.get(name) === "1";
  }
  for (const facet of FACETS) {
    if (parts.has(facet)) patch.chosen.set(facet, new Set(parts.get(facet).split(".").filter(Boolean)));
  }
  Object.assign(state, patch);
};
