import { type AtlasClient, type StreamConnection, type StreamConnectionRequest, unlisted } from "../../../src/index.js";

declare const atlas: AtlasClient;
declare const connection: StreamConnection;
const groupId = "32b6e34b3d91647abb20e7b8";
const tenantName = "orders";
const connectionId = "66f0c1d2e3a4b5c6d7e8f901";
const create = (body: StreamConnectionRequest) => atlas.streamConnections.create({ groupId, tenantName, body });
const bootstrapServers = "example.com:9098";
const authentication = { mechanism: "SCRAM-512", username: "streams" };
const kafka = { name: "orders", type: "Kafka", bootstrapServers, authentication, security: {} } as const;

// @ts-expect-error A way through a Private Link names it. TS2322: Property 'connectionId' is missing
create({ ...kafka, networking: { access: { type: "PRIVATE_LINK" } } });
// @ts-expect-error The internet is not a Private Link. TS2322: Type '"PUBLIC_LINK"' is not assignable to type
create({ ...kafka, networking: { access: { type: "PUBLIC_LINK", connectionId } } });
// @ts-expect-error A Kafka cluster has brokers. TS2345: Property 'bootstrapServers' is missing
create({ name: "orders", type: "Kafka", authentication, security: {} });
// @ts-expect-error An Atlas cluster has no brokers. TS2353: 'bootstrapServers' does not exist
create({ name: "orders", type: "Cluster", clusterName: "orders", dbRoleToExecute: null, bootstrapServers });
// @ts-expect-error Types are written as the service does. TS2820: Did you mean '"Kafka"'?
create({ ...kafka, type: "kafka" });
// @ts-expect-error A type that is newer than this client has to be marked as such. TS2322: Type '"Redis"' is not assignable to type
create({ name: "orders", type: "Redis" });
// @ts-expect-error Where a connection is, the service says. TS2353: 'region' does not exist
create({ ...kafka, region: "VIRGINIA_USA" });
// @ts-expect-error A workspace is named by tenantName. TS2345: Property 'tenantName' is missing
atlas.streamConnections.get({ groupId, connectionName: "orders" });
// @ts-expect-error A workspace is somewhere. TS2741: Property 'dataProcessRegion' is missing
atlas.streamWorkspaces.create({ groupId, body: { name: "orders" } });
// @ts-expect-error A password does not come back. TS2339: Property 'password' does not exist
export const password = connection.authentication?.password;
export const newer = create({ name: "orders", type: unlisted("Redis"), url: "redis://example.com" });
