// What a wait costs among few and among many of one project: CPU time of the client's process, divided by the waits.
import { fileURLToPath } from "node:url";
import { nextMessage, startProcess } from "./server-process.mjs";
import { median } from "./statistics.mjs";

/** How many wait at once, and how many waits are measured at least for each such number. */
export const crowds = [100, 2_000, 20_000, 200_000];
export const leastWaits = 200_000;

/** The cost that ten times as many may have at most, as a ratio to that of fewer. */
export const goal = 1.2;

/**
 * The microseconds of CPU a wait, and how long the garbage collector held the process up for it, by how many wait at once. Each wait takes three looks, which the crowd shares.
 * @typedef {{ count: number, microseconds: number, collecting: number, requestsPerLook: number }} WaitingCost
 */

/**
 * @param {{ counts?: readonly number[], waits?: number }} [extent]
 * @returns {Promise<WaitingCost[]>}
 */
export async function measureWaitingCost({ counts = crowds, waits = leastWaits } = {}) {
  const server = startProcess("./waiting-cost-server.mjs");
  try {
    const site = await nextMessage(server);
    const costs = [];
    for (const count of counts) {
      // A process of its own for each: what the garbage collector has learnt from one crowd is no other's.
      const worker = startProcess("./waiting-cost-worker.mjs");
      worker.send({ site, count, rounds: Math.max(3, Math.ceil(waits / count)) });
      const { perWait, collectingPerWait, requestsPerLook } = await nextMessage(worker);
      costs.push({ count, microseconds: median(perWait), collecting: collectingPerWait, requestsPerLook });
    }
    return costs;
  } finally {
    server.disconnect();
  }
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
  const [waits = leastWaits, ...counts] = process.argv.slice(2).map(Number);
  console.table(await measureWaitingCost({ waits, counts: counts.length > 0 ? counts : crowds }));
}
