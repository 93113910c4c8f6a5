// Names beside the symbols, at a size that can be read at any zoom; one that would cover another is left out until there is room.
const wrap = (text, width = 18, most = 3) => {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  const cut = lines.slice(0, most).map((line) => (line.length > width + 10 ? `${line.slice(0, width + 9)}…` : line));
  if (lines.length > most) cut[most - 1] += "…";
  return cut;
};

const FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";
const LINE_HEIGHT = 15;
// On a ladder there is a place for every name: smaller, in lines as wide as its place (ladder.py), and cut short before it is left out.
const ON_LADDER = { slot: 124, letter: 6.2, size: 11.5, height: 12.5 };
const lettersAt = (scale) => Math.max(15, Math.min(26, Math.floor((ON_LADDER.slot * scale) / ON_LADDER.letter)));
const ZOOM_BUTTONS = 56;
let drawnLabels = [];

const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const boxAt = (x, y, width, height) => ({ left: x, top: y, right: x + width, bottom: y + height });
const kept = (box, frame) => {
  const off = Math.max(frame.left + 2 - box.left, 0) - Math.max(box.right + 2 - frame.right, 0);
  return { ...box, left: box.left + off, right: box.right + off };
};
// Fewer lines: the abbreviation of a name, where it has one, is the last that goes.
const shortened = (lines, count, short) => {
  if (count >= lines.length) return lines;
  const kept = lines.slice(0, short ? count - 1 : count);
  return [...kept.slice(0, -1), ...kept.slice(-1).map((line) => `${line.replace(/…$/, "")}…`), ...(short ? [short] : [])];
};
// Below the symbol if possible, else above, else beside it.
const boxesAround = (spot, width, height) => [
  boxAt(spot.x - width / 2, spot.y + spot.size + 2, width, height),
  boxAt(spot.x - width / 2, spot.y - spot.size - 2 - height, width, height),
  boxAt(spot.x + spot.size + 4, spot.y - height / 2, width, height),
  boxAt(spot.x - spot.size - 4 - width, spot.y - height / 2, width, height),
];

const markBox = (spot, share = 1) => boxAt(spot.x - spot.size * share, spot.y - spot.size * share, 2 * spot.size * share, 2 * spot.size * share);
const headBox = ({ x, y }) => boxAt(x - 4, y - 4, 8, 8);
const overlap = (a, b) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
// Of some boxes that which covers least of others; one that covers any may move up or down, just off it.
const leastOver = (others, boxes) => {
  const aside = boxes.flatMap((box) => others.filter((other) => covers(box, other))
    .flatMap(({ top, bottom }) => [top - 1 - (box.bottom - box.top), bottom + 1].map((at) => boxAt(box.left, at, box.right - box.left, box.bottom - box.top))));
  const all = [...boxes, ...aside];
  const sums = all.map((each) => others.reduce((sum, other) => sum + overlap(each, other), 0));
  return all[sums.indexOf(Math.min(...sums))];
};

// Give each spot a box for its name: free of names and symbols, and if it can be, of the heads of arrows.
const placeLabels = (spots, tips, measure, frame, taken = []) => {
  const bright = spots.filter((spot) => !spot.faded);
  const symbols = bright.map((spot) => markBox(spot, 0.8));
  // The name of a hub may cover lesser symbols, as few as can be, or the middle of a dense drawing would have no names.
  const strong = bright.filter((spot) => spot.strong).map((spot) => markBox(spot, 0.8));
  const heads = tips.map(headBox);
  const placed = [];
  const reserved = [...taken]; // names of lanes and buttons, which no name may cover, not even one that has no free place
  for (const spot of spots) {
    if (!covers(boxAt(spot.x, spot.y, 1, 1), frame)) continue;
    for (let count = spot.lines.length; count > 0; count = spot.shorten ? count - 1 : 0) {
      const cut = { ...spot, lines: shortened(spot.lines, count, spot.short) };
      const width = measure(cut) + 4;
      const options = boxesAround(spot, width, count * (spot.height ?? LINE_HEIGHT)).slice(0, spot.shorten && count > 1 ? 2 : 4)
        .map((each) => (spot.shorten ? kept(each, frame) : each));
      const inside = options.filter((each) => each.left >= frame.left && each.right <= frame.right && each.top >= frame.top && each.bottom <= frame.bottom);
      const open = inside.filter((each) => ![...taken, ...(spot.strong ? strong : symbols)].some((other) => covers(each, other)));
      const hidden = open.map((each) => (spot.strong ? symbols.filter((symbol) => covers(each, symbol)).length : 0));
      const free = open.filter((_, place) => hidden[place] === Math.min(...hidden));
      const clear = spot.shorten ? free[0] : free.find((each) => !heads.some((head) => covers(each, head)));
      const box = clear ?? free[0] ?? (spot.first && count === 1 + (spot.shorten ? 0 : spot.lines.length - 1) ? leastOver(reserved, inside.length ? inside : options) : null);
      if (!box) continue;
      taken.push(box);
      placed.push({ spot: cut, box, width });
      break;
    }
  }
  return placed;
};

// Names with the font in which they were measured; where they stand is known before anything else is written among them.
const placedNames = (context, spots, tips, frame, laneNames) => {
  const font = (spot) => `${spot.strong ? 600 : 400} ${frame.right < 500 || laneNames.length ? ON_LADDER.size : 13}px ${FONT}`;
  const measure = (spot) => {
    context.font = font(spot);
    return Math.max(...spot.lines.map((text) => context.measureText(text).width));
  };
  const zoomButtons = boxAt(frame.right - ZOOM_BUTTONS, 0, ZOOM_BUTTONS, 2.6 * ZOOM_BUTTONS);
  const placed = placeLabels(spots, tips, measure, frame, [zoomButtons, ...laneNames]);
  drawnLabels = placed.map(({ spot, box }) => ({ id: spot.id, box }));
  return placed.map((each) => ({ ...each, font: font(each.spot) }));
};
const drawLabels = (context, placed) => {
  [context.textAlign, context.textBaseline, context.lineJoin] = ["center", "top", "round"];
  for (const { spot, box, width, font } of placed) {
    context.font = font;
    drawLines(context, spot, box, width);
  }
};
const drawLines = (context, spot, box, width) => {
  context.globalAlpha = spot.faded ? 0.35 : 1;
  spot.lines.forEach((line, place) => {
    const [x, y] = [box.left + width / 2, box.top + place * (spot.height ?? LINE_HEIGHT)];
    context.lineWidth = 3.5;
    context.strokeStyle = paper();
    context.strokeText(line, x, y);
    context.fillStyle = ink();
    context.fillText(line, x, y);
  });
  context.globalAlpha = 1;
};
const labelAt = (point) =>
  drawnLabels.find(({ box }) => covers(box, boxAt(point.x, point.y, 1, 1)))?.id ?? null;
