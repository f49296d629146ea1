// Builds the site, says how long it took and how big it is, and serves it with a mock of Atlas behind it:
//   pnpm site [--build] [--port N]
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { buildSite } from "./build.mjs";
import { root, site } from "./places.mjs";
import { serveSite } from "./serve.mjs";

const { values } = parseArgs({ options: { build: { type: "boolean" }, port: { type: "string", default: "4173" } } });

const startedAt = performance.now();
await buildSite();
console.log(await measure((performance.now() - startedAt) / 1000));
if (!values.build) {
  const server = await serveSite({ port: Number(values.port) });
  console.log(`${server.url}, with a mock of Atlas behind it. Ctrl-C ends it.`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.stop());
}

/** @param {number} seconds */
async function measure(seconds) {
  const files = (await readdir(site, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  const hash = createHash("sha256"); // the same sources make the same site: this shows it
  let bytes = 0;
  for (const path of paths) {
    const content = await readFile(path);
    hash.update(relative(site, path)).update(content);
    bytes += content.length;
  }
  const pages = paths.filter((path) => path.endsWith(".html")).length;
  const size = `${pages} pages, ${(bytes / 1e6).toFixed(1)} MB`;
  return `${relative(root, site)}: ${size}, built in ${seconds.toFixed(1)} s, SHA-256 ${hash.digest("hex").slice(0, 16)}`;
}
