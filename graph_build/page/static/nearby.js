// Where few of very many actors are shown, they stand far apart in the places of all: they are laid out anew, by stress as in
// layout.py, so that a neighbourhood or a selection can be read. The same selection gives the same places.
const FEW_NODES = 160;
const LINK = 150; // pixels of one step
const ROUNDS = 150;

// Steps from each node to each; what is not connected is kept as far as the drawing is wide.
const stepsBetween = (ids, edges) => {
  const place = new Map(ids.map((id, at) => [id, at]));
  const next = ids.map(() => new Set());
  for (const { from, to } of edges) {
    next[place.get(from)].add(place.get(to));
    next[place.get(to)].add(place.get(from));
  }
  const apart = 1.5 + Math.sqrt(ids.length);
  return ids.map((_, start) => {
    const far = new Float64Array(ids.length).fill(apart);
    far[start] = 0;
    const seen = new Set([start]);
    for (let [edge, step] = [[start], 1]; edge.length; step += 1) {
      edge = [...new Set(edge.flatMap((at) => [...next[at]]))].filter((at) => !seen.has(at));
      for (const at of edge) {
        seen.add(at);
        far[at] = step;
      }
    }
    return far;
  });
};
const moved = ([xs, ys], far) => {
  const [nextX, nextY] = [new Float64Array(xs.length), new Float64Array(ys.length)];
  for (let one = 0; one < xs.length; one += 1) {
    let [x, y, sum] = [0, 0, 0];
    for (let other = 0; other < xs.length; other += 1) {
      if (other === one) continue;
      const [across, down] = [xs[one] - xs[other], ys[one] - ys[other]];
      const gap = Math.hypot(across, down) || 1e-6;
      const weight = 1 / far[one][other] ** 2;
      const reach = (far[one][other] * LINK) / gap;
      x += weight * (xs[other] + across * reach);
      y += weight * (ys[other] + down * reach);
      sum += weight;
    }
    [nextX[one], nextY[one]] = [x / sum, y / sum];
  }
  return [nextX, nextY];
};
const laidOut = (ids, edges) => {
  const far = stepsBetween(ids, edges);
  // A spiral to begin with: no two in one place, and nothing left to chance.
  const spiral = (wave) => Float64Array.from(ids, (_, at) => LINK * Math.sqrt(at + 0.5) * wave(at * 2.399963));
  let places = [spiral(Math.cos), spiral(Math.sin)];
  if (ids.length > 1) for (let round = 0; round < ROUNDS; round += 1) places = moved(places, far);
  const [xs, ys] = places;
  return new Map(ids.map((id, at) => [id, { x: Math.round(1.5 * xs[at]), y: Math.round(ys[at]) }]));
};

let lastArranged = { key: null };
const arranged = (placed, ids, edges) => {
  if (!ids.length || ids.length > FEW_NODES || placed.lanes.length) return placed;
  const key = edges.map(({ id }) => id).join(" ");
  if (lastArranged.key !== key) lastArranged = { key, drawing: { places: laidOut(ids, edges), lanes: [] } };
  return lastArranged.drawing;
};
