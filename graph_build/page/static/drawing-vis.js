// The drawing of a page of up to some two thousand actors: vis-network with physics off.
let visNodes = null;
let visEdges = null;
const arranged = (placed) => placed;
const inSight = () => shown;

const visNode = (id, light) => {
  const mark = markOf(id);
  const strong = id === state.node;
  const border = outline();
  const fill = mark.fill === "#FFFFFF" ? paper() : mark.fill;
  return {
    id, ...placeOf(id), shape: mark.shape, size: radius(shown.degree.get(id) ?? 0),
    color: { background: fill, border, highlight: { background: fill, border }, hover: { background: fill, border } },
    borderWidth: strong ? 4 : 1.5, opacity: light && !light.nodes.has(id) ? 0.25 : 1, label: undefined, facts: undefined,
  };
};
const visEdge = (edge, light) => {
  const relation = relations.get(edge.relation);
  const bend = shown.bends.get(edge.id) ?? 0;
  const bright = light?.edge(edge);
  const dashes = strokeOf(relation);
  const loop = edge.from === edge.to;
  const hollow = isHollow(relation.modality);
  return {
    id: edge.id, from: edge.from, to: edge.to, dashes: dashes.length ? dashes : false,
    color: { color: colourOf(relation.kind), opacity: hollow ? 0 : lineAlpha(edge, light), inherit: false },
    width: widthOf(relation.modality) + (bright ? 1.2 : 0), arrows: { to: { enabled: loop && !hollow, type: relation.negated ? "bar" : "arrow", scaleFactor: 0.6 }, from: { enabled: false } },
    smooth: bend && !loop ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : { enabled: false },
    selfReference: { size: loopSize(bend), angle: Math.PI / 2, renderBehindTheNode: true },
  };
};

// Only what is shown is given to vis-network: a scope is a small part of the data.
const keepOnly = (set, items) => {
  const wanted = new Set(items.map(({ id }) => id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
};
const redraw = () => {
  settling = true;
  const light = lit();
  const nodesNow = shown.nodes.map((id) => visNode(id, light));
  const edgesNow = shown.edges.map((edge) => visEdge(edge, light));
  const gone = new Set(edgesNow.map(({ id }) => id));
  visEdges.remove(visEdges.getIds().filter((id) => !gone.has(id)));
  keepOnly(visNodes, nodesNow);
  keepOnly(visEdges, edgesNow);
  settling = false;
  network.redraw();
};

const startDrawing = () => {
  const light = lit();
  visNodes = new vis.DataSet(shown.nodes.map((id) => visNode(id, light)));
  visEdges = new vis.DataSet(shown.edges.map((edge) => visEdge(edge, light)));
  network = new vis.Network(byId("canvas"), { nodes: visNodes, edges: visEdges }, networkOptions);
  byId("canvas").firstElementChild.tabIndex = -1;
  network.on("beforeDrawing", beforeDrawing);
  network.on("afterDrawing", afterDrawing);
  network.on("click", pressed);
  network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  network.on("hoverEdge", ({ edge }) => { hoveredEdge = edge; network.redraw(); });
  network.on("blurEdge", () => { hoveredEdge = null; network.redraw(); });
  network.on("dragEnd", ({ nodes: moved }) => {
    const places = network.getPositions(moved);
    for (const id of moved) shown.drawing.places.set(id, places[id]);
  });
};
