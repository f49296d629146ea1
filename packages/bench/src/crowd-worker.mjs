// One process of the bounds: a thousand calls at once, or one answer that never ends.
import { contestants } from "./contestants.mjs";

process.once("message", async (/** @type {any} */ { name, site, crowd, patienceMs }) => {
  const contestant = contestants.find((each) => each.name === name);
  const read = await contestant?.open(site);
  if (!read) throw new Error(`There is no contestant ${name}.`);
  const answer = crowd ? await readAtOnce(read, crowd) : await readForEver(read, patienceMs);
  process.send?.(answer, () => process.exit());
});

/**
 * @param {() => Promise<unknown>} read
 * @param {number} crowd
 */
async function readAtOnce(read, crowd) {
  await Promise.all(Array.from({ length: crowd }, () => read()));
  return {};
}

/**
 * @param {() => Promise<unknown>} read
 * @param {number} patienceMs
 */
async function readForEver(read, patienceMs) {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  const patience = new Promise((resolve) => setTimeout(resolve, patienceMs, "still reading"));
  const ended = await Promise.race([
    patience,
    read().then(
      () => "resolved",
      (error) => (error instanceof Error ? error.name : String(error)),
    ),
  ]);
  clearInterval(watch);
  return { megabytes: (Math.max(most, process.memoryUsage().rss) - before) / 1024 ** 2, ended };
}
