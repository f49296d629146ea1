import {
  ApiError,
  type AtlasClient,
  ConnectionError,
  isConnectionOf,
  type PrivateLinkConnection,
  RateLimitError,
  WaitFailedError,
  WaitTimeoutError,
} from "../../../src/index.js";

declare const atlas: AtlasClient;
declare const connection: PrivateLinkConnection;
declare const error: unknown;
const groupId = "32b6e34b3d91647abb20e7b8";
const connectionId = "66f0c1d2e3a4b5c6d7e8f901";

// @ts-expect-error A field may be absent until it is looked for. TS2322: Type 'string | undefined' is not assignable to type 'string'
export const arn: string = connection.arn;
// @ts-expect-error A misspelt field cannot be read. TS2551: Did you mean 'dnsDomain'?
connection.dnsDomian;
// @ts-expect-error What the service has assigned is not ours to change. TS2540: Cannot assign to '_id' because it is a read-only property
connection._id = connectionId;

if (isConnectionOf(connection, "AWS", "MSK")) {
  // @ts-expect-error A connection to MSK has no resource ids of Azure. TS2339: Property 'azureResourceIds' does not exist
  connection.azureResourceIds;
  // @ts-expect-error A connection that is of MSK is of nothing else. TS2367: This comparison appears to be unintentional because the types '"MSK"' and '"S3"' have no overlap
  if (connection.vendor === "S3") throw error;
}
if (isConnectionOf(connection, "GCP", "CONFLUENT")) {
  // @ts-expect-error Confluent at Google Cloud has no service endpoint to read. TS2339: Property 'serviceEndpointId' does not exist
  connection.serviceEndpointId;
}
// @ts-expect-error No vendor of another provider is asked for. TS2345: Argument of type '"EVENTHUB"' is not assignable to parameter of type
isConnectionOf(connection, "AWS", "EVENTHUB");
// @ts-expect-error No provider that is unknown is asked for. TS2345: Argument of type '"IBM"' is not assignable to parameter of type
isConnectionOf(connection, "IBM", "MSK");

// @ts-expect-error A list is walked through, not indexed. TS7053: Property '0' does not exist on type 'AsyncGenerator
atlas.privateLinkConnections.list({ groupId })[0];
// @ts-expect-error A list is walked through with await. TS2488: must have a '[Symbol.iterator]()' method
for (const each of atlas.privateLinkConnections.list({ groupId })) throw each;
// @ts-expect-error A page may not say how many there are in all. TS18048: 'page.totalCount' is possibly 'undefined'
atlas.privateLinkConnections.listPage({ groupId }).then((page) => page.totalCount > 1);
// @ts-expect-error A connection that is removed is not given back. TS2339: Property 'state' does not exist on type 'void'
atlas.privateLinkConnections.waitUntilDeleted({ groupId, connectionId }).then((gone) => gone.state);

// @ts-expect-error What is caught may be anything. TS18046: 'error' is of type 'unknown'
error.code;
if (error instanceof ApiError) {
  // @ts-expect-error There is no such code of an answer. TS2367: This comparison appears to be unintentional because the types 'ApiErrorCode' and '"NOTFOUND"' have no overlap
  if (error.code === "NOTFOUND") throw error;
  // @ts-expect-error A status is a number. TS2367: the types 'number' and 'string' have no overlap
  if (error.status === "404") throw error;
  // @ts-expect-error Only a 429 asks to wait. TS2339: Property 'retryAfterMs' does not exist on type 'ApiError'
  error.retryAfterMs;
}
if (error instanceof RateLimitError) {
  // @ts-expect-error A 429 need not say how long. TS18048: 'error.retryAfterMs' is possibly 'undefined'
  error.retryAfterMs + 1;
}
if (error instanceof ConnectionError) {
  // @ts-expect-error Where nothing answered, there is no code of the service. TS2339: Property 'errorCode' does not exist on type 'ConnectionError'
  error.errorCode;
}
if (error instanceof WaitFailedError) {
  // @ts-expect-error The code of a class is one. TS2367: the types '"WAIT_FAILED"' and '"WAIT_TIMEOUT"' have no overlap
  if (error.code === "WAIT_TIMEOUT") throw error;
}
if (error instanceof WaitTimeoutError) {
  // @ts-expect-error A wait that took too long has no connection to show. TS2339: Property 'connection' does not exist on type 'WaitTimeoutError'
  error.connection;
}
