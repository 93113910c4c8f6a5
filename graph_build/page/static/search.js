// Search by any name in either language: folded, and with Cyrillic also in Latin letters (national romanisation).
const LATIN = new Map(Object.entries({
  а: "a", б: "b", в: "v", г: "h", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "y", і: "i", ї: "i", й: "i",
  к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch",
  ш: "sh", щ: "shch", ь: "", ю: "iu", я: "ia",
}));
const fold = (text) => {
  const lower = text.normalize("NFC").toLowerCase().replace(/['’ʼ`]/g, "");
  const latin = [...lower].map((letter) => LATIN.get(letter) ?? letter).join("");
  // One spelling for the usual romanisations: kh and g for h, y and j for i.
  return latin.normalize("NFKD").replace(/\p{M}/gu, "").replace(/kh|g/g, "h").replace(/[yj]/g, "i").replace(/i+/g, "i").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
};

const indexed = () => order.map((id) => {
  const node = nodes.get(id);
  return { id, names: [node.en, node.uk, ...(node.alt ?? []), id].filter(Boolean).map(fold) };
});
let index = null; // made when somebody first searches
const rank = (names, wanted) => {
  let best = 0;
  for (const name of names) {
    if (name === wanted) return 4;
    if (name.startsWith(wanted)) best = Math.max(best, 3);
    else if (name.includes(` ${wanted}`)) best = Math.max(best, 2);
    else if (name.includes(wanted)) best = Math.max(best, 1);
  }
  return best;
};
const search = (text) => {
  const wanted = fold(text);
  if (!wanted) return [];
  index ??= indexed();
  return index
    .map(({ id, names }) => ({ id, score: rank(names, wanted), ties: touching.get(id).length }))
    .filter(({ score }) => score)
    .sort((a, b) => b.score - a.score || b.ties - a.ties || (a.id < b.id ? -1 : 1))
    .slice(0, 12)
    .map(({ id }) => id);
};

// A field with a list of what it finds below it; `picked` is given the id of the actor that was chosen.
const combobox = (input, list, picked) => {
  let active = -1;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const activate = (place) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    active = (place + options.length) % options.length;
    options.forEach((option, each) => option.setAttribute("aria-selected", String(each === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const pick = (id) => {
    input.value = nodeName(id).text;
    close();
    picked(id);
  };
  const option = (id, place) => {
    const node = nodes.get(id);
    const kindOf = (node.types ?? []).map((name) => term("type", name).text)[0] ?? say(`group.${markOf(id).id}`);
    const found = make("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false", onclick: () => pick(id) });
    found.append(swatch(markOf(id)), words(nodeName(id), "span", { class: "name" }), make("span", { class: "quiet" }, [kindOf, node.country ? countryName(node.country) : ""].filter(Boolean).join(" · ")));
    found.dataset.node = id;
    return found;
  };
  const fill = () => {
    const found = search(input.value);
    const rows = found.map(option);
    if (!rows.length) rows.push(make("li", { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false", id: `${list.id}-none` }, say("search.none")));
    list.replaceChildren(...rows);
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
    if (found.length) activate(0);
  };
  input.addEventListener("input", fill);
  input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input) close(); }, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      const id = list.children[active]?.dataset.node;
      if (id !== undefined) pick(id);
    } else if (event.key === "Escape") {
      close();
    }
  });
};
const input = byId("search");
const startSearch = () => combobox(input, byId("found"), reveal);
