// Norm against practice: each demand and each body of the country that it is about, with the state that Python found, both sides cited.
const againsts = new Map(page.against.map((each) => [each.country, each]));
const againstOf = (country) => againsts.get(country);
const dayOf = (held) => say("gaps.day", { date: held.day });
const STATE_MARKS = new Map([["met", "●"], ["law", "○"], ["absent", "✕"], ["contradicted", "≠"], ["searched", "?"], ["unsearched", "…"]]);
const stateBadge = (name) => make("span", { class: `badge gap ${name}` }, make("span", { "aria-hidden": "true" }, `${STATE_MARKS.get(name)} `), say(`gap.${name}`));

const normsOf = (held) => Object.keys(held?.gaps ?? {});
const normNow = (held) => (normsOf(held).includes(state.norm) ? state.norm : normsOf(held)[0]);
const normName = (name) => {
  const known = page.datasets.find(({ dataset }) => dataset === name);
  return ["standards", "norms"].includes(name) ? say(`gaps.norm.${name}`) : known?.title ?? name;
};

const demandText = (relation) => `${nodeName(relation.actor).text} ${sentenceOf(relation).text} ${relation.targets.map((id) => nodeName(id).text).join(", ")}`;
const bodyText = (gap) => (gap.body ? nodeName(gap.body).text : say("gaps.nobody", { type: term("type", gap.class).text }));
const groundText = (gap) => gap.by.map((id) => nodeName(relations.get(id).actor).text).join(", ");
const gapCells = { state: (gap) => String(page.states.indexOf(gap.state)), demand: (gap) => demandText(relations.get(gap.demand)), body: bodyText, ground: groundText };
const gapText = (gap) => [gapCells.demand(gap), bodyText(gap), groundText(gap), say(`gap.${gap.state}`),
  ...[gap.demand, ...gap.by].flatMap((id) => [...(relations.get(id).evidence ?? []).map(citationText), ...(relations.get(id).basis ?? []).map(basisText)])].join(" ");
const chosenStates = () => state.gapstate.split(".").filter((name) => page.states.includes(name));
const gapRows = (held) => {
  const wanted = fold(state.gapfind);
  const states = chosenStates();
  const [down, column] = [state.gapsort.startsWith("-"), state.gapsort.replace(/^-/, "")];
  const read = gapCells[column] ?? gapCells.state;
  const compare = new Intl.Collator(state.lang).compare;
  const found = held.gaps[normNow(held)].filter((gap) => !wanted || fold(gapText(gap)).includes(wanted));
  const rows = found.filter((gap) => !states.length || states.includes(gap.state)).map((gap) => ({ gap, key: read(gap) }));
  return { found, rows: rows.sort((a, b) => (down ? -1 : 1) * compare(a.key, b.key)).map(({ gap }) => gap) };
};
