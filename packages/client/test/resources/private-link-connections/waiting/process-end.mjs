// Waits on the real clock, and then does nothing: the process has to end by itself.
import { createClient, serviceAccount } from "@atlas-streams/client";

const { url, account, groupId, ids } = JSON.parse(process.env.SERVICE);
const { privateLinkConnections: connections } = createClient({ baseUrl: url, auth: serviceAccount(account) });
const [connectionId] = ids;
await connections.get({ groupId, connectionId }); // a login has time limits of its own, and is not what is measured here

const ways = {
  async "to the end"() {
    const waits = ids.map((connectionId) => connections.waitUntilDone({ groupId, connectionId }, { intervalMs: 10 }));
    const states = (await Promise.all(waits)).map(({ state }) => state);
    await connections.waitUntilDeleted({ groupId, connectionId }, { intervalMs: 10 });
    return states;
  },
  async "until aborted"() {
    const abort = new AbortController();
    return connections.waitUntilDone(
      { groupId, connectionId },
      { signal: abort.signal, onProgress: () => abort.abort() },
    );
  },
  async "in vain"() {
    return connections.waitUntilDone({ groupId, connectionId }, { timeoutMs: 50 });
  },
};

const end = await ways[process.argv[2]]().catch(({ name }) => name);
await new Promise((resolve) => setImmediate(resolve)); // what has just been called off is still listed until then
const timers = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout");
const endedAt = performance.now();
process.on("exit", () => {
  console.log(JSON.stringify({ end, timers, msUntilExit: performance.now() - endedAt }));
});
