// What is shown as Turtle, in the words of the ontology: actors, relations, the places that they cite, the sources.
const turtleText = (value, lang = "") => `${JSON.stringify(String(value)).replace(/\u2028|\u2029|[\ud800-\udfff](?![\udc00-\udfff])/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`)}${lang && `@${lang}`}`;
const turtleIri = (prefix, name) => `<${iriOf(prefix, name)}>`;
const turtleAddress = (address) => (httpAddress(address) ? [`<${httpAddress(address).replace(/[<>"{}|\\^`]/g, encodeURIComponent)}>`] : []);
// The first day, or the last, that a date covers, and the date as it is stated where that is a month or a year.
const turtleDay = (exact, stated, value, last = false) => {
  if (!value) return [];
  const said = isDay(value) ? [] : [[stated, turtleText(value)]];
  return DATE.test(value) ? [[exact, `${turtleText(coveredDay(value, last))}^^xsd:date`], ...said] : said;
};
const coveredDay = (value, last) => {
  const [year, month] = value.split("-");
  if (isDay(value)) return value;
  return last ? new Date(Date.UTC(Number(year), Number(month ?? 12), 0)).toISOString().slice(0, 10) : `${year}-${month ?? "01"}-01`;
};
const turtleBlock = (subject, facts) => `${subject} ${facts.map(([predicate, value]) => `${predicate} ${value}`).join(" ;\n    ")} .\n`;
const turtleTexts = (facts) => Object.entries(facts).flatMap(([predicate, value]) => (value ? [[predicate, turtleText(value)]] : []));
const named = (table, names) => (names ?? []).filter((name) => Object.hasOwn(table, name)).map((name) => ["a", table[name]]);

const turtleNode = (id) => {
  const node = nodes.get(id);
  const types = named(LINKED.types, node.types);
  return turtleBlock(`<${iriOfNode(id)}>`, [
    ...(node.sort === "actor" || !node.sort ? [["a", "gov:Actor"]] : node.sort === "thing" ? [["a", "gov:Thing"]] : [["a", "skos:Concept"]]), ...types,
    ...(node.en ? [["skos:prefLabel", turtleText(node.en, "en")]] : []), ...(node.uk ? [["skos:prefLabel", turtleText(node.uk, "uk")]] : []),
    ...(node.alt ?? []).map((label) => ["skos:altLabel", turtleText(label)]), ...turtleTexts({ "gov:country": node.country }),
    ...turtleDay("schema:foundingDate", "gov:foundedStated", node.founded), ...turtleDay("schema:dissolutionDate", "gov:dissolvedStated", node.dissolved, true),
  ]);
};
const turtlePlace = (place) => `[ oa:hasSource ${turtleIri("src", place.source)} ; ${place.locator ? `gov:locator ${turtleText(place.locator)} ; ` : ""}gov:stance ${turtleText(place.disputes ? "disputes" : "supports")} ]`;
const turtleRelation = (relation) => turtleBlock(turtleIri("rel", relation.id), [
  ["a", "gov:Relation"], ...named(LINKED.kinds, [relation.kind]), ["gov:actor", `<${iriOfNode(relation.actor)}>`],
  ...relation.targets.map((id, place) => [place ? "gov:with" : "gov:target", `<${iriOfNode(id)}>`]),
  ["gov:modality", turtleIri("mod", relation.modality)], ...(relation.phrase ? [["gov:phrase", turtleText(relation.phrase, "en")]] : []), ...(relation.negated ? [["gov:negated", "true"]] : []),
  ...[["function", "fn"], ["layer", "layer"], ["principle", "principle"], ["topic", "topic"], ["channel", "channel"]]
    .flatMap(([scheme, prefix]) => (relation[scheme] ?? []).map((name) => [`gov:${scheme}`, turtleIri(prefix, name)])),
  ...turtleTexts({ "gov:scope": relation.scope, "gov:role": relation.role, "gov:currency": relation.currency, "gov:verified": relation.verified, "skos:note": relation.note }),
  ...(relation.amount ? [["gov:amount", `${turtleText(relation.amount)}^^xsd:decimal`]] : []), ...(relation.basis ?? []).map((id) => ["gov:legalBasis", turtleIri("src", id)]),
  ...turtleDay("schema:startDate", "gov:startStated", relation.start), ...turtleDay("schema:endDate", "gov:endStated", relation.end, true),
  ...(relation.confidence ? [["gov:confidence", turtleIri("conf", relation.confidence)]] : []), ["adms:status", turtleIri("status", relation.status ?? "accepted")],
  ...(relation.evidence ?? []).map((place) => ["prov:hadPrimarySource", turtlePlace(place)]),
]);
const turtleSource = (id) => {
  const source = sourceOf(id);
  return turtleBlock(turtleIri("src", id), [["a", "gov:Source"], ...turtleTexts({ "dct:title": source.title, "dc:publisher": source.issuer, "gov:file": source.file }), ...turtleDay("dct:issued", "gov:issuedStated", source.issued),
    ...(source.part_of ? [["eli:is_part_of", turtleIri("src", source.part_of)]] : []), ...turtleAddress(source.url).map((address) => ["schema:url", address]),
    ...turtleAddress(source.archived).map((address) => ["schema:archivedAt", address])]);
};
const turtle = () => {
  const used = taken();
  const cited = new Set(used.flatMap((relation) => [...(relation.evidence ?? []).map((place) => place.source), ...(relation.basis ?? [])]));
  for (const id of [...cited]) if (sourceOf(id).part_of) cited.add(sourceOf(id).part_of);
  const head = Object.entries(LINKED.prefixes).map(([prefix, base]) => `@prefix ${prefix}: <${base}> .\n`).join("");
  const about = [pageTitle(), attribution(used), dayText()].join(" · ").replace(/[\r\n\u2028\u2029]+/g, " ");
  return [`# ${about}\n${head}`, ...[...new Set(used.flatMap(endsOf))].sort().map(turtleNode), ...used.map(turtleRelation), ...[...cited].sort().map(turtleSource)].join("\n");
};
