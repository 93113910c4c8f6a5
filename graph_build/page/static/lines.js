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
// On a line that stands for several: how many, in its middle, or beside that where the name of a lane is.
const PARTS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
const pointOf = (edge, part = 0.5) => {
  const [from, to] = [network.getPosition(edge.from), network.getPosition(edge.to)];
  const control = via(from, to, shown.bends.get(edge.id) ?? 0);
  const [a, b, c] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2];
  return network.canvasToDOM({ x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y });
};
const clearOf = (names, edge) => {
  const spots = PARTS.map((part) => pointOf(edge, part));
  return spots.find(({ x, y }) => !names.some((name) => covers(name, boxAt(x - 8, y - 8, 16, 16)))) ?? spots[0];
};
const drawCounts = (context, near, light, names) => {
  context.font = `600 10.5px ${FONT}`;
  [context.textAlign, context.textBaseline, context.lineJoin, context.lineWidth] = ["center", "middle", "round", 4];
  for (const edge of near) {
    if (!edge.several || edge.from === edge.to || (light && !light.edge(edge))) continue;
    const { x, y } = clearOf(names, edge);
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
  const spot = pointOf(edge);
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
