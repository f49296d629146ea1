// Writes every page of the site as Markdown, from the guides and from what the other packages know.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorPages } from "./errors/pages.mjs";
import { guidePages } from "./guides.mjs";
import { description } from "./http/description.mjs";
import { httpPages } from "./http/pages.mjs";
import { mockAccount, tryItDescription } from "./http/try-it.mjs";
import { docs, pages as folder } from "./places.mjs";
import { typePages } from "./types/types.mjs";

/** @typedef {{ path: string, text: string }} Page */

export async function writePages() {
  await rm(folder, { recursive: true, force: true });
  const guides = await guidePages();
  const http = httpPages();
  const types = await typePages();
  const home = { path: "index.md", text: await readFile(join(docs, "site/home.md"), "utf8") };
  const benchmarks = { path: "benchmarks.md", text: await readFile(join(docs, "benchmarks.md"), "utf8") };
  const all = [home, benchmarks, ...guides.pages, ...http.pages, ...types.pages, ...(await errorPages())];
  for (const { path, text } of all) await write(path, text);
  await write("menu.json", JSON.stringify({ guides: guides.sidebar, http: http.sidebar, types: types.sidebar }));
  await writeFiles();
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
