// What is shown, to take away.
const save = (content, type, name) => {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = make("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};
const svgSource = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture())}\n`;

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
const csvCell = (value) => {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const csvText = (rows) => rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
const gapsCsv = () => {
  const held = againstOf(scopeNow().country);
  const cite = (ids) => ids.map((id) => [...placesOf(relations.get(id)).keys()].join("; ")).join("|");
  const rows = held ? gapRows(held).rows : [];
  return csvText([["country", "computed_for", "norm", "state", "demand", "standard", "body", "by", "grounds", "remarks", "demand_relation", "relations"],
    ...rows.map((gap) => [held.country, held.day, normNow(held), gap.state, demandText(relations.get(gap.demand)), cite([gap.demand]), bodyText(gap), groundText(gap), cite(gap.by),
      [...gap.ways.map(wayText), ...gap.notes.map(noteText)].join("|"), gap.demand, gap.by.join("|")])]);
};
const coverCsv = () => csvText([["country", "computed_for", "agency", "layer", ...WAYS], ...page.against.flatMap((held) => held.covers.flatMap((row) =>
  coverLayers(held).map((layer) => {
    const lists = row.cells[page.covers.indexOf(layer)];
    return [held.country, held.day, nodeName(row.agency).text, layer, ...(isUnknown(lists) ? WAYS.map(() => say("cover.unknown")) : lists.map((ids) => ids.map((id) => nodeName(id).text).join("|")))];
  })))]);
// The table has a filter and an order of its own: every file made from there has its rows.
const taken = () => (state.view === "table" ? tableRows() : shown.relations);
const csv = () => {
  if (state.view === "gaps") return gapsCsv();
  if (state.view === "compare") return coverCsv();
  const columns = ["id", "actor", "kind", "phrase", "targets", "modality", "negated", "function", "layer", "principle", "topic", "channel", "scope", "role", "amount", "currency", "start", "end",
    "legal_basis", "confidence", "verified", "status", "note", "dataset", "source", "locator"];
  const several = (values) => (values ?? []).join("|");
  const rows = taken().map((relation) => [
    relation.id, wholeName(relation.actor).text, term("kind", relation.kind).text, relation.phrase, several(relation.targets.map((id) => wholeName(id).text)), relation.modality, relation.negated ? "true" : "false",
    ...["function", "layer", "principle", "topic", "channel"].map((scheme) => several(relation[scheme])), relation.scope, relation.role, relation.amount, relation.currency, relation.start, relation.end,
    several((relation.basis ?? []).map(basisText)), relation.confidence, relation.verified, relation.status ?? "accepted", relation.note, relation.dataset, ...["source", "locator"].map((part) => several((relation.evidence ?? []).map((place) => place[part]))),
  ]);
  return csvText([columns, ...rows]);
};
const json = () => {
  const list = taken();
  const used = new Set(list.flatMap((relation) => [...(relation.evidence ?? []).map((place) => place.source), ...(relation.basis ?? [])]));
  for (const id of used) if (sourceOf(id).part_of) used.add(sourceOf(id).part_of); // the act of a provision, and of what that is a part
  const content = {
    title: pageTitle(), scope: scopeName(state.scope), as_of: state.asof, from: state.from || undefined, checked: page.checked, datasets: page.datasets, actors: [...new Set(list.flatMap(endsOf))].map((id) => ({ id, ...nodes.get(id) })),
    relations: list.map(({ told, ...relation }) => relation), sources: [...used].map((id) => ({ id, ...sourceOf(id) })),
  };
  return `${JSON.stringify(content, null, 1)}\n`;
};
const png = () => {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "image/png", "govgraph.png"), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgSource())}`;
};
const copyLink = (pressed) => copyText(location.href.replace(/#.*/, "") + fragment(), pressed, say("button.linked"));
const DOWNLOADS = {
  png,
  svg: () => save(svgSource(), "image/svg+xml", "govgraph.svg"),
  csv: () => save(`\ufeff${csv()}`, "text/csv;charset=utf-8", "govgraph.csv"),
  json: () => save(json(), "application/json", "govgraph.json"),
  gexf: () => save(gexf(), "application/gexf+xml", "govgraph.gexf"),
  turtle: () => save(turtle(), "text/turtle", "govgraph.ttl"),
  link: copyLink,
};
const startDownloads = () => {
  for (const each of document.querySelectorAll("[data-download]")) {
    each.addEventListener("click", async () => {
      if (await DOWNLOADS[each.dataset.download](each) !== false) each.closest("details").open = false;
    });
  }
  addEventListener("beforeprint", () => byId("still").replaceChildren(picture()));
};
