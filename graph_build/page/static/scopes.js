// The chooser of scopes, the layouts of a scene, and what is said where only the most connected are drawn.
const countryName = (code) => {
  const known = page.words[state.lang];
  if (Object.hasOwn(known, `country.${code}`)) return known[`country.${code}`];
  return /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames([state.lang], { type: "region", fallback: "code" }).of(code) : code;
};
const scopeName = (id) => {
  const { country } = scopes.get(id);
  return country ? countryName(country) : say(`scope.${id}`);
};
const scopeHint = (id) => (scopes.get(id).country ? say("scope.country.hint", { name: scopeName(id) }) : say(`scope.${id}.hint`));
const enter = (id) => {
  change(entering(id));
  byId("scopes").querySelector("[aria-pressed=true]").focus();
};
const fillScopes = () => {
  byId("scopes").hidden = scopes.size < 2;
  byId("scope-buttons").replaceChildren(...[...scopes.keys()].map((id) =>
    button(scopeName(id), () => enter(id), { "aria-pressed": String(id === state.scope), "data-scope": id, title: scopeHint(id) })));
  const row = byId("scope-buttons");
  const now = row.querySelector("[aria-pressed=true]");
  row.scrollLeft = now.offsetLeft - row.offsetLeft - (row.clientWidth - now.clientWidth) / 2;
};
const fillLayouts = () => {
  const choices = layoutsNow();
  byId("layouts").hidden = choices.length < 2 || state.view !== "network";
  const now = layoutNow();
  byId("layouts").replaceChildren(...["ladder", "free"].map((name) =>
    button(say(`layout.${name}`), () => {
      change({ layout: name });
      byId("layouts").querySelector("[aria-pressed=true]").focus();
    }, { "aria-pressed": String(name === now), "data-layout": name, title: say(`layout.${name}.hint`) })));
};
const fillFirst = () => {
  const cut = shown.nodes.length < shown.of;
  byId("first").hidden = !cut && !(state.every && shown.of > limitsNow()[0]);
  const actors = say("actors", { count: shown.of });
  const text = cut ? say("first.some", { first: shown.nodes.length, actors }) : say("first.every", { actors });
  const label = cut ? say("first.more", { count: shown.of }) : say("first.less");
  const press = () => {
    change(cut ? { every: true } : { every: false, node: null, relation: null });
    byId("first").querySelector("button")?.focus();
  };
  byId("first").replaceChildren(make("span", {}, text), button(label, press, { "data-every": String(cut) }));
};
