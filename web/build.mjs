// Bundle the libraries of large pages, with their notices inside: whoever passes a page on passes these on too.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "graph_build", "page", "static", "vendor");

const made = await build({
  absWorkingDir: here,
  entryPoints: ["entry.mjs"],
  bundle: true,
  format: "iife",
  globalName: "large",
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none", // the whole licence texts stand at the head instead
  metafile: true,
  write: false,
});
const packages = [...new Set(Object.keys(made.metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean))].sort();
const notice = (name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), "utf8") : readFileSync(join(here, "licences", `${name}.txt`), "utf8");
  return `${name} ${version} (${license})\n\n${text.replaceAll("\r", "").trim()}\n`;
};
const notices = packages.map(notice).join(`\n${"-".repeat(72)}\n\n`);
if (notices.includes("*/")) throw new Error("a licence text would end its comment");
const script = `/*!\n${notices}*/\n${made.outputFiles[0].text.trim()}\n`;

if (!existsSync(target)) mkdirSync(target, { recursive: true });
writeFileSync(join(target, "sigma.min.js"), script);
writeFileSync(join(target, "THIRD_PARTY.txt"), notices);
console.log(`${Buffer.byteLength(script)} bytes, sha256 ${createHash("sha256").update(script).digest("hex")}`);
console.log(`packages: ${packages.join(", ")}`);
