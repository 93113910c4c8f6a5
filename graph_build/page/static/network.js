// The drawing: vis-network with physics off, places from Python, labels of our own.
let network = null;
let visNodes = null;
let visEdges = null;
let shown = { relations: [], nodes: [], edges: [], degree: new Map(), scene: null, bends: new Map() };
let hovered = null;

const survey = () => {
  const found = shownRelations();
  const ids = new Set(found.map((relation) => relation.id));
  const drawn = edges.filter((edge) => ids.has(edge.relation));
  const degree = new Map();
  for (const edge of drawn) {
    for (const id of [edge.from, edge.to]) degree.set(id, (degree.get(id) ?? 0) + 1);
  }
  const visible = order.filter((id) => degree.has(id));
  shown = { relations: found, nodes: visible, edges: drawn, degree, scene: sceneFor(visible), bends: fans(drawn) };
};
const placeOf = (id) => shown.scene.places.get(id) ?? { x: 0, y: 0 };

// Nodes and edges that the selection is about; null when nothing is selected.
const lit = () => {
  if (state.relation) {
    const relation = relations.get(state.relation);
    return { nodes: new Set([relation.actor, ...relation.targets]), edge: (edge) => edge.relation === state.relation };
  }
  if (!state.node || !shown.degree.has(state.node)) return null;
  const near = new Set([state.node]);
  for (const edge of shown.edges) {
    if (edge.from === state.node) near.add(edge.to);
    if (edge.to === state.node) near.add(edge.from);
  }
  return { nodes: near, edge: (edge) => edge.from === state.node || edge.to === state.node };
};

const visNode = (id, light) => {
  const mark = markOf(id);
  const strong = id === state.node;
  const border = outline();
  const fill = mark.fill === "#FFFFFF" ? paper() : mark.fill;
  return {
    id, ...placeOf(id), hidden: !shown.degree.has(id), shape: mark.shape, size: radius(shown.degree.get(id) ?? 0),
    color: { background: fill, border, highlight: { background: fill, border }, hover: { background: fill, border } },
    borderWidth: strong ? 4 : 1.5, opacity: light && !light.nodes.has(id) ? 0.25 : 1, label: undefined, facts: undefined,
  };
};
const visEdge = (edge, light) => {
  const relation = relations.get(edge.relation);
  const bend = shown.bends.get(edge.id) ?? 0;
  const bright = light?.edge(edge);
  const dashes = dashesOf(relation.modality);
  const head = { enabled: true, type: relation.negated ? "bar" : "arrow", scaleFactor: 0.6 };
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: !shown.bends.has(edge.id), dashes: dashes.length ? dashes : false,
    color: { color: colourOf(relation.kind), opacity: light ? (bright ? 1 : 0.08) : 0.75, inherit: false },
    width: widthOf(relation.modality) + (bright ? 1.2 : 0), arrows: { to: head, from: { ...head, enabled: Boolean(relation.symmetric) } },
    smooth: bend && edge.from !== edge.to ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : { enabled: false },
    selfReference: { size: 12 + 6 * Math.max(1, bend), angle: Math.PI / 4, renderBehindTheNode: true },
  };
};

const redraw = () => {
  const light = lit();
  visNodes.update(order.map((id) => visNode(id, light)));
  visEdges.update(edges.map((edge) => visEdge(edge, light)));
};

// Where arrows end, in the units of the layout; names keep away from there, or directions would be lost.
const MANY_EDGES = 800;
const arrowTips = () =>
  shown.edges.filter((edge) => edge.from !== edge.to).map((edge) => {
    const to = placeOf(edge.to);
    return towardsPoint(via(placeOf(edge.from), to, shown.bends.get(edge.id)), to, radius(shown.degree.get(edge.to)) + 6);
  });
const afterDrawing = (context) => {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const light = lit();
  const scale = network.getScale();
  const spots = shown.nodes.map((id) => {
    const spot = network.canvasToDOM(network.getPosition(id));
    const first = id === state.node || id === hovered || Boolean(light && light.nodes.size < 14 && light.nodes.has(id));
    const strong = id === state.node || id === hovered || shown.degree.get(id) > 8;
    return {
      id, ...spot, first, strong, size: radius(shown.degree.get(id)) * scale * 1.1, lines: wrap(nodeName(id).text),
      faded: Boolean(light && !light.nodes.has(id) && id !== hovered), weight: shown.degree.get(id),
    };
  });
  spots.sort((a, b) => b.strong - a.strong || b.first - a.first || a.faded - b.faded || b.weight - a.weight);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const tips = shown.edges.length < MANY_EDGES ? arrowTips().map((tip) => network.canvasToDOM(tip)) : [];
  drawLabels(context, spots, tips, boxAt(0, 0, context.canvas.clientWidth, context.canvas.clientHeight));
  context.restore();
};

// Bring all that is shown into view, with room for the labels around it.
const fit = (animated = true) => {
  const places = shown.nodes.map(placeOf);
  const canvas = byId("canvas");
  if (!places.length || !canvas.clientWidth) return;
  const [left, right] = [Math.min(...places.map(({ x }) => x)), Math.max(...places.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...places.map(({ y }) => y)), Math.max(...places.map(({ y }) => y))];
  const [width, height] = [canvas.clientWidth - (canvas.clientWidth < 500 ? 70 : 150), canvas.clientHeight - 100];
  const scale = Math.min(1.6, Math.max(width, 100) / Math.max(right - left, 1), Math.max(height, 100) / Math.max(bottom - top, 1));
  const target = { position: { x: (left + right) / 2, y: (top + bottom) / 2 + 12 / scale }, scale };
  network.moveTo(animated && !calm() ? { ...target, animation: { duration: 350, easingFunction: "easeInOutQuad" } } : target);
};

const pressed = (event) => {
  const id = event.nodes[0] ?? labelAt(event.pointer.DOM);
  if (id !== null && id !== undefined) change({ node: id, relation: null });
  else if (event.edges.length) change({ relation: edges.find((edge) => edge.id === event.edges[0]).relation, node: null });
  else if (state.node || state.relation) change({ node: null, relation: null, near: false });
};

const startNetwork = () => {
  survey();
  const light = lit();
  visNodes = new vis.DataSet(order.map((id) => visNode(id, light)));
  visEdges = new vis.DataSet(edges.map((edge) => visEdge(edge, light)));
  network = new vis.Network(byId("canvas"), { nodes: visNodes, edges: visEdges }, networkOptions);
  byId("canvas").firstElementChild.tabIndex = -1;
  network.on("afterDrawing", afterDrawing);
  network.on("click", pressed);
  network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  network.on("dragEnd", ({ nodes: moved }) => {
    const places = network.getPositions(moved);
    for (const id of moved) shown.scene.places.set(id, places[id]);
  });
  new ResizeObserver(() => { network.redraw(); fit(false); }).observe(byId("canvas"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change({}));
  fit(false);
};
