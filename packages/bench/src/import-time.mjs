import { spawnSync } from "node:child_process";
import { median } from "./statistics.mjs";

const rounds = 15;
const empty = "";

/**
 * How long it takes to import each package, in milliseconds: the median time of a fresh process that
 * does nothing else, less that of a process that does nothing. They take turns.
 * @param {readonly string[]} names
 */
export function importTimes(names) {
  /** @type {Map<string, number[]>} */
  const times = new Map([empty, ...names].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, taken] of times) taken.push(runMs(name ? `import ${JSON.stringify(name)};` : empty));
  }
  const base = median(times.get(empty) ?? []);
  return new Map(names.map((name) => [name, median(times.get(name) ?? []) - base]));
}

/** @param {string} code */
function runMs(code) {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`A process that was to run ${code} failed: ${stderr}`);
  return performance.now() - startedAt;
}
