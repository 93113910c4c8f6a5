// What is drawn, and the parts of it that are our own: heads of arrows, lanes, names. The rest is a renderer's, of which a page has one:
// drawing-vis or drawing-sigma. All else asks of `network` only getPosition, getScale, canvasToDOM, moveTo and redraw.
let network = null;
let shown = { relations: [], nodes: [], edges: [], degree: new Map(), drawing: { places: new Map(), lanes: [] }, bends: new Map(), of: 0 };
let hovered = null;

const degrees = (drawn) => {
  const degree = new Map();
  for (const edge of drawn) {
    for (const id of [edge.from, edge.to]) degree.set(id, (degree.get(id) ?? 0) + 1);
  }
  return degree;
};
// Of very many nodes only the most connected are drawn until the reader asks for all; what is selected is always drawn.
const mostConnectedOf = (degree, few) =>
  new Set([...degree.keys()].sort((a, b) => degree.get(b) - degree.get(a) || (a < b ? -1 : 1)).slice(0, few));
// A phone has room for half of a ladder from side to side.
const phone = matchMedia("(max-width: 500px)");
const limitsNow = () => page.limits[layoutNow()].map((number) => (phone.matches && layoutNow() === "ladder" ? number / 2 : number));
const limited = (drawn) => {
  const degree = degrees(drawn);
  const [many, few] = limitsNow();
  if (state.every || degree.size <= many) return drawn;
  const kept = mostConnectedOf(degree, few);
  const wanted = [...(state.relation ? endsOf(relations.get(state.relation)) : []), ...(state.node ? [state.node] : []), ...(told()?.nodes ?? []), ...(stepLight()?.nodes ?? [])];
  for (const id of wanted) kept.add(id);
  return drawn.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
};
const survey = () => {
  tallied = null;
  const found = shownRelations();
  pathFound = findPath(pathRelations());
  const ids = new Set(found.map((relation) => relation.id));
  const all = scopeNow().edges.filter((edge) => ids.has(edge.relation) && joins(relations.get(edge.relation), edge.from, edge.to));
  const every = [...degrees(all).keys()];
  const drawn = limited(all);
  const degree = degrees(drawn);
  const visible = order.filter((id) => degree.has(id));
  const scene = sceneFor(every);
  const first = scene.first && visible.length < every.length && visible.every((id) => scene.first.places.has(id));
  const drawing = respread(first ? scene.first : arranged(scene.whole, visible, drawn), visible);
  shown = { relations: found, nodes: visible, edges: drawn, degree, drawing, of: every.length, things: every.filter(isThing).length };
  shown.edges = bundled(drawn, lit());
  shown.bends = fans(shown.edges, drawing);
};
const placeOf = (id) => shown.drawing.places.get(id) ?? { x: 0, y: 0 };

// Nodes and edges that the selection is about; null when nothing is selected.
const lit = () => {
  if (state.relation) {
    const relation = relations.get(state.relation);
    return { nodes: new Set(endsOf(relation)), edge: (edge) => edge.relation === state.relation };
  }
  if (state.list || state.path) return told();
  if (!state.node) return stepLight();
  if (!shown.degree.has(state.node)) return null;
  const near = new Set([state.node]);
  for (const edge of shown.edges) {
    if (edge.from === state.node) near.add(edge.to);
    if (edge.to === state.node) near.add(edge.from);
  }
  return { nodes: near, edge: (edge) => edge.from === state.node || edge.to === state.node };
};

const DENSE = 90; // lines above which each is fainter, so that their mass stays readable
// While a renderer exchanges nodes and edges, it draws once with some of them missing: our own drawing waits.
let settling = false;

// Where arrows end, in the units of the layout; names keep away from there, or directions would be lost.
const MANY_EDGES = 800;
const arrowTips = (edges = shown.edges) =>
  edges.filter((edge) => edge.from !== edge.to).map((edge) => {
    const to = placeOf(edge.to);
    return towardsPoint(via(placeOf(edge.from), to, shown.bends.get(edge.id)), to, radius(shown.degree.get(edge.to)) + 6);
  });
