// One process of the waiting measurement: so many wait at once, again and again.
import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { createClient, serviceAccount } from "@atlas-streams/client";

/** @typedef {{ site: { url: string }, count: number, rounds: number }} WaitingTask */

const looks = 3;
const warmUpWaits = 20_000;
const mostWarmUpRounds = 50;

process.once("message", async (/** @type {WaitingTask} */ task) => {
  process.send?.(await measure(task));
  process.disconnect();
});

/** @param {WaitingTask} task */
async function measure({ site: { url }, count, rounds }) {
  const auth = serviceAccount({ clientId: "mdb_sa_id_waiting", clientSecret: "mdb_sa_sk_waiting" });
  const { privateLinkConnections } = createClient({ baseUrl: url, auth, deadlineMs: 600_000 });
  const groupId = idOf(count);
  const ids = Array.from({ length: count }, (_, index) => idOf(index + 1));
  const waitForAll = () =>
    Promise.all(
      ids.map((connectionId) => privateLinkConnections.waitUntilDone({ groupId, connectionId }, { intervalMs: 1 })),
    );
  const requests = async () => Number(await (await fetch(`${url}/requests`)).text());

  const warmUpRounds = Math.min(mostWarmUpRounds, Math.ceil(warmUpWaits / count));
  for (let round = 0; round < warmUpRounds; round++) await waitForAll();
  const requestsBefore = await requests();
  const perWait = [];
  let collecting = 0;
  const collector = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collecting += duration;
  });
  collector.observe({ entryTypes: ["gc"] });
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const done = await waitForAll();
    const { user, system } = process.cpuUsage(before);
    perWait.push((user + system) / count);
    if (done.some(({ state }) => state !== "DONE")) throw new Error("A wait ended before its connection was done.");
  }
  await setImmediate(); // the observer is told of the last collection
  const collectingPerWait = (collecting * 1000) / (rounds * count);
  return { perWait, collectingPerWait, requestsPerLook: ((await requests()) - requestsBefore) / rounds / looks };
}

/** @param {number} number */
function idOf(number) {
  return number.toString(16).padStart(24, "0");
}
