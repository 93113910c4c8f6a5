// Lines of demands and of law, hollow from end to end so that nobody takes them for practice, and the words on the line that is
// looked at. The renderer keeps an unseen line there, for the pointer.
const curve = (context, from, control, tip) => {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.quadraticCurveTo(control.x, control.y, tip.x, tip.y);
};
const ring = (context, { x, y }, size) => {
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
};
// Where a line of vis-network lies: from symbol to symbol, or round the top of one.
const linePath = (context, edge) => {
  const [from, to] = [network.getPosition(edge.from), network.getPosition(edge.to)];
  const bend = shown.bends.get(edge.id) ?? 0;
  const size = radius(shown.degree.get(edge.to));
  if (edge.from === edge.to) return ring(context, { x: from.x, y: from.y - size }, loopSize(bend));
  const control = via(from, to, bend);
  return curve(context, from, control, towardsPoint(control, to, size + 6));
};
const loopSize = (bend) => 12 + 6 * Math.max(1, bend);

const lineAlpha = (edge, light) => (light ? (light.edge(edge) ? 1 : 0.07) : shown.edges.length > DENSE ? 0.5 : 0.8);
const drawHollowLines = (context, light) => {
  // Where the drawing is small, lines stay wide enough to be seen as two.
  const wider = Math.max(1, 0.8 / network.getScale());
  context.save();
  for (const edge of inSight().edges) {
    const relation = relations.get(edge.relation);
    if (!isHollow(relation.modality)) continue;
    context.setLineDash(strokeOf(relation));
    const bright = light?.edge(edge) ? 1.3 : 1;
    context.globalAlpha = lineAlpha(edge, light);
    context.strokeStyle = colourOf(relation.kind);
    context.lineWidth = TUBE * wider * bright;
    linePath(context, edge);
    context.stroke();
    context.globalAlpha = light && !light.edge(edge) ? 0.3 : 1;
    context.strokeStyle = paper();
    context.lineWidth = BORE * wider * bright;
    context.stroke();
  }
  context.restore();
};
// On a line that stands for several: how many. The number stands in the middle of its line, or as near to it as marks, names, heads of
// arrows and other numbers leave room; where all of the line is taken, where it hides least (a mark or the name of a lane counts most).
const PARTS = Array.from({ length: 25 }, (_, step) => 0.5 + (step % 2 ? -0.03 : 0.03) * Math.ceil(step / 2));
const HIDES = { mark: 20, lane: 20, number: 6, name: 2, head: 1 };
const BESIDE = 320; // what a place beside the line costs: as much as a number wholly under a name
const bendAt = (from, control, to, part) => {
  const [a, b, c] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2];
  return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y };
};
const lineOf = (edge, placed, bend = shown.bends.get(edge.id) ?? 0) => {
  const [from, to] = [placed(edge.from), placed(edge.to)];
  return (part) => bendAt(from, via(from, to, bend), to, part);
};
const onScreen = (edge) => {
  const line = lineOf(edge, (id) => network.getPosition(id));
  return (part) => network.canvasToDOM(line(part));
};
const hindrances = (boxes) => Object.entries(boxes).flatMap(([what, list]) => list.map((box) => ({ box, cost: HIDES[what] })));
const hullOf = (boxes) => ({
  left: Math.min(...boxes.map(({ left }) => left)), top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)), bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});
const leastHiding = (boxes, taken) => {
  const hull = hullOf(boxes);
  const near = taken.filter(({ box }) => covers(box, hull));
  const costs = boxes.map((each) => near.reduce((sum, { box, cost }) => sum + cost * overlap(box, each), each.off ? BESIDE : 0));
  return boxes[costs.indexOf(Math.min(...costs))];
};
// Lines between two bodies of one row can run along the name of their lane from end to end: only beside them is any room.
const spotsOf = (points, width) =>
  [0, 13, -13].flatMap((off) => points.map(({ x, y }) => ({ ...boxAt(x - width / 2, y - 7 + off, width, 14), off })));
// Of lines with numbers, where each number stands. `taken` grows, so that no number stands on another.
const placeNumbers = (lines, pointsOf, taken) =>
  lines.map((edge) => {
    const width = 5 + 6.5 * String(edge.several).length;
    const box = leastHiding(spotsOf(PARTS.map(pointsOf(edge)), width), taken);
    taken.push({ box, cost: HIDES.number });
    return { edge, x: box.left + width / 2, y: box.top + 7 };
  });
const numbered = (lines, light) => lines.filter((edge) => edge.several && edge.from !== edge.to && (!light || light.edge(edge)));
const drawCounts = (context, near, light, taken) => {
  context.font = `600 10.5px ${FONT}`;
  [context.textAlign, context.textBaseline, context.lineJoin, context.lineWidth] = ["center", "middle", "round", 4];
  for (const { edge, x, y } of placeNumbers(numbered(near, light), onScreen, taken)) {
    context.strokeStyle = paper();
    context.fillStyle = colourOf(relations.get(edge.relation).kind);
    context.strokeText(String(edge.several), x, y);
    context.fillText(String(edge.several), x, y);
  }
};

// In words, on the line that the pointer or the reader is at: law requires, practised, denied; and what.
let hoveredEdge = null;
const lineWords = (edge) => {
  const relation = relations.get(edge.relation);
  return `${firmWord(relation)}${relation.negated ? ` ✕ ${say("modality.negated")}` : ""}: ${phraseOf(relation).text}`;
};
const drawLineWords = (context, names) => {
  const edge = shown.edges.find(({ id }) => id === hoveredEdge) ?? shown.edges.find(({ relation }) => relation === state.relation);
  if (!edge || edge.from === edge.to) return;
  const spot = onScreen(edge)(0.5);
  context.font = `600 12px ${FONT}`;
  const text = `${lineWords(edge).slice(0, 90)}${edge.several ? ` (${say("relations", { count: edge.several })})` : ""}`;
  const width = context.measureText(text).width + 12;
  const left = Math.min(Math.max(spot.x - width / 2, 4), Math.max(context.canvas.clientWidth - width - 4, 4));
  const hidden = names.find((name) => covers(name, boxAt(left, spot.y - 11, width, 22)));
  const y = hidden ? hidden.bottom + 13 : spot.y;
  context.fillStyle = paper();
  context.strokeStyle = colourOf(relations.get(edge.relation).kind);
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(left, y - 11, width, 22, 5);
  context.fill();
  context.stroke();
  [context.textAlign, context.textBaseline, context.fillStyle] = ["left", "middle", ink()];
  context.fillText(text, left + 6, y + 0.5);
};
