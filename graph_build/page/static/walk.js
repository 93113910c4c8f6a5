// Keys in the drawing: arrows walk to the neighbour in that direction.
const DIRECTIONS = new Map([["ArrowRight", 0], ["ArrowDown", Math.PI / 2], ["ArrowLeft", Math.PI], ["ArrowUp", -Math.PI / 2]]);

const mostConnected = () => [...shown.nodes].sort((a, b) => shown.degree.get(b) - shown.degree.get(a))[0];
const neighbours = (id) => {
  const found = new Set();
  for (const edge of shown.edges) {
    if (edge.from === id) found.add(edge.to);
    if (edge.to === id) found.add(edge.from);
  }
  found.delete(id);
  return [...found];
};
const towards = (id, direction) => {
  const here = network.getPosition(id);
  let [best, least] = [null, Infinity];
  for (const each of neighbours(id)) {
    const there = network.getPosition(each);
    const angle = Math.atan2(there.y - here.y, there.x - here.x) - direction;
    const off = Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle)));
    if (off >= Math.PI / 2) continue;
    const cost = Math.hypot(there.x - here.x, there.y - here.y) * (1 + 2 * off);
    if (cost < least) [best, least] = [each, cost];
  }
  return best;
};
const walk = (direction) => {
  if (!state.node || !shown.degree.has(state.node)) {
    if (shown.nodes.length) change({ ...NONE, node: mostConnected() });
    return;
  }
  const next = towards(state.node, direction);
  if (next === null) announce(say("announce.end"));
  else change({ ...NONE, node: next });
};

const zoom = (factor) => {
  const scale = network.getScale();
  network.moveTo({ scale: Math.min(4, Math.max(Math.min(0.1, scale), scale * factor)) });
};
const startWalk = () => {
  byId("canvas").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (DIRECTIONS.has(event.key)) walk(DIRECTIONS.get(event.key));
    else if (event.key === "Enter" && (state.node || state.relation)) focusPanel();
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  for (const each of document.querySelectorAll("[data-zoom]")) {
    each.addEventListener("click", () => (each.dataset.zoom === "fit" ? fit() : zoom(each.dataset.zoom === "in" ? 1.25 : 0.8)));
  }
};
