// The drawing of a page of thousands of actors. Sigma puts symbols and thin lines on the screen with WebGL; names are ours, and lines too
// where few are in sight: bent, dashed, hollow and with heads as on a small page.
const FEW_LINES = 1200;
const MASS = 10000; // lines above which they are left out while the drawing moves
const MOST_NAMES = 250; // that are tried; the most connected come first
const SHEET = 1000; // sigma's unit square is that many pixels of the layout to each side
let sigma = null;
let graph = null;
let ranked = [];
let sight = { nodes: [], edges: [], whole: false };
let still = null; // where there is no WebGL: the place of a still picture
const inSight = () => sight;

const numberOf = new Map(order.map((id, place) => [id, String(place)])); // ids may be any word, and sigma keeps keys in plain objects
const idOf = (key) => order[Number(key)];
const mixed = (colour, ground, share) => {
  const [a, b] = [channels(colour), channels(ground)];
  return `#${a.map((value, at) => Math.round(255 * (value * share + b[at] * (1 - share))).toString(16).padStart(2, "0")).join("")}`;
};
const mixes = new Map();
const onPaper = (colour, share) => {
  const key = `${colour} ${paper()} ${share}`;
  if (!mixes.has(key)) mixes.set(key, mixed(colour, paper(), share));
  return mixes.get(key);
};

const symbolOf = (id, light) => {
  const mark = markOf(id);
  const { x, y } = placeOf(id);
  const faded = Boolean(light && !light.nodes.has(id));
  const fill = mark.fill === "#FFFFFF" ? paper() : mark.fill;
  return { x, y: -y, size: radius(shown.degree.get(id)), shape: mark.shape, color: faded ? `${onPaper(fill, 0.25)}40` : fill, zIndex: faded ? 0 : 1 };
};
const thinLine = (edge, light) => {
  const bright = light?.edge(edge);
  return { color: onPaper(colourOf(relations.get(edge.relation).kind), light ? (bright ? 1 : 0.07) : 0.3), size: bright ? 2 : 1, zIndex: bright ? 1 : 0 };
};
const redraw = () => {
  const light = lit();
  const made = new large.Graph({ multi: true, type: "directed" });
  for (const id of shown.nodes) made.addNode(numberOf.get(id), symbolOf(id, light));
  for (const edge of shown.edges) made.addDirectedEdge(numberOf.get(edge.from), numberOf.get(edge.to), thinLine(edge, light));
  graph = made;
  ranked = [...shown.nodes].sort((a, b) => shown.degree.get(b) - shown.degree.get(a));
  sigma?.setGraph(graph);
  if (still && state.view === "network") still.replaceChildren(picture());
};

// The few numbers that turn places of the layout into pixels: sigma's matrix, without turning.
const frame = () => {
  const now = { cameraState: sigma.getCamera().getState() }; // sigma's own matrix waits for the next frame
  const [origin, unit] = [sigma.graphToViewport({ x: 0, y: 0 }, now), sigma.graphToViewport({ x: 1000, y: 0 }, now)];
  return { scale: (unit.x - origin.x) / 1000, left: origin.x, top: origin.y };
};
const cover = (now) => {
  const { width, height } = sigma.getDimensions();
  const seen = ({ x, y }, room) => {
    const [left, top] = [x * now.scale + now.left, y * now.scale + now.top];
    return left > -room && top > -room && left < width + room && top < height + room;
  };
  const near = [];
  for (const edge of shown.edges) {
    if (!seen(placeOf(edge.from), 40) && !seen(placeOf(edge.to), 40)) continue;
    near.push(edge);
    if (near.length > FEW_LINES) break;
  }
  const light = lit();
  const wanted = ranked.filter((id) => id === state.node || id === hovered || (light && light.nodes.size < 60 && light.nodes.has(id)));
  const names = [...wanted];
  for (const id of ranked) {
    if (names.length >= MOST_NAMES) break;
    if (!wanted.includes(id) && seen(placeOf(id), 0)) names.push(id);
  }
  const whole = near.length <= FEW_LINES;
  const bright = whole || !light ? [] : shown.edges.filter((edge) => light.edge(edge));
  return { nodes: names, edges: whole ? near : bright.length <= FEW_LINES ? bright : [], whole };
};

