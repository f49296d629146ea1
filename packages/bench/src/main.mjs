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
/** What the site draws its pictures from. */
const figures = new URL("../../docs/figures/bench.json", import.meta.url);

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
  const results = {
    date: new Date(),
    versions,
    digest,
    token,
    inTurn,
    parallel,
    imports,
    sizes,
    coldStarts,
    bounds,
    waits,
  };
  const text = pageOf(results);
  writeFileSync(page, text);
  writeFileSync(figures, `${JSON.stringify(results, withMaps, 2)}\n`);
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

/**
 * @param {string} _name
 * @param {unknown} value
 */
function withMaps(_name, value) {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
