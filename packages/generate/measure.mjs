// What generated code costs: pnpm --filter @atlas-streams/generate measure FILE [--json], where FILE is as for atlas-streams-generate. The client has to have been built.
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { generate } from "./dist/index.js";
import { measureBundle } from "./measure/bundle.mjs";
import { measureConsumer } from "./measure/consumer.mjs";
import { findAny } from "./measure/find-any.mjs";

const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });
const [file] = positionals;
if (!file) throw new Error("node measure.mjs FILE [--json]");
const client = fileURLToPath(new URL("../client", import.meta.url));
if (!existsSync(join(client, "dist"))) throw new Error("the client has to be built first");

const directory = await mkdtemp(join(tmpdir(), "measure-"));
try {
  const figures = await measure(file);
  if (values.json) console.log(JSON.stringify(figures));
  else for (const [what, figure] of Object.entries(tableOf(figures))) console.log(`${what.padEnd(66)} ${figure}`);
} finally {
  await rm(directory, { recursive: true });
}

/** @param {string} wanted */
async function measure(wanted) {
  await writeFile(join(directory, "package.json"), '{ "type": "module", "sideEffects": false }');
  const startedAt = performance.now();
  const { operations, schemas } = await generate(wanted, directory);
  const seconds = (performance.now() - startedAt) / 1000;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const { size } = await stat(join(directory, "openapi.d.ts"));
  /** @type {{ operationTable: import("./measure/consumer.mjs").Operation[] }} */
  const { operationTable } = await import(pathToFileURL(join(directory, "index.js")).href);
  const reads = operationTable.filter(({ method }) => method === "GET");
  const [read] = reads.filter(({ pathParameters }) => Object.keys(pathParameters).length > 0);
  if (!read) throw new Error("there is no operation that reads one thing");
  return {
    operations,
    schemas,
    seconds,
    megabytes,
    typeBytes: size,
    any: findAny(join(directory, "openapi.d.ts")).any.length,
    ...measureConsumer(directory, read, client),
    bundle: await measureBundle(directory, reads.slice(0, 3), client),
  };
}

/** @param {Awaited<ReturnType<typeof measure>>} figures */
function tableOf({ operations, schemas, seconds, megabytes, typeBytes, any, bundle, ...consumer }) {
  return {
    "operations, schemas": `${operations}, ${schemas}`,
    "time to generate": `${seconds.toFixed(1)} s`,
    "memory at most": `${megabytes} MB`,
    "size of the types": `${Math.round(typeBytes / 1024)} kB`,
    "schemas that are any": any,
    "instantiations for one call": consumer.instantiations,
    'completion at GET("': `${consumer.completionMs} ms, ${consumer.completions} paths`,
    "three operations in a bundle, minified": `${bundle.minified} bytes`,
    "the same, gzip, imported after the client, as sorted imports are": `${bundle.gzipped} bytes`,
    "the same, gzip, imported before it: farther than gzip looks back": `${bundle.gzippedBefore} bytes`,
  };
}
