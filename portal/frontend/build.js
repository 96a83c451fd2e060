// Builds var/assets: one style sheet, the scripts, and the art.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { watch } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const out = join(root, "var/assets");
// One for public pages, one for signed-in pages, one for helpers at the door.
const programs = ["site.js", "portal.js", "door.js", "preview.js"];
const art = ["brand", "current", "current-wide", "delta", "seal", "seal-large"];

// One sheet for all pages; the component page, which shows the tokens themselves, and Wagtail's admin add small ones.
const sheets = ["portal", "components", "admin"];

async function style(name) {
  const { css } = sass.compile(join(here, `scss/${name}.scss`), {
    loadPaths: [join(root, "node_modules/govuk-frontend/dist/govuk")],
    quietDeps: true,
    style: "compressed",
  });
  // Lowers `inset`, nesting and the like for browsers of the last five years, and drops doubled rules.
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target: ["chrome100", "firefox100", "safari15"] });
  await writeFile(join(out, `${name}.css`), code);
}

async function scripts() {
  await esbuild.build({
    entryPoints: programs.map((name) => join(here, "js", name)),
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome100", "firefox100", "safari15"],
    legalComments: "none",
  });
}

// Messages of the package for programmers name where it comes from; nobody here should read that.
async function rename() {
  for (const name of programs) {
    const code = await readFile(join(out, name), "utf8");
    await writeFile(join(out, name), code.replaceAll("GOV.UK Frontend", "Page script"));
  }
}

async function marks() {
  await mkdir(join(out, "marks"), { recursive: true });
  for (const name of art) await cp(join(here, `marks/${name}.svg`), join(out, `marks/${name}.svg`));
  for (const file of await readdir(join(here, "favicon"))) await cp(join(here, "favicon", file), join(out, file));
}

async function build() {
  await mkdir(out, { recursive: true });
  await Promise.all([...sheets.map(style), scripts(), marks()]);
  await rename();
  for (const name of ["portal.css", ...programs]) {
    const bytes = gzipSync(await readFile(join(out, name)), { level: 9 }).length;
    console.log(`${name.padEnd(12)} ${(bytes / 1024).toFixed(1)} KB gzipped`);
  }
}

if (!process.argv.includes("--watch")) await rm(out, { recursive: true, force: true });
await build();
if (process.argv.includes("--watch")) {
  let timer;
  watch(here, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => build().catch((error) => console.error(error.message)), 100);
  });
}
