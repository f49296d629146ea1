// Writes every page of the site as Markdown, from the guides and from what the other packages know.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { linkNames, namesOf } from "./cross-links.mjs";
import { errorPages } from "./errors/pages.mjs";
import { allFigures, mainFigures } from "./figures/figures.mjs";
import { guidePages, turnLinks } from "./guides.mjs";
import { description } from "./http/description.mjs";
import { httpPages } from "./http/pages.mjs";
import { mockAccount, tryItDescription } from "./http/try-it.mjs";
import { frontMatter } from "./markdown.mjs";
import { matrixPage } from "./matrix/page.mjs";
import { docs, pages as folder, root } from "./places.mjs";
import { statePages } from "./states/page.mjs";
import { typePages } from "./types/types.mjs";

/** @typedef {{ path: string, text: string }} Page */

export async function writePages() {
  await rm(folder, { recursive: true, force: true });
  const guides = await guidePages();
  const http = httpPages();
  const types = await typePages();
  const states = await statePages();
  const names = namesOf(types.pages);
  const all = [
    await homePage(states.diagram),
    await benchmarkPage(),
    matrixPage(),
    ...states.pages,
    ...guides.pages.map(({ path, text }) => ({
      path,
      text: path.startsWith("guides/") ? linkNames(text, names) : text,
    })),
    ...http.pages,
    ...types.pages,
    ...(await errorPages()),
  ];
  for (const { path, text } of all) await write(path, text);
  await write("menu.json", JSON.stringify({ guides: guides.sidebar, http: http.sidebar, types: types.sidebar }));
  await writeFiles();
}

/**
 * @param {string} diagram
 * @returns {Promise<Page>}
 */
async function homePage(diagram) {
  const source = "packages/docs/site/home.md";
  const text = (await readFile(join(root, source), "utf8"))
    .replace("<!-- states -->", diagram)
    .replace("<!-- figures -->", chartsOf(mainFigures()));
  const matter = frontMatter({ layout: "page", sidebar: false, aside: false, pageClass: "home", kind: "home" });
  return {
    path: "index.md",
    text: `${matter}<div class="vp-doc">\n\n${turnLinks(text, source, new Set())}\n\n</div>\n`,
  };
}

/**
 * What the bench wrote, and pictures of it.
 * @returns {Promise<Page>}
 */
async function benchmarkPage() {
  const text = await readFile(join(docs, "benchmarks.md"), "utf8");
  const pictures = `## At a glance\n\n${chartsOf(allFigures())}\n\n`;
  return { path: "benchmarks.md", text: frontMatter({ kind: "benchmarks" }) + text.replace(/^## /m, `${pictures}## `) };
}

/** @param {string[]} charts */
function chartsOf(charts) {
  return `<div class="charts">${charts.join("")}</div>`;
}

/** What the pages need beside their text. */
async function writeFiles() {
  await cp(join(docs, "site/public"), join(folder, "public"), { recursive: true });
  await write("public/openapi.json", JSON.stringify(description, null, 2));
  await write("public/openapi-try-it.json", JSON.stringify(await tryItDescription()));
  await write("public/mock-account.json", JSON.stringify(await mockAccount()));
  await cp(join(docs, "node_modules/@scalar/api-reference/dist/browser"), join(folder, "public/scalar"), {
    recursive: true,
    filter: (path) => !/\.map$|standalone\.js$/.test(path),
  });
}

/**
 * @param {string} path
 * @param {string} text
 */
async function write(path, text) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
