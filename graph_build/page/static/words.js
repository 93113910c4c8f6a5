// Words of the page in the chosen language.
const say = (key, values = {}) => {
  const texts = page.words[state.lang];
  if ("count" in values && !(key in texts)) {
    key = `${key}.${new Intl.PluralRules(state.lang).select(values.count)}`;
  }
  let text = texts[key] ?? key;
  for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, String(value));
  return text;
};

// A label in the chosen language, else in the other one, which is then said in `lang`.
const chosen = (en, uk) => {
  if (state.lang === "uk" && uk) return { text: uk, lang: "uk" };
  return en ? { text: en, lang: "en" } : { text: uk || "", lang: "uk" };
};
// Whole for files; on the page at most so long that a browser can break it into lines.
const LONGEST = 300;
const brief = ({ text, lang }) => ({ text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, lang });
const wholeName = (id) => {
  const node = nodes.get(id) ?? {};
  const label = chosen(node.en, node.uk);
  return label.text ? label : { text: id, lang: "en" };
};
// Remarks and limits stand in the tables as somebody wrote them, in one language: the letters tell which.
const written = (text) => (text ? words({ text, lang: /\p{Script=Cyrillic}/u.test(text) ? "uk" : "en" }) : "");
const nodeName = (id) => brief(wholeName(id));
const otherName = (id) => {
  const node = nodes.get(id) ?? {};
  const first = nodeName(id).lang;
  return brief(first === "en" ? { text: node.uk || "", lang: "uk" } : { text: node.en || "", lang: "en" });
};
// How firmly a relation is said: what a country's law requires is told from what a standard demands, and both from practice.
const isLaw = (relation) => relation.modality === "normative" && endsOf(relation).some((id) => nodes.get(id)?.country);
const firmKey = (relation) => (isLaw(relation) ? "law" : relation.modality);
const firmWord = (relation) => say(`modality.${firmKey(relation)}`);
const firmHint = (relation) => say(`modality.${firmKey(relation)}.hint`);
// A start is expected of practice and of law, not of what a standard demands.
const isUndated = (relation) => !relation.start && (relation.modality === "actual" || isLaw(relation));
const dayText = () => (state.from ? say("header.range", { from: state.from, date: state.asof }) : say("header.asof", { date: state.asof }));
const term = (scheme, name) => chosen(...labelsOf(scheme, name));

const locatorText = (locator) => {
  const range = /^char=(\d+),(\d+)$/.exec(locator);
  if (range) return say("locator.char", { start: range[1], end: range[2] });
  const leaf = /^page=(.+)$/.exec(locator);
  return leaf ? say("locator.page", { page: leaf[1] }) : locator;
};

// Put the chosen language into everything that the template wrote.
const translate = () => {
  document.documentElement.lang = state.lang;
  const own = { version: page.version, date: state.asof };
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t, own);
  for (const attribute of ["aria-label", "placeholder", "title"]) {
    for (const element of document.querySelectorAll(`[data-t-${attribute}]`)) {
      element.setAttribute(attribute, say(element.getAttribute(`data-t-${attribute}`), own));
    }
  }
  if (byId("asof")) byId("asof").textContent = dayText();
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  }
};
