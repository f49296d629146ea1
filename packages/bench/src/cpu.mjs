import { bareFetch, contestants } from "./contestants.mjs";
import { nextMessage, startProcess } from "./server-process.mjs";
import { median, quantile } from "./statistics.mjs";

/** Everybody, and bare fetch once more: that shows how far two equal things come out different. */
export const measured = [...contestants, { ...bareFetch, name: `${bareFetch.name}, a second time` }];

/** How much is measured: in each process every contestant has `rounds` batches of `batch` calls. */
export const extent = { processes: 5, rounds: 100, batch: 20, warmUp: 1000 };

/** @typedef {{ name: string, lower: number, median: number, upper: number }} Ratio */

/**
 * The CPU time of each contestant as a ratio to bare `fetch`: median and quartiles of the rounds' ratios.
 * @param {import("./server.mjs").Site} site
 * @param {boolean} parallel
 * @returns {Promise<{ ratios: Ratio[], microsecondsOfFetch: number }>}
 */
export async function measureCpu(site, parallel) {
  /** @type {Record<string, number>[]} */
  const rounds = [];
  for (let started = 0; started < extent.processes; started++) {
    const worker = startProcess("./cpu-worker.mjs");
    worker.send({ site, parallel, ...extent });
    rounds.push(...(await nextMessage(worker)));
  }
  const fetchOf = (/** @type {Record<string, number>} */ round) => round[bareFetch.name] ?? Number.NaN;
  const ratios = measured.map(({ name }) => {
    const values = rounds.map((round) => (round[name] ?? Number.NaN) / fetchOf(round));
    return { name, lower: quantile(values, 0.25), median: median(values), upper: quantile(values, 0.75) };
  });
  return { ratios, microsecondsOfFetch: median(rounds.map(fetchOf)) / extent.batch };
}
