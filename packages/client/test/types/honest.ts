// What has to compile: every vendor of the facts, as its sources write it, and reading without casts.
import {
  type AccountDetails,
  ApiError,
  type AtlasClient,
  AtlasError,
  createClient,
  isAtlasError,
  isConnectionOf,
  type KnownVendor,
  type PrivateLinkConnection,
  type PrivateLinkConnectionKind,
  type PrivateLinkConnectionRequest,
  RateLimitError,
  type StreamConnectionRequest,
  type Unlisted,
  unlisted,
  WaitFailedError,
  type WaitProgress,
} from "../../src/index.js";

declare const atlas: AtlasClient;
declare const groupId: string;
declare const connectionId: string;
const region = "us-east-1";
const serviceEndpointId = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0";
const dnsDomain = "sample.us-east-1.aws.confluent.cloud";
const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/6ba7b810-9dad-11d1-80b4-00c04fd430c8-1";

/** True where two types are the same, to the letter. */
type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
/** The texts that an editor suggests; none where they have dissolved in `string`. */
type Suggestions<Text> = Text extends Unlisted
  ? never
  : Text extends string
    ? string extends Text
      ? never
      : Text
    : never;
const holds = <_Claim extends true>() => undefined;

export const requests: readonly PrivateLinkConnectionRequest[] = [
  { provider: "AWS", vendor: "MSK", arn },
  { provider: "AWS", vendor: "MSK", arn, authenticationScheme: "SASL_SCRAM" },
  { provider: "AWS", vendor: "MSK", arn, authenticationScheme: "ONE_OF_TOMORROW" },
  // Confluent at AWS: dedicated, serverless, Enterprise
  {
    provider: "AWS",
    vendor: "CONFLUENT",
    region,
    serviceEndpointId,
    dnsDomain,
    dnsSubDomain: [`use1-az1.${dnsDomain}`],
  },
  { provider: "AWS", vendor: "CONFLUENT", region, serviceEndpointId, dnsDomain, dnsSubDomain: [] },
  { provider: "AWS", vendor: "CONFLUENT", region, serviceEndpointId, dnsDomain },
  { provider: "AWS", vendor: "CONFLUENT", region, serviceEndpointId, dnsSubDomain: [] },
  // Kinesis: the sources disagree on serviceEndpointId
  { provider: "AWS", vendor: "KINESIS", region, serviceEndpointId },
  { provider: "AWS", vendor: "KINESIS", region },
  { provider: "AWS", vendor: "S3", region, serviceEndpointId: "com.amazonaws.us-east-1.s3" },
  { provider: "AWS", vendor: "LAMBDA", region, serviceEndpointId: "com.amazonaws.us-east-1.lambda" },
  { provider: "AZURE", vendor: "EVENTHUB", region: "eastus2", dnsDomain, serviceEndpointId },
  { provider: "AZURE", vendor: "CONFLUENT", region: "eastus2", dnsDomain, azureResourceIds: ["/subscriptions/0"] },
  { provider: "AZURE", vendor: "AZURE_BLOB_STORAGE", region: "eastus2", dnsDomain, serviceEndpointId },
  { provider: "AZURE", vendor: "GENERIC", region: "US_EAST_2", dnsDomain, serviceEndpointId },
  { provider: "AZURE", region: "US_EAST_2", dnsDomain, serviceEndpointId },
  {
    provider: "GCP",
    vendor: "CONFLUENT",
    region: "us-central1",
    dnsDomain,
    gcpServiceAttachmentUris: ["projects/sample"],
  },
  { provider: "GCP", vendor: "PUBSUB", region: "us-east4" },
  // What is newer than this client: visibly so, and with any field
  { provider: unlisted("AWS"), vendor: unlisted("ONE_OF_TOMORROW"), region, tables: ["one", "two"] },
  { provider: unlisted("IBM"), vendor: unlisted("EVENT_STREAMS"), crn: "crn:v1" },
];

/** A body that is put together before it is sent. */
export function bodyOf(vendor: "S3" | "LAMBDA"): PrivateLinkConnectionRequest {
  return { provider: "AWS", vendor, region, serviceEndpointId };
}

