// What a consumer's own code may look like: each entry of each package, by its types.
import {
  type AtlasClient,
  type ClientOptions,
  createClient,
  isAtlasError,
  isConnectionOf,
  NotFoundError,
  type PrivateLinkConnection,
  serviceAccount,
  unlisted,
  WaitFailedError,
} from "@atlas-streams/client";
import { fileTokenStore } from "@atlas-streams/client/token-file";
import { startMock } from "@atlas-streams/mock";
import { type components, operationTable, type paths } from "@atlas-streams/types";

const groupId = "32b6e34b3d91647abb20e7b8";

export function client(options: ClientOptions): AtlasClient<paths> {
  const store = fileTokenStore({ directory: "tokens" });
  return createClient({ auth: serviceAccount({ clientId: "a", clientSecret: "b", store }), ...options });
}

export async function life(atlas: AtlasClient): Promise<string | undefined> {
  const { _id: connectionId } = await atlas.privateLinkConnections.create({
    groupId,
    body: { provider: "AZURE", vendor: "EVENTHUB", region: "eastus2", dnsDomain: "d", serviceEndpointId: "s" },
  });
  await atlas.privateLinkConnections.create({
    groupId,
    body: { provider: unlisted("A"), vendor: unlisted("B"), any: 1 },
  });
  const done: PrivateLinkConnection = await atlas.privateLinkConnections.waitUntilDone({ groupId, connectionId });
  for await (const one of atlas.privateLinkConnections.list({ groupId }))
    if (isConnectionOf(one, "AWS", "MSK")) return one.arn;
  const { data, error } = await atlas.raw.GET(
    "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}",
    { params: { path: { groupId, connectionId } } },
  );
  if (error) return undefined;
  const state: components["schemas"]["ConnectionState"] | undefined = data.state ?? done.state;
  return state;
}

export function tell(error: unknown): string | undefined {
  if (error instanceof WaitFailedError) return error.errorMessage;
  if (error instanceof NotFoundError) return error.detail;
  return isAtlasError(error) && error.code === "RATE_LIMIT" ? String(error.retryAfterMs) : undefined;
}

export async function mocked(): Promise<string> {
  const mock = await startMock({ connections: [], faults: [{ fault: { kind: "rate-limited" }, nth: 1 }] });
  await mock.stop();
  return `${mock.url}${operationTable.length}`;
}

// @ts-expect-error A mistake has to be seen in every setting.
export const mistake: number = client({ timeoutMs: "soon" });
