// Where a relation is said: source, place in it, links, and the passage where the page was made with the texts.
const sourceLine = (id) => {
  const source = sourceOf(id);
  return [source.title ?? id, source.issuer, source.issued].filter(Boolean).join(" · ");
};
// When somebody last looked at what the dataset says.
const checkedText = (relation) => {
  const day = page.datasets.find(({ dataset }) => dataset === relation.dataset)?.checked;
  return day ? say("verified.on", { date: day }) : "";
};
// A title is in one language, whichever that of the page is.
const cited = (text, name = "span", attributes = {}) => words({ text, lang: languageOf(text) }, name, attributes);
const citationText = (place) => [sourceOf(place.source).title ?? place.source, locatorText(place.locator)].filter(Boolean).join(", ");

const citation = (place) => {
  const source = sourceOf(place.source);
  const file = source.file ? say("source.file", { file: source.file }) : "";
  const found = make("div", { class: place.disputes ? "cite disputes" : "cite" });
  if (place.disputes) found.append(make("strong", {}, `${say("panel.disputes")}: `));
  found.append(cited(sourceLine(place.source), "cite"));
  found.append(cited([file, locatorText(place.locator)].filter(Boolean).join(", "), "span", { class: "locator" }));
  const links = [link(source.url, say("panel.open")), link(source.archived, say("panel.archived"))].filter(Boolean);
  if (source.retrieved) links.push(make("span", { class: "quiet" }, say("source.retrieved", { date: source.retrieved })));
  if (links.length) found.append(make("span", { class: "links" }, links));
  if (place.passage) found.append(make("blockquote", { dir: "auto" }, place.passage));
  return found;
};
const citations = (relation) => {
  const places = relation.evidence ?? [];
  return places.length ? places.map(citation) : [make("p", { class: "quiet" }, say("panel.nosource"))];
};
const basisText = (id) => {
  const provision = sourceOf(id);
  const whole = provision.part_of ? sourceOf(provision.part_of).title ?? provision.part_of : "";
  return [whole, provision.part_of ? locatorText(provision.title ?? id) : provision.title ?? id].filter(Boolean).join(", ");
};
// Each provision with the way to its text, where that has an address.
const basisList = (relation) =>
  (relation.basis ?? []).map((id) => {
    const provision = sourceOf(id);
    const law = provision.part_of ? sourceOf(provision.part_of) : {};
    return make("span", { class: "provision" }, cited(basisText(id)), " ", link(provision.url ?? law.url, say("panel.open")));
  });
