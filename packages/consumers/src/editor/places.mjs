// Places where a user of the client stops and looks at what the editor has to say. ‸ is the cursor.

const opening = `import { createClient, digest, isAtlasError, isConnectionOf, NotFoundError, serviceAccount, unlisted, WaitFailedError } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";
declare const groupId: string, connectionId: string, tenantName: string, error: unknown;
const atlas = createClient();
const connections = atlas.privateLinkConnections;
const named = { groupId, connectionId };
`;

/**
 * @typedef {object} Place
 * @property {string} title
 * @property {string} code
 * @property {readonly string[]} [offers] all that is offered, in the order of the alphabet
 * @property {readonly string[]} [shows] what the name before the cursor shows, among other things
 */

/**
 * @param {string} title
 * @param {string} code
 * @param {string} offers
 * @returns {Place}
 */
const offering = (title, code, offers) => ({ title, code: opening + code, offers: offers.split(" ").sort() });
/**
 * @param {string} title
 * @param {string} code
 * @param {string[]} shows
 * @returns {Place}
 */
const showing = (title, code, ...shows) => ({ title, code: opening + code, shows });
const create = (/** @type {string} */ body) => `connections.create({ groupId, body: { ${body} } });`;

export const places = [
  offering("provider offers every provider", create('provider: "‸"'), "AWS AZURE GCP"),
  offering("vendor offers those of AWS", create('provider: "AWS", vendor: "‸"'), "CONFLUENT KINESIS LAMBDA MSK S3"),
  offering(
    "vendor offers those of Azure",
    create('provider: "AZURE", vendor: "‸"'),
    "AZURE_BLOB_STORAGE CONFLUENT EVENTHUB GENERIC",
  ),
  offering("vendor offers those of Google Cloud", create('provider: "GCP", vendor: "‸"'), "CONFLUENT PUBSUB"),
  offering("an MSK cluster has an arn", create('provider: "AWS", vendor: "MSK", ‸'), "arn authenticationScheme"),
  offering(
    "Event Hubs has the fields of its request",
    create('provider: "AZURE", vendor: "EVENTHUB", ‸'),
    "dnsDomain region serviceEndpointId",
  ),
  offering(
    "after Azure, a vendor and the fields of all of them",
    create('provider: "AZURE", ‸'),
    "azureResourceIds dnsDomain region serviceEndpointId vendor",
  ),
  offering(
    "a raw body has the fields of its request",
    'atlas.raw.POST("/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections", { params: { path: { groupId } }, body: { provider: "AZURE", vendor: "EVENTHUB", ‸ } });',
    "dnsDomain region serviceEndpointId",
  ),
  offering("only a domain can be changed", "connections.update({ ...named, body: { ‸ } });", "dnsDomain"),
  offering(
    "a state is compared with those that are known",
    'if ((await connections.get(named)).state === "‸") {}',
    "DELETED DELETE_REQUESTED DELETING DONE FAILED IDLE WORKING",
  ),
  offering(
    "each resource is offered",
    "atlas.‸",
    "close id privateLinkConnections raw streamConnections streamWorkspaces streams",
  ),
  offering(
    "the methods of connections are offered",
    "connections.‸",
    "create createOrAdopt delete get list listPage update waitUntilDeleted waitUntilDone",
  ),
  offering(
    "the options of a wait are offered",
    "connections.waitUntilDone(named, { ‸ });",
    "intervalMs onProgress signal timeoutMs",
  ),
  offering("a service account has an id and a secret", "serviceAccount({ ‸ });", "clientId clientSecret store"),
  showing(
    "an error that its code has narrowed shows the fields of its class",
    'if (isAtlasError(error) && error.code === "RATE_LIMIT") error.retryAfterMs‸;',
    "RateLimitError.retryAfterMs",
    "in milliseconds",
  ),
  showing(
    "a connection is shown by its name",
    "const made‸ = await connections.get(named);",
    "const made: PrivateLinkConnection",
  ),
  showing(
    "a page is shown by the names of what it holds",
    "const { results‸ } = await connections.listPage(named);",
    "results: PrivateLinkConnection[]",
  ),
  showing(
    "a connection that was told apart is shown by the name of its kind",
    'const one = await connections.get(named);\nif (isConnectionOf(one, "AWS", "MSK")) one‸;',
    "one: AwsMskPrivateLinkConnection",
  ),
  showing(
    "a method is shown by the name of what it takes",
    "connections.create‸({ groupId, body: { provider: unlisted('A'), vendor: unlisted('B') } });",
    "body: PrivateLinkConnectionRequest",
  ),
  showing(
    "a state tells what the states mean",
    "(await connections.get(named)).state‸;",
    "ConnectionState",
    "| `DONE` | Ready for use. |",
    "| `FAILED` | Given up for good; `errorMessage` says why. |",
  ),
  showing(
    "a provider tells what it is",
    "(await connections.get(named)).provider‸;",
    "Provider",
    "Cloud provider that hosts the data source",
  ),
  showing("a vendor tells what it is", "(await connections.get(named)).vendor‸;", "Vendor", "Service at the far end"),
  showing("a region tells how it is spelt", "(await connections.get(named)).region‸;", "`us-east-1` and `us_east_1`"),
  showing(
    "a provider of a kind tells its whole name",
    'const one = await connections.get(named);\nif (isConnectionOf(one, "AWS", "MSK")) one.provider‸;',
    '"AWS"',
    "Amazon Web Services.",
  ),
  showing(
    "an option tells its unit and its default",
    "createClient({ deadlineMs‸: 1 });",
    "in milliseconds",
    "How long a whole call may take",
  ),
  showing(
    "an option of a call tells what it is",
    "connections.get(named, { deadlineMs‸: 1 });",
    "How long",
    "in milliseconds",
  ),
  showing(
    "an error's code tells what it is for",
    "if (error instanceof NotFoundError) error.code‸;",
    '"NOT_FOUND"',
    "Stable",
  ),
  showing(
    "the code of any error is one of those that there are",
    "if (isAtlasError(error)) error.code‸;",
    '"RATE_LIMIT"',
  ),
  showing(
    "a failed wait shows the connection",
    "if (error instanceof WaitFailedError) error.connection‸;",
    "PrivateLinkConnection",
    "connection",
  ),
  showing(
    "a raw answer is named as well",
    'const { data‸ } = await atlas.raw.GET("/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}", { params: { path: named } });',
    "PrivateLinkConnection",
  ),
  showing(
    "a method tells what it throws, and how it is called",
    "connections.waitUntilDone‸(named);",
    "Waits until a connection is ready for use",
  ),
  showing(
    "the provider of a body tells what it is",
    create('provider‸: "AWS", vendor: "MSK", arn: ""'),
    "Amazon Web Services.",
  ),
  showing(
    "the vendor of a body tells what it is",
    create('provider: "AWS", vendor‸: "MSK", arn: ""'),
    "Amazon Managed Streaming for Apache Kafka.",
  ),
  showing(
    "a field of a body tells what it is",
    create('provider: "GCP", vendor: "PUBSUB", region‸: ""'),
    "Region of the data source.",
  ),
  showing(
    "a field that all kinds of a body have tells what it is",
    'atlas.streamConnections.create({ groupId, tenantName, body: { name‸: "sample", type: "Sample" } });',
    "Name of the connection.",
  ),
  showing("unlisted tells what it marks", 'unlisted‸("TIMESTREAM");', "unlisted(value: string)", "Unlisted", "newer"),
  showing("an option of the mock tells what it is", "startMock({ connections‸: [] });", "connections"),
];
