// From the start of a process to the first connection read and printed, over an empty process.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { contestants } from "./contestants.mjs";
import { median } from "./statistics.mjs";

const rounds = 15;
const worker = fileURLToPath(new URL("cold-start-worker.mjs", import.meta.url));

/** @typedef {{ name: string, milliseconds: number }} ColdStart */

/**
 * How much longer each contestant's process lives than one that only reads its arguments: the median of the rounds. They
 * take turns, and each is held against an empty one of the same moment, since a machine is not as fast all the time.
 * @param {import("./server.mjs").Site} site
 * @returns {ColdStart[]}
 */
export function measureColdStarts(site) {
  /** @type {Map<string, number[]>} */
  const times = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, taken] of times) taken.push(-runMs("", site) + runMs(name, site));
  }
  return [...times].map(([name, taken]) => ({ name, milliseconds: median(taken) }));
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
