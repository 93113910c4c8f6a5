// The axis of a country's reforms: laws that came into force or lost it, bodies founded, dissolved and succeeded. One step, one day.
const firstDayOf = (stated) => `${stated}-01-01`.slice(0, 4) + (stated.slice(4, 7) || "-01") + (stated.slice(7, 10) || "-01");
// The day after the last that a year, a month or a day covers: from then on a thing is no more.
const dayAfter = (stated) => {
  const [year, month = 12, day] = stated.split("-").map(Number);
  return new Date(Date.UTC(year, day ? month - 1 : month, day ? day + 1 : 1)).toISOString().slice(0, 10);
};
const lawsOf = (scope) => {
  const acts = new Set(scope.relations.flatMap((relation) => relation.basis ?? []).map((id) => sourceOf(id).part_of).filter(Boolean));
  for (const id of [...acts]) for (const old of replacedBy(id)) acts.add(old);
  return [...acts];
};
const replacedBy = (id) => (sourceOf(id).replaces ?? "").split("|").filter(Boolean);

const eventsIn = (scope) => {
  const found = [];
  const add = (type, stated, day, more) => {
    if (DATE.test(stated ?? "")) found.push({ type, stated, day: day(stated), ...more });
  };
  for (const id of lawsOf(scope)) {
    add("law", sourceOf(id).in_force, firstDayOf, { law: id });
    add("repeal", sourceOf(id).repealed, dayAfter, { law: id });
  }
  for (const id of scope.nodes) {
    const node = nodes.get(id);
    if (node.sort !== "actor" || node.country !== (scope.country || node.country)) continue;
    add("founded", node.founded, firstDayOf, { body: id });
    add("dissolved", node.dissolved, dayAfter, { body: id });
  }
  for (const relation of scope.relations) {
    if (relation.kind === "succession" && !relation.status && !relation.negated) add("succession", relation.start, firstDayOf, { relation: relation.id });
  }
  const days = new Map();
  for (const event of found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : EVENTS.indexOf(a.type) - EVENTS.indexOf(b.type)))) {
    days.set(event.day, [...(days.get(event.day) ?? []), event]);
  }
  return [...days].map(([day, events]) => ({ day, events }));
};
const EVENTS = ["law", "repeal", "founded", "succession", "dissolved"];
const eventsKnown = new Map();
const reformsNow = () => {
  const scope = scopeNow();
  if (!eventsKnown.has(scope)) eventsKnown.set(scope, eventsIn(scope));
  return eventsKnown.get(scope);
};
const reformAt = () => reformsNow().findIndex(({ day }) => day === state.asof);

const lawName = (id) => sourceOf(id).title ?? id;
// The law by which a body came or went: of its founding or succession, where that names one.
const lawOfBody = (id, stated) => {
  const kinds = ["establishment", "succession"];
  const found = touching.get(id).filter((relation) => (kinds.includes(relation.kind) || relation.start === stated) && (relation.basis ?? []).length);
  return found.sort((a, b) => kinds.includes(b.kind) - kinds.includes(a.kind) || (a.id < b.id ? -1 : 1))[0]?.basis[0];
};
const lawOfEvent = (event) => (event.body ? lawOfBody(event.body, event.stated) : event.relation ? relations.get(event.relation).basis?.[0] : null);
const eventText = (event) => {
  const basis = lawOfEvent(event);
  const law = basis ? ` (${basisText(basis)})` : "";
  if (event.law) {
    const old = event.type === "law" ? replacedBy(event.law).map(lawName) : [];
    return say(`event.${event.type}`, { name: lawName(event.law) }) + (old.length ? `; ${say("event.replaces", { name: old.join(", ") })}` : "");
  }
  if (event.relation) {
    const relation = relations.get(event.relation);
    return say("event.succession", { name: nodeName(relation.actor).text, old: relation.targets.map((id) => nodeName(id).text).join(", ") }) + law;
  }
  return say(`event.${event.type}`, { name: nodeName(event.body).text }) + law;
};
// What a law of the same day replaced is told with that law.
const reformText = ({ day, events }) => {
  const replaced = new Set(events.filter(({ type }) => type === "law").flatMap(({ law }) => replacedBy(law)));
  return `${day}: ${events.filter(({ type, law }) => type !== "repeal" || !replaced.has(law)).map(eventText).join("; ")}`;
};
