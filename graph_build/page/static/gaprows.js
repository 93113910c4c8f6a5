// How a relation of one body reaches another, and what else the test says; names and sentences of the data stay as they are.
const wayText = ([way, id]) => (way ? say(`gaps.way.${way}`, { name: nodes.has(id) ? nodeName(id).text : id }) : id);
const noteParts = ([note, rest, id]) => [note ? say(`gaps.note.${note}`) : "",
  note === "limits" ? "" : state.lang === "uk" && relations.has(id) ? demandText(relations.get(id)) : rest.replace(/^not: /, "")];
const noteText = (note) => noteParts(note).filter(Boolean).join(": ");
// What follows the known word is somebody's own remark, in the language in which it was written.
const noteLine = (note) => {
  const [said, own] = noteParts(note);
  return make("p", { class: "remark" }, said, said && own ? ": " : "", own ? cited(own, "span", { title: own }) : "");
};
const opens = (id) => () => {
  change({ ...NONE, relation: id });
  focusPanel();
};
// The place first: a long title must not hide the article or the paragraph.
const placesOf = (relation) => new Map([
  ...(relation.basis ?? []).map((id) => [basisText(id), [locatorText(sourceOf(id).title ?? id), sourceOf(sourceOf(id).part_of).title]]),
  ...(relation.evidence ?? []).filter(({ disputes }) => !disputes).map((place) => [citationText(place), [locatorText(place.locator), sourceOf(place.source).title ?? place.source]]),
]);
const shortPlaces = (relation) => {
  const places = [...placesOf(relation)];
  const rest = places.slice(2).map(([text]) => text);
  return make("div", { class: "places" },
    places.slice(0, 2).map(([text, [place, title]]) => make("span", { class: "from", title: text, lang: languageOf(text), dir: "auto" }, place ? cited(place, "strong") : null, place && title ? " · " : "", title)),
    rest.length ? make("span", { class: "from" }, say("path.more", { count: rest.length })) : null);
};
const demandCell = (relation) => [
  make("button", { type: "button", class: "name", onclick: opens(relation.id) }, words(nodeName(relation.actor)), " ", words(sentenceOf(relation)), " ",
    relation.targets.flatMap((id, place) => [place ? ", " : "", words(nodeName(id))])), relation.negated ? make("span", { class: "badge denied" }, say("gaps.excludes")) : null,
  relation.scope ? make("span", { class: "from" }, `${say("field.scope")}: `, written(relation.scope)) : null, shortPlaces(relation)];
const groundCell = (gap) => gap.by.map((id) => {
  const relation = relations.get(id);
  return make("div", { class: "ground" }, make("span", { class: "by" }, line(ink(), dashesOf(relation.modality), relation.negated, widthOf(relation.modality), isHollow(relation.modality)),
    make("span", {}, button(nodeName(relation.actor), opens(id), { class: "name" }), " ", words(phraseOf(relation)))), relation.start ? make("span", { class: "from" }, spanText(relation)) : null, shortPlaces(relation));
});
const gapRow = (gap) => {
  const demand = relations.get(gap.demand);
  const remarks = [...gap.ways.map(wayText).map((text) => make("p", { class: "remark", title: text }, text)), ...gap.notes.map(noteLine)];
  return make("tr", { class: [gap.demand, ...gap.by].includes(state.relation) ? "current" : null, "data-state": gap.state },
    make("td", {}, stateBadge(gap.state)), make("td", { class: "source" }, demandCell(demand)),
    make("td", {}, gap.body ? nodeButton(gap.body) : bodyText(gap)),
    make("td", { class: "source" }, gap.by.length ? groundCell(gap) : make("span", {}, say("gaps.none"))),
    make("td", { class: "quiet", dir: "auto" }, remarks));
};

const gapHead = (name) => {
  const sortable = Object.hasOwn(gapCells, name);
  const now = (state.gapsort || "state").replace(/^-/, "") === name;
  const down = state.gapsort.startsWith("-");
  const sort = () => {
    change({ gapsort: now && !down ? `-${name}` : name === "state" ? "" : name });
    byId("gap-table").querySelector(`th[data-column=${name}] button`).focus();
  };
  return make("th", { scope: "col", "data-column": name, "aria-sort": sortable ? (now ? (down ? "descending" : "ascending") : "none") : null },
    sortable ? button(say(`gaps.column.${name}`), sort) : say(`gaps.column.${name}`));
};
const stateButton = (found) => (name) => {
  const on = chosenStates().includes(name);
  const press = () => {
    change({ gapstate: (on ? chosenStates().filter((each) => each !== name) : [...chosenStates(), name]).join(".") });
    byId("gap-states").querySelector(`[data-gap=${name}]`).focus();
  };
  return make("button", { type: "button", class: "state", "aria-pressed": String(on), "data-gap": name, onclick: press },
    make("span", { "aria-hidden": "true" }, `${STATE_MARKS.get(name)} `), say(`gap.${name}`), " ", make("strong", {}, String(found.filter((gap) => gap.state === name).length)));
};
// Beside the rows, until one is opened: what each state means.
const gapsHelp = () => [make("h2", { tabindex: "-1" }, say("gaps.help")),
  make("ul", { class: "how" }, page.states.map((name) => make("li", {}, stateBadge(name), ` – ${say(`gap.${name}.hint`)}`)))];
let gapsMost = STEP;
const fillGaps = () => {
  if (state.view !== "gaps") return;
  const held = againstOf(scopeNow().country);
  const usable = Boolean(held && normsOf(held).length);
  byId("gap-tools").hidden = !usable;
  byId("gap-none").hidden = usable;
  byId("gap-scroll").hidden = !usable;
  if (!usable) return;
  const { found, rows } = gapRows(held);
  byId("gap-norms").replaceChildren(...normsOf(held).map((name) =>
    button(normName(name), () => {
      change({ norm: name });
      byId("gap-norms").querySelector("[aria-pressed=true]").focus();
    }, { "aria-pressed": String(name === normNow(held)), "data-norm": name })));
  byId("gap-states").replaceChildren(...page.states.map(stateButton(found)));
  if (document.activeElement !== byId("gap-find")) byId("gap-find").value = state.gapfind;
  byId("gap-count").textContent = `${say("gaps.rows", { count: rows.length })}. ${dayOf(held)}`;
  byId("gap-head").replaceChildren(...["state", "demand", "body", "ground", "note"].map(gapHead));
  byId("gap-rows").replaceChildren(...rows.slice(0, gapsMost).map(gapRow));
  byId("gap-more").hidden = rows.length <= gapsMost;
};
const startGaps = () => {
  byId("gap-find").addEventListener("input", (event) => {
    gapsMost = STEP;
    change({ gapfind: event.target.value });
  });
  byId("gap-more").addEventListener("click", () => {
    gapsMost += STEP;
    fillGaps();
  });
};
