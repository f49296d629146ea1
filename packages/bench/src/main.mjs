// Measures the client and its peers in one run, and writes the page.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { bundleSize } from "./bundle-size.mjs";
import { measureColdStarts } from "./cold-start.mjs";
import { countDigest, countTokens } from "./counts.mjs";
import { measureCpu } from "./cpu.mjs";
import { measureBounds } from "./crowd.mjs";
import { importTimes } from "./import-time.mjs";
import { pageOf } from "./page.mjs";
import { startServerProcess } from "./server-process.mjs";
import { measureWaitingCost } from "./waiting-cost.mjs";

/** The packages under their registered names, as they are imported. */
const packages = [
  "openapi-fetch",
  "digest-fetch",
  "mongodb-atlas-api-client",
  "@mongodb-js/mcp-atlas-api-client",
  "@atlas-streams/client",
];
const page = new URL("../../docs/benchmarks.md", import.meta.url);

const server = await startServerProcess();
try {
  console.log("Round trips and token requests …");
  const digest = await countDigest(server);
  const token = await countTokens(server);
  console.log("CPU time, in turn and in parallel: some minutes …");
  const inTurn = await measureCpu(server.site, false);
  const parallel = await measureCpu(server.site, true);
  console.log("Cold starts, bounds, waits …");
  const coldStarts = measureColdStarts(server.site);
  const bounds = await measureBounds(server);
  const waits = await measureWaitingCost();
  console.log("Import time and size …");
  const imports = importTimes(packages);
  const sizes = new Map();
  for (const name of packages) sizes.set(name, await bundleSize(name));
  const versions = new Map(packages.map((name) => [name, versionOf(name)]));
  const text = pageOf({
    digest,
    token,
    inTurn,
    parallel,
    imports,
    sizes,
    coldStarts,
    bounds,
    waits,
    versions,
    date: new Date(),
  });
  writeFileSync(page, text);
  console.log(text);
} finally {
  server.stop();
}

/** @param {string} name */
function versionOf(name) {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      return String(JSON.parse(readFileSync(`${folder}/${name}/package.json`, "utf8")).version);
    } catch {} // not in this one
  }
  throw new Error(`${name} is not installed.`);
}
