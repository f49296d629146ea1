// Builds the site, says how long it took and how big it is, and serves it with a mock of Atlas behind it:
//   pnpm site [--build] [--port N]
import { readdir, stat } from "node:fs/promises";
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
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  const pages = files.filter(({ name }) => name.endsWith(".html")).length;
  return `${relative(root, site)}: ${pages} pages, ${megabytes.toFixed(1)} MB, built in ${seconds.toFixed(1)} s.`;
}
