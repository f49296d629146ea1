// Runs the suite on every runtime of the catalog, or on those whose names begin with a word that is given, and prints a
// table. With --page it writes the table into the guide, too; with --here it runs the suite on this Node only.
//   node runtimes/runtimes.mjs [--page | --here] [Node] [Bun] …
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeTable } from "../table.mjs";
import { here, runtimes } from "./catalog.mjs";
import { install, runOn } from "./start.mjs";

/** @typedef {{ runtime: string, version: string, passed: number, failed: number, seconds: number }} Row */

const { values, positionals } = parseArgs({
  options: { page: { type: "boolean" }, here: { type: "boolean" } },
  allowPositionals: true,
});
const isChosen = (/** @type {string} */ name) =>
  positionals.length === 0 || positionals.some((word) => name.toLowerCase().startsWith(word.toLowerCase()));
const chosen = values.here ? [here] : runtimes.filter(({ name }) => isChosen(name));
const reports = new URL("../reports/", import.meta.url);
const rows = await runAll();
console.table(rows);
await mkdir(reports, { recursive: true });
await writeFile(new URL("runtimes.json", reports), JSON.stringify(rows)); // for scripts/check-release/
if (rows.length === 0)
  console.error(`There is no such runtime. There are ${runtimes.map(({ name }) => name).join(", ")}.`);
if (values.page) await writePage();
process.exitCode = rows.length > 0 && rows.every(({ failed }) => failed === 0) ? 0 : 1;

async function runAll() {
  const child = spawn(process.execPath, [fileURLToPath(new URL("servers.mjs", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const found = [];
  try {
    const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    const servers = JSON.parse(value);
    for (const runtime of chosen) found.push(await rowOf(runtime, servers));
  } finally {
    child.stdin.end();
  }
  return found;
}

/**
 * @param {import("./catalog.mjs").Listed} runtime @param {import("./suite/place.mjs").Servers} servers
 * @returns {Promise<Row>}
 */
async function rowOf(runtime, servers) {
  const { name } = runtime;
  let version = "";
  try {
    const installed = await install(runtime);
    version = installed.version;
    const startedAt = Date.now();
    const outcomes = await runOn(runtime, installed.program, servers);
    const failures = outcomes.filter(({ complaint }) => complaint !== undefined);
    for (const { title, complaint } of failures) console.log(`${name}: ${title}: ${complaint}\n`);
    const passed = outcomes.length - failures.length;
    return { runtime: name, version, passed, failed: failures.length, seconds: (Date.now() - startedAt) / 1000 };
  } catch (error) {
    console.log(`${name}: it did not run: ${error}\n`);
    return { runtime: name, version, passed: 0, failed: 1, seconds: 0 };
  }
}

function writePage() {
  const heads = ["runtime", "version", "cases that passed", "that failed"];
  const lines = rows.map(({ runtime, version, passed, failed }) => [runtime, version, passed, failed]);
  return writeTable("results", heads, lines);
}
