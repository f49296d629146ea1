import { spawnSync } from "node:child_process";
import { median } from "./statistics.mjs";

const rounds = 31;

/**
 * How long it takes to import each package, in milliseconds: how much longer a fresh process lives that does nothing else
 * than one of the same moment that does nothing: the median of the rounds.
 * @param {readonly string[]} names
 */
export function importTimes(names) {
  /** @type {Map<string, number[]>} */
  const times = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, taken] of times) taken.push(-runMs("") + runMs(`import ${JSON.stringify(name)};`));
  }
  return new Map([...times].map(([name, taken]) => [name, median(taken)]));
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