// Heads of arrows are our own: hollow for a demand, so that nobody takes it for practice; a bar for what is denied.
const headAt = (context, from, tip, relation) => {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  const corner = (size, off) => [tip.x - size * Math.cos(angle - off), tip.y - size * Math.sin(angle - off)];
  context.beginPath();
  if (relation.negated) {
    context.lineWidth = 3.5;
    context.moveTo(...corner(7, Math.PI / 2));
    context.lineTo(...corner(7, -Math.PI / 2));
    context.stroke();
    return;
  }
  context.lineWidth = 1.6;
  context.moveTo(tip.x, tip.y);
  context.lineTo(...corner(11, 0.42));
  context.lineTo(...corner(11, -0.42));
  context.closePath();
  context.fill();
  context.stroke();
};
const drawHeads = (context, light) => {
  for (const edge of inSight().edges) {
    if (edge.from === edge.to) continue;
    const relation = relations.get(edge.relation);
    const [from, to] = [network.getPosition(edge.from), network.getPosition(edge.to)];
    const control = via(from, to, shown.bends.get(edge.id));
    const colour = colourOf(relation.kind);
    context.globalAlpha = light && !light.edge(edge) ? 0.08 : shown.edges.length > DENSE && !light ? 0.75 : 0.95;
    context.strokeStyle = colour;
    context.fillStyle = isHollow(relation.modality) ? paper() : colour;
    headAt(context, control, towardsPoint(control, to, radius(shown.degree.get(edge.to)) + 2), relation);
    if (relation.symmetric) headAt(context, control, towardsPoint(control, from, radius(shown.degree.get(edge.from)) + 2), relation);
  }
  context.globalAlpha = 1;
};
// The lanes of a ladder behind all, and their names at a size that can be read at any zoom.
const laneName = (lane) => {
  const { x, y } = network.canvasToDOM({ x: lane.left, y: lane.top });
  const end = network.canvasToDOM({ x: lane.left + lane.width, y: 0 }).x;
  const left = Math.max(x, 0); // in sight, where a lane begins outside the window
  return { text: say(`lane.${lane.id}`), x: left + 7, y: y + 5, width: end - left - 10 };
};
const laneNames = () => shown.drawing.lanes.map(laneName).filter(({ width }) => width > 30);
const drawLanes = (context) => {
  context.fillStyle = shade(page.look.lane);
  for (const lane of shown.drawing.lanes) {
    context.beginPath();
    context.roundRect(lane.left, lane.top, lane.width, lane.height, 8);
    context.fill();
  }
};
const drawLaneNames = (context) => {
  context.font = `600 11px ${FONT}`;
  [context.textAlign, context.textBaseline, context.fillStyle] = ["left", "top", shade(page.look.quiet)];
  [context.strokeStyle, context.lineWidth, context.lineJoin] = [shade(page.look.lane), 4, "round"];
  for (const { text, x, y, width } of laneNames()) {
    context.strokeText(text, x, y, Math.max(width, 20));
    context.fillText(text, x, y, Math.max(width, 20));
  }
};
const beforeDrawing = (context) => {
  drawLanes(context);
  if (!settling) drawHollowLines(context, lit());
};
const laneBoxes = (context) => {
  context.font = `600 11px ${FONT}`;
  return laneNames().map(({ text, x, y, width }) => boxAt(x, y, Math.min(width, context.measureText(text).width), 13));
};
const afterDrawing = (context) => {
  if (settling) return;
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const light = lit();
  drawHeads(context, light);
  const scale = network.getScale();
  const ladder = onLadder();
  const spots = inSight().nodes.map((id) => {
    const spot = network.canvasToDOM(network.getPosition(id));
    const first = id === state.node || id === hovered || Boolean(light && light.nodes.size < 14 && light.nodes.has(id));
    const strong = id === state.node || id === hovered || (!ladder && shown.degree.get(id) > 8);
    return {
      id, ...spot, first, strong, size: radius(shown.degree.get(id)) * scale * 1.1, ...labelLines(id, scale),
      faded: Boolean(light && !light.nodes.has(id) && id !== hovered), weight: shown.degree.get(id),
    };
  });
  spots.sort((a, b) => b.strong - a.strong || b.first - a.first || a.faded - b.faded || b.weight - a.weight);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { edges: near } = inSight();
  const lanes = laneBoxes(context);
  const tips = near.length < MANY_EDGES ? arrowTips(near).map((tip) => network.canvasToDOM(tip)) : [];
  const placed = placedNames(context, spots, tips, boxAt(0, 0, context.canvas.clientWidth, context.canvas.clientHeight), lanes);
  drawCounts(context, near, light, hindrances({ mark: spots.map((spot) => markBox(spot)), lane: lanes, name: placed.map(({ box }) => box), head: tips.map(headBox) }));
  drawLaneNames(context);
  drawLabels(context, placed);
  drawLineWords(context, lanes);
  context.restore();
};

