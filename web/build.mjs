// Bundle the libraries that draw, with their notices inside: whoever passes a page on passes these on too.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as standins from "./standins.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "graph_build", "page", "static", "vendor");

// vis-network comes as one file, of which no bundler can drop a class that another one names: each declaration with a stand-in is cut out here by its name.
const cut = (source, name) => {
  const declaration = new RegExp(`^(?:class|function|const|var) ${name.replace("$", "\\$")}\\b[^]*?^}(?:\\))?;?$`, "gm");
  const found = source.match(declaration) ?? [];
  if (found.length !== 1) throw new Error(`${name} is declared ${found.length} times`);
  return source.replace(declaration, "");
};
const OF_VIS_UTIL = ["Activator", "Configurator", "Popup", "Validator"];
const withStandins = {
  name: "with-standins",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^timsort$/ }, () => ({ path: join(here, "node_modules", "timsort", "index.js"), sideEffects: false })); // only what is cut out sorts with it
    const own = Object.keys(standins).filter((name) => !OF_VIS_UTIL.includes(name));
    const imported = (names, as = (name) => name) => `import { ${names.map((name) => `${name} as ${as(name)}`).join(", ")} } from ${JSON.stringify(join(here, "standins.mjs"))};\n`;
    onLoad({ filter: /vis-network\/esnext\/esm\/vis-network\.js$/ }, ({ path }) => ({ contents: imported(own) + own.reduce(cut, readFileSync(path, "utf8")) }));
    const inside = (name) => `${name}$1`; // as vis-util calls them before it exports them
    onLoad({ filter: /vis-util\/esnext\/esm\/vis-util\.js$/ }, ({ path }) => ({ contents: imported(OF_VIS_UTIL, inside) + OF_VIS_UTIL.map(inside).reduce(cut, readFileSync(path, "utf8")) }));
  },
};

const notice = (name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(-mit)?(\.|$)/i.test(each));
  const text = readFileSync(join(folder, file), "utf8");
  return `${name} ${version} (${license.replace(/^\(|\)$/g, "")})\n\n${text.replaceAll("\r", "").trim()}\n`;
};
const joined = (notices) => notices.join(`\n${"-".repeat(72)}\n\n`);
const bundle = async (entry, globalName, plugins = []) => {
  const made = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    globalName,
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the whole licence texts stand at the head instead
    metafile: true,
    outfile: "bundle.js",
    plugins,
    write: false,
  });
  const kept = Object.entries(made.metafile.outputs["bundle.js"].inputs).filter(([, { bytesInOutput }]) => bytesInOutput);
  const packages = [...new Set(kept.map(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean))].sort();
  return { text: made.outputFiles[0].text.trim(), packages };
};

const bundles = {
  "vis-network.min.js": await bundle("vis.mjs", "vis", [withStandins]),
  "sigma.min.js": await bundle("sigma.mjs", "large"),
};
if (!existsSync(target)) mkdirSync(target, { recursive: true });
for (const [file, { text, packages }] of Object.entries(bundles)) {
  const notices = joined(packages.map(notice));
  if (notices.includes("*/")) throw new Error("a licence text would end its comment");
  const script = `/*!\n${notices}*/\n${text}\n`;
  writeFileSync(join(target, file), script);
  console.log(`${file}: ${Buffer.byteLength(script)} bytes, sha256 ${createHash("sha256").update(script).digest("hex")}`);
  console.log(`packages: ${packages.join(", ")}`);
}
const every = [...new Set(Object.values(bundles).flatMap(({ packages }) => packages))].sort();
writeFileSync(join(target, "THIRD_PARTY.txt"), joined(every.map(notice)));
