// What a reader takes from one actor or relation: its address that lasts, how to cite it, the question that gives it, where to say that it is wrong.
const iriOf = (prefix, name) => LINKED.prefixes[prefix] + name.replace(/[\u0000-\u0020<>"{}|\\^`]/g, (letter) => encodeURIComponent(letter));
// A principle or topic is named with its scheme, and lies there.
const iriOfNode = (id) => {
  if (httpAddress(id)) return httpAddress(id);
  const [scheme, ...rest] = id.split(":");
  return rest.length && Object.hasOwn(LINKED.prefixes, scheme) ? iriOf(scheme, rest.join(":")) : iriOf("id", id);
};
const datasetText = (name) => {
  const known = page.datasets.find(({ dataset }) => dataset === name);
  if (!known) return "";
  return [known.title ?? name, known.version ? say("take.version", { version: known.version }) : "", known.checked ? say("footer.checked", { date: known.checked }) : ""].filter(Boolean).join(", ");
};
const datasetsOf = (list) => [...new Set(list.map(({ dataset }) => dataset).filter(Boolean))].sort();
const versioned = (iri, list) => {
  const from = datasetsOf(list).map(datasetText).filter(Boolean).join("; ");
  return from ? `${iri} (${from})` : iri;
};

const placeText = (place) => {
  const source = sourceOf(place.source);
  const said = [sourceLine(place.source), locatorText(place.locator), source.url ?? source.archived ?? ""].filter(Boolean).join(", ");
  return place.disputes ? `${say("panel.disputes")}: ${said}` : said;
};
const sentenceText = (relation) => [wholeName(relation.actor).text, sentenceOf(relation).text, relation.targets.map((id) => wholeName(id).text).join(", ")].join(" ");
const citationOfRelation = (relation) => {
  const firm = [firmWord(relation), relation.negated ? say("modality.negated") : "", spanText(relation)].filter(Boolean).join(", ");
  const basis = (relation.basis ?? []).map(basisText).join("; ");
  return [`${sentenceText(relation)} (${firm}).`, basis ? `${say("field.basis")}: ${basis}.` : "", ...(relation.evidence ?? []).map((place) => `${placeText(place)}.`), `${versioned(iriOf("rel", relation.id), [relation])}.`]
    .filter(Boolean).join(" ");
};
const citationOfActor = (id) => {
  const other = otherName(id).text;
  return `${wholeName(id).text}${other ? ` (${other})` : ""}. ${say("relations", { count: touching.get(id).length })}. ${versioned(iriOfNode(id), touching.get(id))}.`;
};
// The day is that of the panel; over a range of days it lists more than any one day has, so no day is asked for then.
const filled = (text, name, term) => text.replace(`VALUES ?${name} { UNDEF }`, () => `VALUES ?${name} { ${term} }`);
const question = (name, iri) => {
  const asked = filled(filled(LINKED.questions[name], name, `<${iri}>`), "lang", `"${state.lang}"`);
  return isDay(state.asof) && !state.from ? filled(asked, "as_of", `"${state.asof}"^^<${iriOf("xsd", "date")}>`) : asked;
};

// To the clipboard, or where the browser forbids it into a field from which it can be copied by hand.
const copyText = async (text, pressed, done = say("take.copied")) => {
  try {
    await navigator.clipboard.writeText(text);
    announce(done);
    return true;
  } catch {
    const field = make("textarea", { class: "copied", readonly: true, rows: "4", "aria-label": say("take.byhand") });
    field.value = text;
    pressed.closest("section, details").querySelector(".copied")?.remove();
    pressed.closest("section, details").append(field);
    field.focus();
    field.select();
    return false;
  }
};
// The row to mend, where it is in a dataset of tables; a principle or topic is in none.
const fileOf = (id) => (isThing(id) ? "things.csv" : "actors.csv");
const rowText = (id, file) => (id.includes(":") ? "" : ` ${say("take.row", { id, file })}`);
const copies = (choices, id, list, file) => make("section", { class: "takeaway" }, make("h3", {}, say("take.heading")),
  make("div", { class: "choices" }, Object.entries(choices).map(([name, text]) => button(say(`take.${name}`), (event) => copyText(text(), event.currentTarget), { "data-copy": name }))),
  make("p", { class: "quiet correct" }, say("take.correct", { id, dataset: datasetsOf(list).map(datasetText).join("; ") || pageTitle() }), rowText(id, file)));
const takeRelation = (relation) => copies({
  iri: () => versioned(iriOf("rel", relation.id), [relation]), cite: () => citationOfRelation(relation), sparql: () => question("relation", iriOf("rel", relation.id)),
}, relation.id, [relation], [relation.dataset, "relations.csv"].filter(Boolean).join("/"));
const takeActor = (id) => copies({
  iri: () => versioned(iriOfNode(id), touching.get(id)), cite: () => citationOfActor(id), sparql: () => question("party", iriOfNode(id)),
}, id, touching.get(id), fileOf(id));

// The whole page as one text, with the address where it is read from a server.
const citationOfPage = () => [page.cite[state.lang], httpAddress(location.href.replace(/#.*/, ""))].filter(Boolean).join(" ");
const fillCiting = () => byId("citation").replaceChildren(cited(citationOfPage()));
const startCiting = () => byId("cite-page").addEventListener("click", (event) => copyText(citationOfPage(), event.currentTarget));
