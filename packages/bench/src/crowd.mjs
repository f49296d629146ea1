// What a crowd of calls and an endless answer cost: connections at the server, and memory of the process.
import { nextMessage, startProcess } from "./server-process.mjs";

export const crowd = 1000;
/** How long a contestant may read an answer that never ends. */
export const patienceMs = 3000;
const names = [
  "fetch",
  "openapi-fetch",
  "mcp-atlas-api-client",
  "ours, service account",
  "ours, service account, over fetch",
];

/** @typedef {{ name: string, connections: number, megabytes: number, ended: string }} Bounds */

/**
 * For each contestant, in a process of its own: how many connections are open at once for a thousand parallel calls,
 * and by how much the process grows while it reads an answer that never ends.
 * @param {import("./server-process.mjs").ServerProcess} server
 * @returns {Promise<Bounds[]>}
 */
export async function measureBounds({ site, takeLedger }) {
  const bounds = [];
  for (const name of names) {
    while ((await takeLedger()).connections > 0); // those of the one before
    await ask({ name, site, crowd });
    const { connections } = await takeLedger();
    const { megabytes, ended } = await ask({ name, site: { ...site, connectionId: site.endlessId }, patienceMs });
    bounds.push({ name, connections, megabytes, ended });
  }
  return bounds;
}

/** @param {object} task */
async function ask(task) {
  const worker = startProcess("./crowd-worker.mjs");
  worker.send(task);
  const answer = await nextMessage(worker);
  if (worker.exitCode === null) await new Promise((resolve) => worker.once("exit", resolve));
  return answer;
}
