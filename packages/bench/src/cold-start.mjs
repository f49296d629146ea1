// From the start of a process to the first connection read and printed, over an empty process.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { contestants } from "./contestants.mjs";
import { median } from "./statistics.mjs";

const rounds = 15;
const worker = fileURLToPath(new URL("cold-start-worker.mjs", import.meta.url));

/** @typedef {{ name: string, milliseconds: number }} ColdStart */

/**
 * The median time of each contestant's process, less that of a process that only reads its arguments. They take turns.
 * @param {import("./server.mjs").Site} site
 * @returns {ColdStart[]}
 */
export function measureColdStarts(site) {
  const names = ["", ...contestants.map(({ name }) => name)];
  /** @type {Map<string, number[]>} */
  const times = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, taken] of times) taken.push(runMs(name, site));
  }
  const empty = median(times.get("") ?? []);
  return contestants.map(({ name }) => ({ name, milliseconds: median(times.get(name) ?? []) - empty }));
}

/**
 * @param {string} name
 * @param {import("./server.mjs").Site} site
 */
function runMs(name, site) {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [worker, name, JSON.stringify(site)], {
    encoding: "utf8",
  });
  const took = performance.now() - startedAt;
  if (status !== 0 || (name && !stdout.trim())) throw new Error(`The process of ${name} failed: ${stderr}`);
  return took;
}
