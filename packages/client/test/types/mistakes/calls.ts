import { type AtlasClient, createClient, digest, serviceAccount } from "../../../src/index.js";

declare const atlas: AtlasClient;
const connections = atlas.privateLinkConnections;
const groupId = "32b6e34b3d91647abb20e7b8";
const connectionId = "66f0c1d2e3a4b5c6d7e8f901";
const listPath = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";
const path = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}";

// The methods.

// @ts-expect-error A connection is named by its id. TS2345: Property 'connectionId' is missing
connections.get({ groupId });
// @ts-expect-error A connection is in a project. TS2741: Property 'groupId' is missing
connections.delete({ connectionId });
// @ts-expect-error Ids have their names. TS2345: Argument of type 'string' is not assignable to parameter of type 'PrivateLinkConnectionParameters'
connections.delete(connectionId);
// @ts-expect-error An id is a text. TS2322: Type 'number' is not assignable to type 'string'
connections.get({ groupId, connectionId: 66 });
// @ts-expect-error Atlas calls a project a group. TS2353: 'projectId' does not exist
connections.list({ projectId: groupId });
// @ts-expect-error The size of a page is a number. TS2322: Type 'string' is not assignable to type 'number'
connections.list({ groupId, itemsPerPage: "500" });
// @ts-expect-error All pages are walked through, so none is named. TS2353: 'pageNum' does not exist
connections.list({ groupId, pageNum: 2 });
// @ts-expect-error An update names the domain. TS2741: Property 'dnsDomain' is missing
connections.update({ groupId, connectionId, body: {} });
// @ts-expect-error Nothing but the domain can be changed. TS2353: 'region' does not exist
connections.update({ groupId, connectionId, body: { dnsDomain: "sample.confluent.cloud", region: "us-east-1" } });
// @ts-expect-error The body of a create is called body. TS2353: 'request' does not exist
connections.create({ groupId, request: { provider: "GCP", vendor: "PUBSUB", region: "us-east4" } });

// Their options.

// @ts-expect-error A time limit says that it is in milliseconds. TS2561: Did you mean to write 'timeoutMs'?
connections.get({ groupId, connectionId }, { timeout: 1000 });
// @ts-expect-error A signal is an AbortSignal, not the controller. TS2740: is missing the following properties from type 'AbortSignal'
connections.get({ groupId, connectionId }, { signal: new AbortController() });
// @ts-expect-error Retries are counted in attempts. TS2353: 'retries' does not exist in type 'RetryOptions'
connections.get({ groupId, connectionId }, { retry: { retries: 3 } });
// @ts-expect-error An interval says that it is in milliseconds. TS2561: Did you mean to write 'intervalMs'?
connections.waitUntilDone({ groupId, connectionId }, { interval: 1000 });
// @ts-expect-error A wait has no deadline beside its timeoutMs. TS2353: 'deadlineMs' does not exist in type 'WaitOptions'
connections.waitUntilDone({ groupId, connectionId }, { deadlineMs: 1000 });
// @ts-expect-error There is nothing else to read from progress than what there is. TS2339: Property 'percent' does not exist on type 'WaitProgress'
connections.waitUntilDone({ groupId, connectionId }, { onProgress: ({ percent }) => percent });
// @ts-expect-error There may be no state yet. TS18048: 'state' is possibly 'undefined'
connections.waitUntilDone({ groupId, connectionId }, { onProgress: ({ state }) => state.length });

// The client and its credentials.

// @ts-expect-error The base URL is called baseUrl. TS2561: Did you mean to write 'baseUrl'?
createClient({ baseURL: "https://cloud.mongodb.com" });
// @ts-expect-error Credentials are made by a function. TS2353: 'clientId' does not exist in type 'Credentials'
createClient({ auth: { clientId: "mdb_sa_id_1", clientSecret: "mdb_sa_sk_1" } });
// @ts-expect-error A service account has a secret. TS2741: Property 'clientSecret' is missing
serviceAccount({ clientId: "mdb_sa_id_1" });
// @ts-expect-error Digest takes keys, not a user name. TS2353: 'username' does not exist
digest({ username: "abcdefgh", password: "c1c1e0a0" });
// @ts-expect-error Regions are named where an account is asked for. TS2741: Property 'regionName' is missing
atlas.streams.getAccountDetails({ groupId, cloudProvider: "aws" });

// The raw client.

// @ts-expect-error MSK wants an arn from raw, too. TS2322: Property 'arn' is missing
atlas.raw.POST(listPath, { params: { path: { groupId } }, body: { provider: "AWS", vendor: "MSK" } });
atlas.raw.POST(listPath, {
  params: { path: { groupId } },
  // @ts-expect-error A misspelt field of a raw body is named with the request that it is not in. TS2353: 'arm' does not exist in type 'AwsMskRequest'
  body: { provider: "AWS", vendor: "MSK", arm: "arn:aws:kafka" },
});
atlas.raw.POST(listPath, {
  params: { path: { groupId } },
  // @ts-expect-error A raw body of a vendor that is not listed is told of unlisted(). TS2322: ["see unlisted()"]
  body: { provider: "AWS", vendor: "REDSHIFT", region: "us-east-1" },
});
// @ts-expect-error A path that is not described is not called. TS2345: is not assignable to parameter of type 'PathsWithMethod<paths, "get">'
atlas.raw.GET("/api/atlas/v2/groups/{groupId}/streams/privateLinks", { params: { path: { groupId } } });
// @ts-expect-error A method that a path does not have is not called. TS2345: is not assignable to parameter of type
atlas.raw.DELETE(listPath, { params: { path: { groupId } } });
// @ts-expect-error The ids of a path are not left out altogether. TS2554: Expected 2 arguments, but got 1
atlas.raw.GET(path);
// @ts-expect-error All the ids of a path are given. TS2741: Property 'connectionId' is missing
atlas.raw.GET(path, { params: { path: { groupId } } });
// @ts-expect-error A query has the names that are described. TS2561: Did you mean to write 'pageNum'?
atlas.raw.GET(listPath, { params: { path: { groupId }, query: { pageNumber: 2 } } });
// @ts-expect-error A body is checked as that of an update. TS2322: Type 'number' is not assignable to type 'string'
atlas.raw.PATCH(path, { params: { path: { groupId, connectionId } }, body: { dnsDomain: 1 } });
// @ts-expect-error A body is not left out. TS2345: Property 'body' is missing
atlas.raw.POST(listPath, { params: { path: { groupId } } });

const { data, error } = await atlas.raw.GET(path, { params: { path: { groupId, connectionId } } });
// @ts-expect-error Data is looked at after the error has been. TS18048: 'data' is possibly 'undefined'
data.state;
if (error) {
  // @ts-expect-error Where there is an error, there is no data. TS18048: 'data' is possibly 'undefined'
  data.state;
}
