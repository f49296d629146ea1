// Writes every page of the site as Markdown, from the guides and from what the other packages know.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { guidePages } from "./guides.mjs";
import { docs, pages as folder } from "./places.mjs";

/** @typedef {{ path: string, text: string }} Page */

export async function writePages() {
  const guides = await guidePages();
  const home = { path: "index.md", text: await readFile(join(docs, "site/home.md"), "utf8") };
  const benchmarks = { path: "benchmarks.md", text: await readFile(join(docs, "benchmarks.md"), "utf8") };
  await rm(folder, { recursive: true, force: true });
  for (const { path, text } of [home, benchmarks, ...guides.pages]) await write(path, text);
  await write("menu.json", JSON.stringify({ guides: guides.sidebar }));
}

/**
 * @param {string} path
 * @param {string} text
 */
async function write(path, text) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