export function read(connection: PrivateLinkConnection): readonly (string | undefined)[] {
  if (isConnectionOf(connection, "AWS", "MSK")) {
    holds<Same<typeof connection.vendor, "MSK">>();
    return [connection.arn, connection.region, connection.dnsDomain, connection.serviceEndpointId, connection.state];
  }
  if (isConnectionOf(connection, "AWS", "CONFLUENT")) return connection.dnsSubDomain ?? [];
  if (isConnectionOf(connection, "AWS", "KINESIS")) return [connection.serviceEndpointId];
  if (isConnectionOf(connection, "AWS", "S3")) return [connection.interfaceEndpointId, connection.providerAccountId];
  if (isConnectionOf(connection, "AWS", "LAMBDA")) return [connection.interfaceEndpointName];
  if (isConnectionOf(connection, "AZURE", "EVENTHUB")) return [connection.dnsDomain];
  if (isConnectionOf(connection, "AZURE", "CONFLUENT")) return connection.azureResourceIds ?? [];
  if (isConnectionOf(connection, "AZURE", "AZURE_BLOB_STORAGE")) return [connection.serviceEndpointId];
  if (isConnectionOf(connection, "AZURE", "GENERIC")) return [connection.serviceEndpointId, connection.errorMessage];
  if (isConnectionOf(connection, "GCP", "CONFLUENT")) return connection.gcpServiceAttachmentUris ?? [];
  if (isConnectionOf(connection, "GCP", "PUBSUB")) return connection.gcpConnectionIds ?? [];
  // Whatever else there will be is still a connection.
  holds<Same<typeof connection, PrivateLinkConnection>>();
  return [connection._id, connection.provider, connection.vendor];
}

/** Values that nobody knows yet are read and compared like those that are known. */
export function isOfTomorrow(connection: PrivateLinkConnection): boolean {
  return connection.provider === "IBM" || connection.vendor === "ONE_OF_TOMORROW" || connection.state === "REBALANCING";
}
export const ofTomorrow: PrivateLinkConnection = {
  _id: "66f0c1d2e3a4b5c6d7e8f901",
  provider: "IBM",
  vendor: "EVENT_STREAMS",
  state: "REBALANCING",
};

// What an editor suggests: what there are kinds of.
type Kind = PrivateLinkConnectionKind;
type States = "IDLE" | "WORKING" | "DONE" | "FAILED" | "DELETE_REQUESTED" | "DELETING" | "DELETED";
holds<Same<Suggestions<PrivateLinkConnection["provider"]>, Kind["provider"]>>();
holds<Same<Suggestions<PrivateLinkConnection["vendor"]>, Kind["vendor"]>>();
holds<"MSK" extends Kind["vendor"] ? true : false>();
holds<string extends Kind["vendor"] ? false : true>();
holds<Same<Suggestions<PrivateLinkConnection["state"]>, States>>();
holds<Same<Suggestions<WaitProgress["state"]>, States>>();
holds<Same<Suggestions<WaitFailedError["state"]>, States>>();
holds<Same<Suggestions<PrivateLinkConnectionRequest["provider"]>, Kind["provider"]>>();
holds<Same<Suggestions<Extract<PrivateLinkConnectionRequest, { provider: "GCP" }>["vendor"]>, KnownVendor<"GCP">>>();
// … and that the open texts are open: any string goes.
holds<string extends PrivateLinkConnection["provider"] ? true : false>();
holds<string extends NonNullable<PrivateLinkConnection["vendor"]> ? true : false>();
holds<string extends NonNullable<PrivateLinkConnection["state"]> ? true : false>();

