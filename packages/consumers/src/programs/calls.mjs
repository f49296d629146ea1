// What is bundled and run: it lists the connections of a mock.
import { createClient, isAtlasError, NotFoundError, serviceAccount } from "@atlas-streams/client";

export async function calls(baseUrl, credentials, groupId) {
  const atlas = createClient({ baseUrl, auth: serviceAccount(credentials) });
  const found = [];
  for await (const { provider, state } of atlas.privateLinkConnections.list({ groupId }))
    found.push(`${provider} ${state}`);
  const missing = { groupId, connectionId: "a".repeat(24) };
  const error = await atlas.privateLinkConnections.delete(missing).catch((failure) => failure);
  await atlas.close();
  return `${found.join(", ")}; ${error instanceof NotFoundError} ${isAtlasError(error) && error.code}`;
}
