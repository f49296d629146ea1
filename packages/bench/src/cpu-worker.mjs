// One process of the CPU measurement: small batches of every contestant, in a new random order each round.
import { mustRead } from "./counts.mjs";
import { measured } from "./cpu.mjs";

/** @typedef {{ site: import("./server.mjs").Site, rounds: number, batch: number, warmUp: number, parallel: boolean }} CpuTask */

process.once("message", async (/** @type {CpuTask} */ task) => {
  process.send?.(await measure(task));
  process.disconnect();
});

/**
 * The CPU time of each contestant's batch in microseconds, round by round.
 * @param {CpuTask} task
 */
async function measure({ site, rounds, batch, warmUp, parallel }) {
  const run = parallel ? sideBySide : inTurn;
  const warm = [];
  for (const { name, open } of measured) {
    const call = await open(site);
    await mustRead(call);
    warm.push({ name, call });
  }
  for (let sent = 0; sent < warmUp; sent += batch) {
    for (const { call } of warm) await run(call, batch);
  }
  const results = [];
  for (let round = 0; round < rounds; round++) {
    /** @type {[string, number][]} */
    const taken = [];
    for (const { name, call } of shuffle(warm)) {
      const before = process.cpuUsage();
      await run(call, batch);
      const { user, system } = process.cpuUsage(before);
      taken.push([name, user + system]);
    }
    results.push(Object.fromEntries(taken));
  }
  return results;
}

/**
 * @param {() => Promise<unknown>} call
 * @param {number} times
 */
async function inTurn(call, times) {
  for (let sent = 0; sent < times; sent++) await call();
}

/**
 * @param {() => Promise<unknown>} call
 * @param {number} times
 */
async function sideBySide(call, times) {
  await Promise.all(Array.from({ length: times }, () => call()));
}

/**
 * @template Item
 * @param {readonly Item[]} items
 */
function shuffle(items) {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
