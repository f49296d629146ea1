// Whole lives of connections, by each kind of credential and over each transport, on whatever Node this is.
import { createClient, digest, NotFoundError, serviceAccount } from "@atlas-streams/client";

const [, , baseUrl = "", credentials = "{}"] = process.argv;
const known = JSON.parse(credentials);
const groupId = "32b6e34b3d91647abb20e7b8";
const intervalMs = 50;
let lives = 0;

for (const auth of [serviceAccount(known.serviceAccount), digest(known.digest)]) {
  for (const transport of [{}, { fetch: (url, init) => globalThis.fetch(url, init) }]) {
    await live(createClient({ baseUrl, auth, ...transport }));
    lives++;
  }
}
console.log(`${lives} lives`);

async function live(atlas) {
  const { privateLinkConnections: connections } = atlas;
  const arn = `arn:aws:kafka:us-east-1:123456789012:cluster/orders/${lives}`;
  const { _id: connectionId } = await connections.create({ groupId, body: { provider: "AWS", vendor: "MSK", arn } });
  const one = { groupId, connectionId };
  const { state } = await connections.waitUntilDone(one, { intervalMs });
  if (state !== "DONE") throw new Error(`It ended in ${state}.`);
  await connections.delete(one);
  await connections.waitUntilDeleted(one, { intervalMs });
  const after = await connections.get(one).catch((error) => error);
  if (!(after instanceof NotFoundError)) throw new Error("It is still there.");
  await atlas.close();
}
