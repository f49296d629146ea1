// A life of a connection by the vendor's own client, as it is, over https: called with the mock's URL and credentials,
// in a process that trusts its authority. Prints what it saw.
import { ApiClient, ClientCredentialsAuthProvider } from "@mongodb-js/mcp-atlas-api-client";

const [baseUrl, clientId, clientSecret] = process.argv.slice(2);
const groupId = "32b6e34b3d91647abb20e7b8";
const path = { groupId };
const silent = { debug() {}, info() {}, warning() {}, error() {} };
const options = { baseUrl, userAgent: "mock-test", httpClient: { fetch, Request } };
const authProvider = new ClientCredentialsAuthProvider({ ...options, clientId, clientSecret }, silent);
const client = new ApiClient({ options, logger: silent, authProvider });

const body = { provider: "AWS", vendor: "MSK", arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/1" };
const made = await client.createPrivateLinkConnection({ params: { path }, body });
const params = { path: { groupId, connectionId: made._id } };
const read = () => client.getPrivateLinkConnection({ params });
const list = await client.listPrivateLinkConnections({ params: { path } });
const states = [(await read()).state, (await read()).state];
await client.deletePrivateLinkConnection({ params });
let error;
for (let reads = 0; !error && reads < 10; reads += 1)
  await read().then(
    ({ state }) => states.push(state),
    (failure) => (error = failure),
  );
await client.close();
console.log(
  JSON.stringify({ made, totalCount: list.totalCount, states, error: error.apiError, message: error.message }),
);
