// The life of a connection, as a route or a page of Next.js has it: whatever a patched fetch keeps or shares would show.
import { createClient, serviceAccount } from "@atlas-streams/client";

const { BASE_URL, CLIENT_ID, CLIENT_SECRET } = process.env;
const transports = { "node:http": {}, fetch: { fetch: (url, init) => fetch(url, init) } };

export async function live(transport) {
  const auth = serviceAccount({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
  const atlas = createClient({ auth, baseUrl: BASE_URL, ...transports[transport] });
  const connections = atlas.privateLinkConnections;
  const groupId = crypto.randomUUID().replaceAll("-", "").slice(0, 24);
  const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/0123abcd";
  const { _id } = await connections.create({ groupId, body: { provider: "AWS", vendor: "MSK", arn } });
  const one = { groupId, connectionId: _id };
  const [wait, limits] = [
    { intervalMs: 50, timeoutMs: 10_000 },
    { timeoutMs: 5_000, deadlineMs: 10_000 },
  ];
  const states = [(await connections.get(one, limits)).state];
  states.push((await connections.waitUntilDone(one, wait)).state);
  states.push((await connections.get(one, limits)).state);
  await connections.delete(one, limits);
  await connections.waitUntilDeleted(one, wait);
  states.push(await connections.get(one, limits).catch(({ code }) => code));
  await atlas.close();
  return `${groupId}: ${states.join(" ")}`;
}

/** What came of it, in a form that is found in a page. */
export async function tell(transport) {
  try {
    return `[[${await live(transport)}]]`;
  } catch (error) {
    if (error.digest) throw error; // Next's own way to say that a page cannot be made beforehand
    return `[[${error.name}: ${error.message}; ${error.cause?.message}]]`;
  }
}
