// What is drawn now, as SVG with legend, date and sources: for download and for print, always on white.
const LIGHT = { paper: page.look.background[0], ink: page.look.ink[0], outline: page.look.outline[0] };
const HALO = { stroke: LIGHT.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };
const svgText = (x, y, size, content, more = {}) =>
  svgElement("text", { x, y, "font-size": size, fill: LIGHT.ink, "font-family": FONT, ...more }, content.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ""));

// A text in as many lines as the width asks for.
const svgLines = (x, y, size, content, width) => {
  const most = Math.floor(width / (0.56 * size));
  const lines = [""];
  for (const word of content.split(" ")) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > most) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines.map((text, place) => svgText(x, y + 1.35 * size * place, size, text));
};
const headPoints = (from, tip, size = 9) => {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  return [tip, ...[-0.42, 0.42].map((off) => ({ x: tip.x - size * Math.cos(angle + off), y: tip.y - size * Math.sin(angle + off) }))]
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
};
const headStyle = (relation, colour) => (isHollow(relation.modality) ? { fill: LIGHT.paper, stroke: colour, "stroke-width": 1.5 } : { fill: colour });
const hollowed = (shape) => {
  const bore = shape.cloneNode();
  bore.removeAttribute("class");
  bore.setAttribute("stroke", LIGHT.paper);
  bore.setAttribute("stroke-width", String(BORE));
  return bore;
};
const pictureLane = (lane) => svgElement("rect", { x: lane.left, y: lane.top, width: lane.width, height: lane.height, rx: 8, fill: page.look.lane[0] });
// Above the lines, as on the page (0018); the halo has the colour of the lane, on which the name stands.
const pictureLaneName = (lane) =>
  svgText(lane.left + 10, lane.top + 17, 12, say(`lane.${lane.id}`), { class: "lane-name", "font-weight": 600, fill: page.look.quiet[0], ...HALO, stroke: page.look.lane[0] });
const pictureEdge = (edge) => {
  const relation = relations.get(edge.relation);
  const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
  const style = { fill: "none", stroke: colourPair(relation.kind)[0], "stroke-width": isHollow(relation.modality) ? TUBE : widthOf(relation.modality), "stroke-dasharray": strokeOf(relation).join(" "), ...(isUndated(relation) ? { class: "undated" } : {}) };
  const bend = shown.bends.get(edge.id);
  const gap = radius(shown.degree.get(edge.to)) + 2;
  if (edge.from === edge.to) {
    const loop = svgElement("circle", { ...style, cx: from.x, cy: from.y - gap - 6 - 3 * bend, r: 9 + 3 * bend });
    return isHollow(relation.modality) ? [loop, hollowed(loop)] : [loop];
  }
  const control = via(from, to, bend);
  const tip = towardsPoint(control, to, gap);
  const found = [svgElement("path", { ...style, d: `M${from.x} ${from.y}Q${control.x.toFixed(1)} ${control.y.toFixed(1)} ${tip.x.toFixed(1)} ${tip.y.toFixed(1)}` }),
    svgElement("polygon", { points: headPoints(control, tip), ...headStyle(relation, style.stroke) })];
  if (isHollow(relation.modality)) found.splice(1, 0, hollowed(found[0]));
  if (relation.symmetric) found.push(svgElement("polygon", { points: headPoints(control, towardsPoint(control, from, radius(shown.degree.get(edge.from)) + 2)), ...headStyle(relation, style.stroke) }));
  if (relation.negated) found.push(svgText((from.x + 2 * control.x + tip.x) / 4, (from.y + 2 * control.y + tip.y) / 4 + 5, 15, "✕", { "text-anchor": "middle", fill: style.stroke, "font-weight": 700 }));
  return found;
};
const pictureSpots = () =>
  [...shown.nodes].sort((a, b) => shown.degree.get(b) - shown.degree.get(a))
    .map((id) => ({ id, ...placeOf(id), size: radius(shown.degree.get(id)), ...labelLines(id), first: true, strong: false }));
