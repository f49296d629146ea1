// One process of the waiting measurement: so many wait at once, again and again.
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
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const done = await waitForAll();
    const { user, system } = process.cpuUsage(before);
    perWait.push((user + system) / count);
    if (done.some(({ state }) => state !== "DONE")) throw new Error("A wait ended before its connection was done.");
  }
  return { perWait, requestsPerLook: ((await requests()) - requestsBefore) / rounds / looks };
}

/** @param {number} number */
function idOf(number) {
  return number.toString(16).padStart(24, "0");
}
