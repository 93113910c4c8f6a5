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
  byId("from-date").hidden = !state.from;
  if (document.activeElement !== byId("from-date")) byId("from-date").value = state.from;
  byId("asof-label").textContent = say(state.from ? "time.to" : "time.label");
  byId("from-on").setAttribute("aria-pressed", String(Boolean(state.from)));
  const back = byId("asof-back");
  back.hidden = state.asof === scopeNow().day && !state.from;
  back.setAttribute("aria-label", say("time.reset", { date: scopeNow().day }));
  back.title = say("time.reset", { date: scopeNow().day });
  const unknown = shown.relations.filter(isUndated).length;
  byId("undated").replaceChildren(...(unknown ? [undatedLine(), say("time.unknown", { relations: say("relations", { count: unknown }) })] : []));
  byId("undated").title = say("time.unknown.hint");
};
const startTime = () => {
  byId("asof-range").addEventListener("input", (event) => {
    const [year, months] = [firstYear(), Number(event.target.value)];
    const asof = months >= Number(event.target.max) ? scopeNow().day : dayAt(months, year);
    change({ asof, from: state.from <= asof ? state.from : "" });
  });
  byId("asof-date").addEventListener("change", (event) => {
    if (isDay(event.target.value)) change({ asof: event.target.value, from: state.from <= event.target.value ? state.from : "" });
  });
  byId("asof-date").addEventListener("blur", fillTime);
  byId("from-date").addEventListener("blur", fillTime);
  byId("from-on").addEventListener("click", () => {
    change({ from: state.from ? "" : `${firstYear()}-01-01` });
    if (state.from) byId("from-date").focus();
  });
  byId("from-date").addEventListener("change", (event) => {
    if (isDay(event.target.value) && event.target.value <= state.asof) change({ from: event.target.value });
  });
  byId("asof-back").addEventListener("click", () => {
    change({ asof: scopeNow().day, from: "" });
    byId("asof-date").focus();
  });
};
// When a relation holds, as far as that is recorded.
const spanText = ({ start, end }) => {
  if (start && end) return say("time.span", { start, end });
  if (start) return say("time.since", { start });
  return end ? say("time.until", { end }) : say("time.none");
};