const plainLines = (context, light) => {
  for (const edge of inSight().edges) {
    const relation = relations.get(edge.relation);
    if (isHollow(relation.modality)) continue;
    context.globalAlpha = lineAlpha(edge, light);
    context.strokeStyle = colourOf(relation.kind);
    context.lineWidth = widthOf(relation.modality) + (light?.edge(edge) ? 1.2 : 0);
    context.setLineDash(strokeOf(relation));
    linePath(context, edge);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
};
const mark = (context) => {
  if (!state.node || !shown.degree.has(state.node)) return;
  context.strokeStyle = ink();
  context.lineWidth = 3 / network.getScale();
  ring(context, placeOf(state.node), radius(shown.degree.get(state.node)) + 6 / network.getScale());
  context.stroke();
};
const sheet = (canvas, now) => {
  const context = canvas.getContext("2d");
  const ratio = canvas.width / canvas.clientWidth;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(now.scale * ratio, 0, 0, now.scale * ratio, now.left * ratio, now.top * ratio);
  return context;
};
const paint = () => {
  const { lanes, edges: mass, edgeLabels: under, labels: over } = sigma.getCanvases();
  if (!over.clientWidth || !over.clientHeight || !shown.nodes.length) return;
  const now = frame();
  sight = cover(now);
  mass.style.visibility = sight.whole ? "hidden" : "visible";
  drawLanes(sheet(lanes, now));
  const below = sheet(under, now);
  drawHollowLines(below, lit());
  plainLines(below, lit());
  const above = sheet(over, now);
  mark(above);
  afterDrawing(above);
};

const moveTo = ({ position, scale, animation }) => {
  const camera = sigma.getCamera();
  const target = { ratio: (camera.ratio * network.getScale()) / scale };
  if (position) Object.assign(target, sigma.viewportToFramedGraph(sigma.graphToViewport({ x: position.x, y: -position.y })));
  if (animation && sight.whole) camera.animate(target, { duration: animation.duration });
  else camera.setState(target);
};
const surface = {
  getPosition: placeOf,
  getScale: () => frame().scale,
  canvasToDOM: ({ x, y }) => sigma.graphToViewport({ x, y: -y }),
  moveTo,
  redraw: () => {
    const { width, height } = sigma.getDimensions();
    sigma.resize();
    const now = sigma.getDimensions();
    if (now.width === width && now.height === height) paint();
    else sigma.scheduleRender(); // the canvases are empty now
  },
};
// Where no WebGL is, what is drawn stands there as a still picture, a sentence says why, and the rest of the page works.
const without = () => {
  still = make("div", { class: "motionless" });
  byId("canvas").replaceChildren(make("p", { class: "nothing", "data-t": "graph.nowebgl" }, say("graph.nowebgl")), still);
  return { getPosition: placeOf, getScale: () => 1, canvasToDOM: (place) => place, moveTo: () => {}, redraw: () => {} };
};

// The line under the pointer, where lines are our own.
const edgeAt = (point) => {
  const now = frame();
  const here = { x: (point.x - now.left) / now.scale, y: (point.y - now.top) / now.scale };
  const reach = 6 / now.scale;
  return inSight().edges.find((edge) => {
    if (edge.from === edge.to) return false;
    const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
    const control = via(from, to, shown.bends.get(edge.id) ?? 0);
    return Array.from({ length: 25 }, (_, step) => step / 24).some((t) => {
      const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
      return Math.hypot(a * from.x + b * control.x + c * to.x - here.x, a * from.y + b * control.y + c * to.y - here.y) < reach;
    });
  })?.id ?? null;
};
const over = (event) => {
  const found = hovered === null ? edgeAt(event.event) : null;
  if (found === hoveredEdge) return;
  hoveredEdge = found;
  paint();
};
const startPointer = () => {
  const at = ({ event }) => ({ DOM: { x: event.x, y: event.y } });
  sigma.on("clickNode", (event) => pressed({ nodes: [idOf(event.node)], edges: [], pointer: at(event) }));
  sigma.on("clickStage", (event) => pressed({ nodes: [], edges: [edgeAt(event.event)].filter(Boolean), pointer: at(event) }));
  sigma.on("enterNode", ({ node }) => { hovered = idOf(node); hoveredEdge = null; paint(); });
  sigma.on("leaveNode", () => { hovered = null; paint(); });
  sigma.on("moveBody", over);
};

const startDrawing = () => {
  redraw();
  try {
    sigma = new large.Sigma(graph, byId("canvas"), {
      allowInvalidContainer: true, renderLabels: false, enableCameraRotation: false, zIndex: true, hideEdgesOnMove: edges.length > MASS, stagePadding: 0, minEdgeThickness: 0.8,
      defaultNodeType: "symbol", defaultEdgeType: "line", itemSizesReference: "screen", zoomToSizeRatioFunction: () => 1,
      nodeProgramClasses: { symbol: symbolProgram(() => network?.getScale() ?? 1) }, nodeHoverProgramClasses: { symbol: symbolProgram(() => network?.getScale() ?? 1) },
      edgeProgramClasses: { line: large.EdgeRectangleProgram }, defaultDrawNodeHover: () => {}, doubleClickZoomingRatio: 1,
    });
  } catch {
    network = without();
    return;
  }
  sigma.setCustomBBox({ x: [-SHEET, SHEET], y: [-SHEET, SHEET] });
  sigma.createCanvasContext("lanes", { beforeLayer: "edges" });
  sigma.resize(true);
  network = surface;
  sigma.refresh();
  sigma.on("afterRender", paint);
  startPointer();
};