const pictureNames = (spots, frame) => placeLabels(spots, arrowTips(), (spot) => Math.max(...spot.lines.map((text) => text.length)) * 7, frame);
// As on the page: off marks, which are drawn above, off names, and off the cross of what is denied.
const pictureNumbers = (spots, names) => {
  const lane = shown.drawing.lanes.map(({ id, left, top }) => boxAt(left + 10, top + 6, 7.2 * say(`lane.${id}`).length, 15));
  const crosses = shown.edges.filter((edge) => relations.get(edge.relation).negated).map((edge) => lineOf(edge, placeOf)(0.5)).map(({ x, y }) => boxAt(x - 7, y - 7, 14, 14));
  const taken = hindrances({ mark: spots.map((spot) => markBox(spot, 1.1)), lane, number: crosses, name: names.map(({ box }) => box), head: arrowTips().map(headBox) });
  return placeNumbers(numbered(shown.edges, null), (edge) => lineOf(edge, placeOf), taken).map(({ edge, x, y }) =>
    svgText(x, y + 4, 11, String(edge.several), { class: "count", "text-anchor": "middle", fill: colourPair(relations.get(edge.relation).kind)[0], "font-weight": 700, ...HALO }));
};
const pictureNodes = (frame) => {
  const spots = pictureSpots();
  const names = pictureNames(spots, frame);
  const halo = { "text-anchor": "middle", ...HALO };
  const lines = names.flatMap(({ spot, box, width }) => spot.lines.map((text, place) => svgText(box.left + width / 2, box.top + 12 + (spot.height ?? LINE_HEIGHT) * place, onLadder() ? ON_LADDER.size : 13, text, halo)));
  return [...pictureNumbers(spots, names), ...[...spots].reverse().map((spot) => symbol(markOf(spot.id), spot.x, spot.y, spot.size, LIGHT)), ...lines];
};
const firmSwatch = (modality, x, y) => {
  const stroke = svgElement("line", { x1: x, x2: x + 26, y1: y, y2: y, stroke: LIGHT.ink, "stroke-width": isHollow(modality) ? TUBE : widthOf(modality), "stroke-dasharray": dashesOf(modality).join(" ") });
  return isHollow(modality) ? [stroke, hollowed(stroke)] : [stroke];
};
// A line with a sign in its middle: how many relations it stands for, or that they are denied.
const signedSwatch = (sign, x, y) => [svgElement("line", { x1: x, x2: x + 26, y1: y, y2: y, stroke: LIGHT.ink, "stroke-width": 2 }), svgText(x + 13, y + 4, 11, sign, { "text-anchor": "middle", "font-weight": 700, ...HALO })];
const pictureKey = (svg, left, top, width) => {
  const used = new Set(shown.relations.map((relation) => relation.kind));
  const lines = oneFamily() ? familyOf([...used][0]).kinds.filter((kind) => used.has(kind)).map((kind) => [term("kind", kind).text, colourPair(kind)[0]])
    : page.look.families.filter((each) => each.kinds.some((kind) => used.has(kind))).map((each) => [say(`family.${each.id}`), each.colour[0]]);
  const entries = [
    ...page.look.groups.filter((group) => shown.nodes.some((id) => markOf(id) === group)).map((group) => [say(`group.${group.id}`), (x, y) => symbol(group, x + 13, y, 7, LIGHT)]),
    ...lines.map(([name, colour]) => [name, (x, y) => svgElement("line", { x1: x, x2: x + 26, y1: y, y2: y, stroke: colour, "stroke-width": 2 })]),
    ...firmnessesOf(shown.relations).map((name) => [say(`modality.${name}`), (x, y) => firmSwatch(name === "law" ? "normative" : name, x, y)]),
    ...(shown.edges.some(({ several }) => several) ? [[say("line.several"), (x, y) => signedSwatch("3", x, y)]] : []),
    ...(shown.relations.some(isUndated) ? [[say("time.none"), (x, y) => svgElement("line", { class: "undated", x1: x, x2: x + 26, y1: y, y2: y, stroke: LIGHT.ink, "stroke-width": 2.6, "stroke-dasharray": page.look.undated.join(" ") })]] : []),
    ...(shown.relations.some((relation) => relation.negated) ? [[say("modality.negated"), (x, y) => signedSwatch("✕", x, y)]] : []),
  ];
  let [x, y] = [left, top];
  for (const [name, swatchAt] of entries) {
    const needed = 48 + 7.2 * name.length;
    if (x > left && x + needed > left + width) [x, y] = [left, y + 22];
    svg.append(...[swatchAt(x, y)].flat(), svgText(x + 32, y + 4, 12, name));
    x += needed;
  }
  return y + 22;
};

// The datasets that relations come from.
const attribution = (list) => page.datasets.filter(({ dataset }) => datasetsOf(list).includes(dataset)).map((known) => [known.title ?? known.dataset, known.version, known.licence].filter(Boolean).join(", ")).join("; ");
const picture = () => {
  const corners = shown.drawing.lanes.flatMap(({ left, top, width, height }) => [{ x: left + 70, y: top + 60 }, { x: left + width - 70, y: top + height - 60 }]);
  const places = [...shown.nodes.map(placeOf), ...corners];
  const left = Math.min(0, ...places.map(({ x }) => x)) - 90;
  const right = Math.max(left + 700, ...places.map(({ x }) => x + 90));
  const top = Math.min(0, ...places.map(({ y }) => y)) - 108;
  const bottom = Math.max(0, ...places.map(({ y }) => y)) + 80;
  const svg = svgElement("svg", { xmlns: SVG, role: "img" });
  const sheet = svgElement("rect", { fill: LIGHT.paper });
  svg.append(svgElement("title", {}, pageTitle()), sheet);
  svg.append(svgText(left + 16, top + 28, 20, pageTitle(), { "font-weight": 600 }), ...svgLines(left + 16, top + 48, 13, byId("lede").firstChild.textContent, right - left - 32));
  svg.append(...shown.drawing.lanes.map(pictureLane), ...shown.edges.flatMap(pictureEdge));
  svg.append(...pictureNodes(boxAt(left, top + 74, right - left, bottom - top - 74)), ...shown.drawing.lanes.map(pictureLaneName));
  const end = pictureKey(svg, left + 16, bottom, right - left - 32);
  const notice = svgLines(left + 16, end + 8, 11, [attribution(shown.relations), dayText(), `govgraph ${page.version}`].join(" · "), right - left - 32);
  svg.append(...notice);
  const box = { x: left, y: top, width: right - left, height: end + 9 + 15 * notice.length - top };
  for (const [key, value] of Object.entries(box)) sheet.setAttribute(key, String(value));
  svg.setAttribute("viewBox", Object.values(box).join(" "));
  svg.setAttribute("width", String(box.width));
  svg.setAttribute("height", String(box.height));
  return svg;
};
