// Where a ladder has places for many more actors than are shown, its lanes are set anew for these, in the same order, by the rules
// of ladder.py: otherwise a filter or another day would leave them in a corner.
const [SLOT, ROW, HEAD, GAP, TOP, SCREEN, UPRIGHT] = [124, 84, 24, 8, 16, 1.42, 0.7];
const SIDES = ["public", "international"];
const SPARSE = 0.7; // share of the places that are in use
const membersOf = new WeakMap(); // before anybody drags an actor out of its lane
const lanesOf = (drawing) => {
  if (!membersOf.has(drawing)) {
    membersOf.set(drawing, new Map(drawing.lanes.map(({ id, left, top, width, height }) => {
      const axis = SIDES.includes(id) ? "y" : "x";
      const own = [...drawing.places].filter(([, { x, y }]) => x >= left && x <= left + width && y >= top && y <= top + height);
      return [id, own.sort((a, b) => a[1][axis] - b[1][axis]).map(([node]) => node)];
    })));
  }
  return membersOf.get(drawing);
};

const framesOf = (rungs, sides) => {
  const rows = (list, columns) => Math.ceil(list.length / columns);
  const heightAt = (columns) => Math.max(rungs.reduce((sum, [, list]) => sum + HEAD + ROW * rows(list, columns), GAP * (rungs.length - 1)), 2 * ROW + HEAD);
  const sideColumns = (list, height) => Math.max(1, Math.ceil(((list.length - 1) * ROW) / (height - HEAD - ROW)));
  const sideWidth = (list, height) => SLOT * sideColumns(list, height);
  const off = (columns) => {
    const height = heightAt(columns);
    return Math.abs(Math.log(sides.reduce((sum, [, list]) => sum + sideWidth(list, height), columns * SLOT) / height / (phone.matches ? UPRIGHT : SCREEN)));
  };
  const columns = Array.from({ length: 10 }, (_, place) => place + 3).reduce((best, each) => (off(each) < off(best) ? each : best));
  const [height, width] = [heightAt(columns), rungs.length ? columns * SLOT : 0];
  const frames = sides.map(([id, list]) => {
    const own = sideWidth(list, height);
    return { id, left: id === "public" ? -own - GAP : width + GAP, top: 0, width: own, height };
  });
  let top = 0;
  for (const [id, list] of rungs) {
    frames.push({ id, left: 0, top, width, height: HEAD + ROW * rows(list, columns), rows: rows(list, columns) });
    top += frames.at(-1).height + GAP;
  }
  return frames;
};
const placedIn = (frame, list) => {
  if (!frame.rows) {
    const [across, room] = [Math.max(1, Math.round(frame.width / SLOT)), frame.height - HEAD - ROW];
    const step = Math.min(room / Math.max(list.length - 1, 1), 2.5 * ROW);
    const top = frame.top + HEAD + TOP + (room - step * (list.length - 1)) / 2;
    return list.map((id, rank) => [id, { x: frame.left + SLOT * ((rank % across) + 0.5), y: top + step * rank }]);
  }
  const step = Math.min(frame.width / list.length, 1.7 * SLOT);
  const left = frame.left + (frame.width - step * list.length) / 2;
  return list.map((id, rank) => [id, { x: left + step * (rank + 0.5), y: frame.top + HEAD + ROW * (rank % frame.rows) + TOP }]);
};
let lastSpread = { key: null };
const respread = (drawing, ids) => {
  const all = lanesOf(drawing);
  if (!drawing.lanes.length || !ids.length || ids.length >= SPARSE * drawing.places.size) return drawing;
  const key = JSON.stringify([phone.matches, ...all.keys(), ...ids]);
  if (lastSpread.key === key && lastSpread.drawing === drawing) return lastSpread.found;
  const shownIds = new Set(ids);
  const own = [...all].map(([id, list]) => [id, list.filter((each) => shownIds.has(each))]).filter(([, list]) => list.length);
  const frames = framesOf(own.filter(([id]) => !SIDES.includes(id)), own.filter(([id]) => SIDES.includes(id)));
  const middle = (start, size) => Math.round((Math.min(...frames.map((each) => each[start])) + Math.max(...frames.map((each) => each[start] + each[size]))) / 2);
  const [x, y] = [middle("left", "width"), middle("top", "height")];
  const places = new Map(frames.flatMap((frame) => placedIn(frame, own.find(([id]) => id === frame.id)[1])).map(([id, at]) => [id, { x: Math.round(at.x) - x, y: Math.round(at.y) - y }]));
  const found = { places, lanes: frames.map(({ rows, ...frame }) => ({ ...frame, left: frame.left - x, top: frame.top - y })) };
  lastSpread = { key, drawing, found };
  return found;
};