const onLadder = () => shown.drawing.lanes.length > 0;
// A name too long for its place goes without the country that the page is in, then ends with its abbreviation.
const ABBREVIATION = /^\p{Lu}[\p{Lu}\d/-]{1,7}$/u;
const shortName = (id) => {
  const { text, lang } = nodeName(id);
  const found = / \(([^()]{2,9})\)$/.exec(text)?.[1] ?? (nodes.get(id).alt ?? []).find((each) => ABBREVIATION.test(each) && languageOf(each) === lang);
  return found ? `(${found})` : "";
};
const ladderLines = (id, scale) => {
  const [width, most, short] = [lettersAt(scale), scale < 0.95 ? 3 : 4, shortName(id)];
  const whole = nodeName(id).text;
  const home = whole.replace(` ${say(`country.${scopeNow().country}.of`)}`, "");
  const fitting = [whole, home].map((text) => wrap(text, width, most)).find((lines) => !lines.at(-1).endsWith("…"));
  const lines = fitting ?? (short ? [...wrap(home.replace(` ${short}`, ""), width, most - 1), short] : wrap(home, width, most));
  return { lines, short, height: ON_LADDER.height, shorten: true };
};
const labelLines = (id, scale = 1) => (onLadder() ? ladderLines(id, scale) : { lines: wrap(nodeName(id).text) });
// Bring all that is shown into view, with room for the labels around it.
const extent = () => {
  const lanes = shown.drawing.lanes;
  const places = shown.nodes.map(placeOf);
  const xs = lanes.length ? lanes.flatMap(({ left, width }) => [left, left + width]) : places.map(({ x }) => x);
  const ys = lanes.length ? lanes.flatMap(({ top, height }) => [top, top + height]) : places.map(({ y }) => y);
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
};
const fit = (animated = true) => {
  const canvas = byId("canvas");
  if (!shown.nodes.length || !canvas.clientWidth) return;
  const [left, right, top, bottom] = extent();
  const [wide, high] = onLadder() ? [20 + ZOOM_BUTTONS, 16] : [canvas.clientWidth < 500 ? 70 : 150, 100];
  const [width, height] = [canvas.clientWidth - wide, canvas.clientHeight - high];
  // On a phone the ladder is wider than the screen rather than too small to read, and begins where the screen does.
  const narrow = onLadder() && canvas.clientWidth < 500;
  const least = narrow ? Math.min(state.every ? 0.75 : 0.66, height / (bottom - top)) : 0;
  const scale = Math.max(least, Math.min(1.6, Math.max(width, 100) / Math.max(right - left, 1), Math.max(height, 100) / Math.max(bottom - top, 1)));
  const told = narrow ? shown.nodes.filter((id) => lit()?.nodes.has(id)).map((id) => placeOf(id).x) : [];
  const [first, last] = told.length ? [Math.min(...told), Math.max(...told)] : [left, right];
  const x = (first + last) / 2 + (onLadder() ? ZOOM_BUTTONS / 2 / scale : 0);
  const y = narrow ? top + (canvas.clientHeight / 2 - 40) / scale : (top + bottom) / 2 + (onLadder() ? 0 : 12 / scale);
  const target = { position: { x, y }, scale };
  network.moveTo(animated && !calm() ? { ...target, animation: { duration: 350, easingFunction: "easeInOutQuad" } } : target);
};

const pressedLine = ({ from, to, relation, several }) =>
  change(several ? { ...NONE, list: joinParts(["pair", from, to]) } : { ...NONE, relation });
const pressed = (event) => {
  const id = event.nodes[0] ?? labelAt(event.pointer.DOM);
  if (id !== null && id !== undefined) change({ ...NONE, node: id });
  else if (event.edges.length) pressedLine(shown.edges.find((edge) => edge.id === event.edges[0]));
  else if (state.node || state.relation || state.list || state.path) change({ ...NONE, near: "" });
};

const startNetwork = () => {
  startDrawing();
  new ResizeObserver(() => { network.redraw(); fit(false); }).observe(byId("canvas"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change({}));
  fit(false);
};
