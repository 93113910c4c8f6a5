// The axis itself: one slider, stepped from reform to reform.
const stepReform = (by) => {
  const list = reformsNow();
  const next = by > 0 ? list.findIndex(({ day }) => day > state.asof) : list.findLastIndex(({ day }) => day < state.asof);
  if (next >= 0) goToReform(next);
};
const goToDay = (day) => change({ asof: day, from: state.from && state.from <= day ? state.from : "" });
const goToReform = (place) => goToDay(reformsNow()[place].day);
const share = (day, year, end) => Math.min(1, Math.max(0, monthsTo(day, year) / Math.max(monthsTo(end, year), 1)));
// Laws stand on the line, bodies that come above it and those that go below.
const MARKS = {
  law: ["M0 -5V5", 12], repeal: ["M-3 -4L3 4M3 -4L-3 4", 12], founded: ["M0 -4L3.5 3H-3.5Z", 5], succession: ["M0 -4.5L3.5 0L0 4.5L-3.5 0Z", 5], dissolved: ["M0 4L3.5 -3H-3.5Z", 19],
};
const markAt = (type, x) => svgElement("path", { d: MARKS[type][0], transform: `translate(${x.toFixed(1)} ${MARKS[type][1]})`, class: `mark ${type}` });
const EDGE = 12;
const MARK = 3; // pixels from the middle of a mark within which a press means it and not the day beside it
const drawAxis = (list) => {
  const axis = byId("axis");
  const width = Math.max(axis.clientWidth, 60);
  const [year, end] = [firstYear(), scopeNow().day];
  const at = (day) => EDGE + share(day, year, end) * (width - 2 * EDGE);
  const svg = svgElement("svg", { viewBox: `0 0 ${width} 36`, width, height: 36, "aria-hidden": "true" });
  if (state.from) svg.append(svgElement("rect", { class: "span", x: at(state.from), y: 1, width: Math.max(at(state.asof) - at(state.from), 2), height: 22, rx: 3 }));
  svg.append(svgElement("line", { class: "base", x1: EDGE, x2: width - EDGE, y1: 12, y2: 12 }));
  const step = [5, 10, 20, 50].find((each) => ((Number(end.slice(0, 4)) - year) / each) * 42 < width) ?? 100;
  for (let each = Math.ceil(year / step) * step; each <= Number(end.slice(0, 4)); each += step) {
    svg.append(svgElement("text", { x: Math.min(Math.max(at(`${each}-01-01`), 14), width - 14), y: 34, "text-anchor": "middle" }, String(each)));
  }
  for (const { day, events } of list) for (const type of new Set(events.map((event) => event.type))) svg.append(markAt(type, at(day)));
  svg.append(svgElement("circle", { class: "now", cx: at(state.asof), cy: 12, r: 10 }));
  axis.replaceChildren(svg);
};
const fillReforms = () => {
  const list = reformsNow();
  const hidden = !list.length || !scopeNow().day || !["network", "matrix", "table"].includes(state.view);
  byId("reforms").hidden = hidden;
  if (hidden) byId("reform").hidden = true;
  if (hidden) return;
  drawAxis(list);
  const place = reformAt();
  const axis = byId("axis");
  const text = place >= 0 ? reformText(list[place]) : say("reforms.hint", { count: list.length });
  axis.setAttribute("aria-valuemax", String(list.length));
  axis.setAttribute("aria-valuenow", String(place + 1));
  axis.setAttribute("aria-valuetext", text);
  byId("reform-back").disabled = !list.some(({ day }) => day < state.asof);
  byId("reform-next").disabled = !list.some(({ day }) => day > state.asof);
  const links = place < 0 ? [] : list[place].events.map(({ law }) => link(sourceOf(law ?? "").url, say("panel.open"))).filter(Boolean).slice(0, 1);
  byId("reform").hidden = place < 0;
  axis.title = place < 0 ? text : "";
  byId("reform").replaceChildren(cited(text, "span", { title: text }), " ", ...links);
  byId("reform-key").replaceChildren(...[...new Set(list.flatMap(({ events }) => events.map(({ type }) => type)))].sort((a, b) => EVENTS.indexOf(a) - EVENTS.indexOf(b)).map((type) =>
    make("li", {}, svgElement("svg", { viewBox: `-6 ${MARKS[type][1] - 7} 12 14`, width: 13, height: 15, "aria-hidden": "true" }, markAt(type, 0)), say(`reforms.${type}`))));
};
const startReforms = () => {
  byId("reform-back").addEventListener("click", () => stepReform(-1));
  byId("reform-next").addEventListener("click", () => stepReform(1));
  const axis = byId("axis");
  axis.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (by) stepReform(by);
    else if (event.key === "Home") goToReform(0);
    else if (event.key === "End") goToReform(reformsNow().length - 1);
    else return;
    event.preventDefault();
  });
  axis.addEventListener("click", (event) => {
    const box = axis.getBoundingClientRect();
    const wanted = (event.clientX - box.left - EDGE) / (box.width - 2 * EDGE);
    const months = Math.round(Math.min(Math.max(wanted, 0), 1) * monthsTo(scopeNow().day, firstYear()));
    const pressed = dayAt(months, firstYear());
    const off = reformsNow().map(({ day }) => Math.abs(share(day, firstYear(), scopeNow().day) - wanted) * (box.width - 2 * EDGE));
    const least = Math.min(...off);
    const place = off.indexOf(least);
    // Where many years stand close, a press in one year must not lead to a mark in the next.
    const meant = least <= 1 || (least <= MARK && reformsNow()[place].day.startsWith(pressed.slice(0, 4)));
    return meant ? goToReform(place) : goToDay(pressed);
  });
  new ResizeObserver(() => { if (!byId("reforms").hidden) drawAxis(reformsNow()); }).observe(axis);
};
