// The day: a date and a slider of months. Relations and bodies that do not hold on it are hidden, unknown dates kept.
const EARLIEST = "1945";
const firstYear = () => {
  const starts = scopeNow().relations.map((relation) => relation.start).filter((start) => DATE.test(start ?? "") && start >= EARLIEST);
  return Number((starts.sort()[0] ?? scopeNow().day).slice(0, 4));
};
const monthsTo = (day, year) => (Number(day.slice(0, 4)) - year) * 12 + Number(day.slice(5, 7)) - 1;
const dayAt = (months, year) => `${year + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-01`;

const fillTime = () => {
  byId("time").hidden = !scopeNow().day;
  if (!scopeNow().day) return;
  const [range, year] = [byId("asof-range"), firstYear()];
  range.max = String(monthsTo(scopeNow().day, year));
  range.value = String(monthsTo(state.asof, year));
  range.setAttribute("aria-valuetext", state.asof);
  if (document.activeElement !== byId("asof-date")) byId("asof-date").value = state.asof;
  const back = byId("asof-back");
  back.hidden = state.asof === scopeNow().day;
  back.setAttribute("aria-label", say("time.reset", { date: scopeNow().day }));
  back.title = say("time.reset", { date: scopeNow().day });
  const unknown = shown.relations.filter((relation) => !relation.start).length;
  byId("undated").textContent = unknown ? say("time.unknown", { relations: say("relations", { count: unknown }) }) : "";
  byId("undated").title = say("time.unknown.hint");
};
const startTime = () => {
  byId("asof-range").addEventListener("input", (event) => {
    const [year, months] = [firstYear(), Number(event.target.value)];
    change({ asof: months >= Number(event.target.max) ? scopeNow().day : dayAt(months, year) });
  });
  byId("asof-date").addEventListener("change", (event) => {
    if (isDay(event.target.value)) change({ asof: event.target.value });
  });
  byId("asof-date").addEventListener("blur", fillTime);
  byId("asof-back").addEventListener("click", () => {
    change({ asof: scopeNow().day });
    byId("asof-date").focus();
  });
};
// When a relation holds, as far as that is recorded.
const spanText = ({ start, end }) => {
  if (start && end) return say("time.span", { start, end });
  if (start) return say("time.since", { start });
  return end ? say("time.until", { end }) : say("time.none");
};
