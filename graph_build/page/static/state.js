// What the reader has chosen; the fragment of the address holds it, so that a link shows the same view.
const FACETS = ["kind", "modality", "denial", "type", "layer", "country", "confidence", "status"];
const openingScene = scenes.find((scene) => scene.id === page.opening);
const present = (scene) => scene.kinds.filter((kind) => Object.hasOwn(page.terms.kind, kind));

const opening = () => ({
  lang: page.lang,
  view: "network",
  things: openingScene.things,
  unspecified: false,
  near: false,
  node: null,
  relation: null,
  chosen: new Map(FACETS.map((facet) => [facet, new Set(facet === "kind" ? present(openingScene) : [])])),
});
const state = opening();

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
  const start = opening();
  for (const name of ["lang", "view", "node", "relation"]) {
    if (state[name] && state[name] !== start[name]) parts.set(name, state[name]);
  }
  for (const name of ["things", "unspecified", "near"]) {
    if (state[name] !== start[name]) parts.set(name, state[name] ? "1" : "0");
  }
  for (const facet of FACETS) {
    const [now, then] = [state.chosen.get(facet), start.chosen.get(facet)].map((set) => [...set].sort().join("."));
    if (now !== then) parts.set(facet, now);
  }
  return `#${parts}`;
};

const restore = () => {
  const parts = new URLSearchParams(location.hash.slice(1));
  const patch = opening();
  if (["en", "uk"].includes(parts.get("lang"))) patch.lang = parts.get("lang");
  if (["network", "table"].includes(parts.get("view"))) patch.view = parts.get("view");
  if (nodes.has(parts.get("node"))) patch.node = parts.get("node");
  if (relations.has(parts.get("relation"))) patch.relation = parts.get("relation");
  for (const name of ["things", "unspecified", "near"]) {
    if (parts.has(name)) patch[name] = parts.get(name) === "1";
  }
  for (const facet of FACETS) {
    if (parts.has(facet)) patch.chosen.set(facet, new Set(parts.get(facet).split(".").filter(Boolean)));
  }
  Object.assign(state, patch);
};