/** Each way to a Kafka cluster, and kinds of stream connections. */
export const streams: readonly StreamConnectionRequest[] = [
  ...[
    { access: { type: "PRIVATE_LINK", connectionId: "66f0c1d2e3a4b5c6d7e8f901" } } as const,
    { access: { type: "PUBLIC" } } as const,
    { access: { type: unlisted("TRANSIT_GATEWAY"), tgwRouteId: "66f0c1d2e3a4b5c6d7e8f901" } },
  ].map((networking) => ({
    name: "orders",
    type: "Kafka" as const,
    bootstrapServers: "example.com:9098",
    authentication: { mechanism: "SCRAM-512", username: "streams", password: "not-a-real-password" },
    security: { protocol: "SASL_SSL" },
    networking,
  })),
  {
    name: "cluster",
    type: "Cluster",
    clusterName: "orders",
    dbRoleToExecute: { role: "atlasAdmin", type: "BUILT_IN" },
  },
  { name: "sample_stream_solar", type: "Sample" },
  { name: "newer", type: unlisted("Newer"), place: "somewhere" },
];

export async function live(signal: AbortSignal): Promise<void> {
  const { privateLinkConnections: connections } = atlas;
  for (const body of requests) await connections.create({ groupId, body }, { signal, deadlineMs: 60_000 });
  for await (const connection of connections.list({ groupId, itemsPerPage: 500 }, { signal })) read(connection);
  const { results, totalCount = 0 } = await connections.listPage({ groupId, pageNum: 2 });
  holds<Same<typeof results, PrivateLinkConnection[]>>();
  holds<Same<typeof totalCount, number>>();
  await connections.update({ groupId, connectionId, body: { dnsDomain } });
  const done = await connections.waitUntilDone(
    { groupId, connectionId },
    { intervalMs: 1, timeoutMs: 2, signal, onProgress: (progress) => holds<Same<typeof progress, WaitProgress>>() },
  );
  holds<Same<typeof done, PrivateLinkConnection>>();
  // Options that are put together from what may be absent.
  const given: { signal?: AbortSignal; timeoutMs?: number } = {};
  await connections.waitUntilDone({ groupId, connectionId }, { signal: given.signal, timeoutMs: given.timeoutMs });
  await connections.get({ groupId, connectionId, envelope: true }, { signal: given.signal, retry: false });
  const removed = await connections.delete({ groupId, connectionId });
  holds<Same<typeof removed, void>>();
  await connections.waitUntilDeleted({ groupId, connectionId });
}

export async function rawly(): Promise<string | undefined> {
  const path = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}";
  const { data, error, response } = await atlas.raw.GET(path, { params: { path: { groupId, connectionId } } });
  holds<Same<typeof response, Response>>();
  if (error) return "errorCode" in error ? error.errorCode : error.message;
  holds<Same<typeof data, PrivateLinkConnection>>();
  return data.state;
}

export async function accountOf(cloudProvider: string): Promise<string | undefined> {
  const account: AccountDetails = await atlas.streams.getAccountDetails({ groupId, cloudProvider, regionName: region });
  if (account.cloudProvider === "aws") return account.vpcId;
  if (account.cloudProvider === "azure") return account.virtualNetworkName;
  if (account.cloudProvider === "gcp") return account.gcpProjectId;
  return undefined;
}

export function explain(error: unknown): string | undefined {
  if (error instanceof RateLimitError) return `${error.code} ${(error.retryAfterMs ?? 0) / 1000}`;
  if (error instanceof ApiError) return `${error.status} ${error.errorCode} ${error.detail}`;
  if (error instanceof WaitFailedError) return `${error.connection._id} ${error.state} ${error.errorMessage}`;
  return error instanceof AtlasError ? error.code : undefined;
}

// What is caught narrows by its code as it does by its class.
export function waitOf(caught: unknown): number | undefined {
  if (isAtlasError(caught) && caught.code === "RATE_LIMIT") return caught.retryAfterMs;
  if (isAtlasError(caught) && caught.code === "API") return caught.status;
  return undefined;
}

// What a caller has or has not, such as a setting that may be missing, can be handed on as it is.
export function withSettings(settings: { timeoutMs?: number; attempts?: number; headers?: Record<string, string> }) {
  const { timeoutMs, attempts, headers } = settings;
  const atlas = createClient({ timeoutMs, fetch: undefined, clock: undefined, retry: { attempts } });
  return atlas.privateLinkConnections.listPage(
    { groupId, itemsPerPage: undefined, pageNum: undefined },
    { timeoutMs, headers },
  );
}
