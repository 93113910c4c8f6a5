// On a ladder, lines between two nodes of one row rise over the nodes between them.
const arch = (from, to) => {
  const across = to.x - from.x;
  return across && Math.abs(to.y - from.y) <= 1 ? Math.min(0.3, 60 / Math.abs(across)) * Math.sign(across) : 0;
};
// Curves that keep parallel relations apart: the same rule as in the still picture (shapes.py).
const fans = (shown, { places, lanes }) => {
  const rise = (edge) => (lanes.length ? arch(places.get(edge.from), places.get(edge.to)) : 0);
  const pairs = new Map();
  for (const edge of shown) {
    const key = JSON.stringify([edge.from, edge.to].sort());
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(edge);
  }
  const bends = new Map();
  for (const together of pairs.values()) {
    const step = Math.min(0.18, 1.2 / together.length);
    together.forEach((edge, place) => {
      const bend = (place - (together.length - 1) / 2) * step;
      bends.set(edge.id, edge.from === edge.to ? place + 1 : (edge.from <= edge.to ? bend : -bend) + rise(edge));
    });
  }
  return bends;
};

// In a crowd the lines of one kind from one actor to another are one line with their number, filled where any of them is practised;
// whatever the reader looks at opens out (docs/decisions/0018).
const vagueness = ({ relation }) => 2 * isHollow(relations.get(relation).modality) + isUndated(relations.get(relation));
const merged = (lines) => {
  if (lines.length <= page.look.crowd) return lines;
  const bundles = new Map();
  for (const edge of lines) {
    const { kind, negated } = relations.get(edge.relation);
    const key = JSON.stringify([edge.from, edge.to, kind, Boolean(negated)]);
    bundles.set(key, [...(bundles.get(key) ?? []), edge]);
  }
  return [...bundles.values()].map((list) => {
    const firmest = list.reduce((best, edge) => (vagueness(edge) < vagueness(best) ? edge : best));
    return list.length > 1 ? { ...firmest, several: list.length } : firmest;
  });
};
const bundled = (lines, light) => (light ? [true, false].flatMap((near) => merged(lines.filter((edge) => light.edge(edge) === near))) : merged(lines));

// The control point of the curve, as vis-network places it.
const via = (start, end, bend) => {
  const across = end.x - start.x;
  const up = start.y - end.y;
  const reach = (Math.abs(bend) / 2 + 0.5) * Math.hypot(across, up);
  const angle = Math.atan2(up, across) + (bend / 2 + 0.5) * Math.PI;
  return { x: start.x + reach * Math.sin(angle), y: start.y + reach * Math.cos(angle) };
};
const towardsPoint = (from, to, gap) => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: to.x - ((to.x - from.x) / length) * gap, y: to.y - ((to.y - from.y) / length) * gap };
};
const radius = (degree) => Math.min(20, 7 + 2 * Math.sqrt(degree));
