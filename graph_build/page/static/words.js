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
const written = (text) => (text ? words({ text, lang: languageOf(text) }) : "");
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
// What a word means, and the term that stands for it in files, in Turtle and in answers.
const modalityHint = (key) => `${say(`modality.${key}.hint`)} (${say("modality.term", { name: key === "law" ? "normative" : key })})`;
const firmHint = (relation) => modalityHint(firmKey(relation));
// A start is expected of practice and of law, not of what a standard demands.
const isUndated = (relation) => !relation.start && (relation.modality === "actual" || isLaw(relation));
const dayText = () => (state.from ? say("header.range", { from: state.from, date: state.asof }) : say("header.asof", { date: state.asof }));
// Gaps and countries stand for the days for which they were computed, whatever the as-of date.
const dayOfView = () => {
  const held = state.view === "gaps" ? againstOf(scopeNow().country) : null;
  return state.view === "compare" ? "" : held ? say("header.asof", { date: held.day }) : dayText();
};
const term = (scheme, name) => chosen(...labelsOf(scheme, name));
// A relation is told by its own short phrase, which is English as a rule; in Ukrainian by words made for it (sentence.py), with the phrase as a remark.
const letters = (text, script) => text.slice(0, LONGEST).match(script)?.length ?? 0;
const languageOf = (text) => (letters(text, /\p{Script=Cyrillic}/gu) > letters(text, /\p{Script=Latin}/gu) ? "uk" : "en");
const isRetold = ({ phrase }) => state.lang === "uk" && (!phrase || languageOf(phrase) === "en");
const phraseOf = (relation) => (isRetold(relation) ? { text: page.told[relation.told][0], lang: "uk" }
  : relation.phrase ? { text: relation.phrase, lang: languageOf(relation.phrase) } : term("verb", relation.kind));
// In front of the names towards whom, and alone where it is clear who is meant.
const [DOES, TOWARDS, THIS] = [1, 2, 3];
const sentenceOf = (relation, end = TOWARDS) => (isRetold(relation) ? { text: `${page.told[relation.told][DOES]} ${page.told[relation.told][end]}`, lang: "uk" } : phraseOf(relation));
const remarkOf = (relation, name = "p") => (isRetold(relation) && relation.phrase ? make(name, { class: "remark quiet" }, `${say("panel.phrase")}: `, written(relation.phrase)) : null);

const locatorText = (locator) => {
  const range = /^char=(\d+),(\d+)$/.exec(locator);
  if (range) return say("locator.char", { start: range[1], end: range[2] });
  const leaf = /^page=(.+)$/.exec(locator);
  return leaf ? say("locator.page", { page: leaf[1] }) : state.lang === "uk" ? ukrainianPlace(locator) : locator;
};
// "art. 6" is "ст. 6"; a place with any other word stays as it is (sentence.py does the same).
const ukrainianPlace = (text = "") => {
  const known = (part) => (Object.hasOwn(page.locators, part) ? page.locators[part] : null);
  const parts = text.split(/([\s,;]+)/);
  const strange = parts.some((part) => /^\D*[A-Za-z]{2}\D*$/.test(part) && !known(part));
  return known(text) ?? (strange ? text : parts.map((part) => known(part) ?? part).join(""));
};

// The heading of the page, which is in the chosen language where whoever made the page gave none.
const pageTitle = () => document.querySelector("h1").textContent;
// Put the chosen language into everything that the template wrote.
const translate = () => {
  document.documentElement.lang = state.lang;
  const own = { version: page.version, date: state.asof };
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t, own);
  document.title = pageTitle();
  for (const attribute of ["aria-label", "placeholder", "title"]) {
    for (const element of document.querySelectorAll(`[data-t-${attribute}]`)) {
      element.setAttribute(attribute, say(element.getAttribute(`data-t-${attribute}`), own));
    }
  }
  if (byId("asof")) byId("asof").textContent = dayOfView();
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  }
};
