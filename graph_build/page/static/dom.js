// Elements are made here and nowhere else: text is set as text, and a link leads to http or https or is no link.
const byId = (id) => document.getElementById(id);

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};

// A label with its language, where that is not the page's.
const words = (label, name = "span", attributes = {}) =>
  make(name, { ...attributes, lang: label.lang === state.lang ? null : label.lang, dir: "auto" }, label.text);

const httpAddress = (address) => {
  try {
    const parsed = new URL(address);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
};
const link = (address, text) => {
  const href = httpAddress(address);
  return href ? make("a", { href, rel: "noopener noreferrer nofollow", target: "_blank" }, text) : null;
};

const button = (label, action, attributes = {}) => {
  const shown = typeof label === "string" ? { text: label, lang: state.lang } : label;
  return words(shown, "button", { type: "button", onclick: action, ...attributes });
};

const announce = (text) => {
  byId("spoken").textContent = text;
};
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const scheme = matchMedia("(prefers-color-scheme: dark)");
const dark = () => scheme.matches;

// What a sandboxed frame forbids is not an error of the page.
const permitted = (action) => {
  try {
    return action();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
};
