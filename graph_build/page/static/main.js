// Start, and keep every part in step with the state.
const showView = () => {
  for (const tab of document.querySelectorAll("[data-view]")) {
    const current = tab.dataset.view === state.view;
    tab.setAttribute("aria-selected", String(current));
    tab.tabIndex = current ? 0 : -1;
  }
  for (const [view, id] of Object.entries(PANES)) byId(id).hidden = state.view !== view;
  // Gaps and coverage are of one day and of no selection: filters and dates have no say there.
  const filtered = ["network", "matrix", "table"].includes(state.view);
  for (const id of ["filters", "families", "chips", "layouts"]) byId(id).hidden = !filtered;
  byId("when").hidden = !filtered;
  const { classList } = document.querySelector(".board");
  classList.toggle("wide", !filtered);
  classList.toggle("solo", state.view === "compare" && !(state.node || state.relation || state.list || state.path));
};
const PANES = { network: "network", matrix: "matrix", gaps: "gaps", table: "relations", compare: "compare" };
// Where a press rebuilt what was pressed, the focus goes on to the details, and from there back to the row.
const CHOSEN = Object.keys(NONE);
let row = null;
const remember = () => {
  const pressed = document.activeElement;
  const found = pressed?.closest?.("tr[data-relation]");
  if (found) row = { id: found.dataset.relation, place: [...found.querySelectorAll("button")].indexOf(pressed) };
};
const goBack = () => {
  const found = row && state.view === "table" && [...document.querySelectorAll("#table tr[data-relation]")].find((each) => each.dataset.relation === row.id);
  (found?.querySelectorAll("button")[row.place] ?? byId(state.view === "network" ? "canvas" : `tab-${state.view}`)).focus();
};
const refresh = (before) => {
  remember();
  const placed = shown.drawing;
  const nodesBefore = shown.nodes.length;
  survey();
  translate();
  showView();
  fillScopes();
  fillFamilies();
  fillLayouts();
  if (["network", "matrix", "table"].includes(state.view)) fillTime();
  fillFirst();
  fillChips();
  fillStories();
  fillLede();
  fillKey();
  fillLegend();
  fillPanel();
  fillTable();
  fillMatrix();
  fillGaps();
  fillCompare();
  fillReforms();
  fillCiting();
  redraw();
  if (placed !== shown.drawing || nodesBefore !== shown.nodes.length || (before && before.view !== state.view)) fit();
  if (!before) return;
  const count = say("relations", { count: shown.relations.length });
  if (state.node && state.node !== before.node) announce(say("announce.selected", { name: nodeName(state.node).text, relations: count }));
  else if (!state.node && !state.relation && (before.node || before.relation)) announce(say("announce.cleared"));
  else if (state.scope !== before.scope) announce(say("announce.scope", { scope: scopeName(state.scope), relations: count }));
  else announce(say("announce.filtered", { relations: count }));
  if (state.node !== before.node || state.relation !== before.relation) panel.scrollTop = 0;
  if (document.activeElement !== document.body || CHOSEN.every((name) => state[name] === before[name])) return;
  if (CHOSEN.some((name) => state[name])) focusPanel();
  else goBack();
};

const startTabs = () => {
  const tabs = [...document.querySelectorAll("[data-view]")];
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => change({ view: tab.dataset.view }));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      const next = tabs[(place + by + tabs.length) % tabs.length];
      change({ view: next.dataset.view });
      next.focus();
    });
  });
};
const startKeys = () => {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "Escape" && !typing && (state.node || state.relation || state.list || state.path)) {
      change({ ...NONE, near: "" });
      goBack();
    }
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    change({ view: "table" });
    byId("relations").focus();
  });
};

restore();
document.documentElement.classList.add("scripted-page");
for (const each of document.querySelectorAll("[data-lang]")) {
  each.addEventListener("click", () => change({ lang: each.dataset.lang }));
}
if (matchMedia("(max-width: 760px)").matches) byId("filters").open = false;
survey();
showView();
startNetwork();
startSearch();
startWalk();
startTable();
startTime();
startReforms();
startMatrix();
startGaps();
startTabs();
startKeys();
startDownloads();
startCiting();
onChange(refresh);
refresh(null);
addEventListener("hashchange", () => {
  restore();
  refresh(null);
});
document.documentElement.dataset.ready = "true";
performance.mark("ready");
