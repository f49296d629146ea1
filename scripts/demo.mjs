// The main job as a short story: log in, read a Private Link connection, see what an error looks like.
import { createRequire } from "node:module";
import { AtlasError, createClient, credentialsFromEnvironment, serviceAccount } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";
import { dim, heading, table } from "./terminal.mjs";

const absentConnection = "000000000000000000000000";

try {
  await tellStory(await chooseStage());
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/**
 * Where the story takes place, and whose connection it is about.
 * @typedef {{ about: string, atlas: import("@atlas-streams/client").AtlasClient, groupId: string, connectionId: string, trace: () => string[][], end: () => Promise<void> }} Stage
 * @returns {Promise<Stage>}
 */
async function chooseStage() {
  const { MONGODB_ATLAS_PROJECT_ID: groupId, MONGODB_ATLAS_CONNECTION_ID: connectionId } = process.env;
  if (!groupId && !connectionId) return mockStage();
  if (!groupId) throw new Error("MONGODB_ATLAS_CONNECTION_ID is set, but MONGODB_ATLAS_PROJECT_ID is not.");
  if (!connectionId) throw new Error("MONGODB_ATLAS_PROJECT_ID is set, but MONGODB_ATLAS_CONNECTION_ID is not.");
  const atlas = createClient({ userAgent: "demo" });
  const place = credentialsFromEnvironment().baseUrl ?? "https://cloud.mongodb.com";
  const about = `This is Atlas itself, at ${place}, with the credentials of your environment.`;
  return { about, atlas, groupId, connectionId, trace: () => [], end: async () => {} };
}

/** @returns {Promise<Stage>} */
async function mockStage() {
  const { parameters, examples } = createRequire(import.meta.url)("@atlas-streams/spec/openapi.json").components;
  const connection = examples["aws-msk"].value;
  const mock = await startMock({ connections: [connection] });
  return {
    about: `This is a mock of Atlas on this machine, at ${mock.url}. To ask Atlas itself, set
MONGODB_ATLAS_CLIENT_ID and _CLIENT_SECRET (or _PUBLIC_KEY and _PRIVATE_KEY),
MONGODB_ATLAS_PROJECT_ID and MONGODB_ATLAS_CONNECTION_ID.`,
    atlas: createClient({
      baseUrl: mock.url,
      auth: serviceAccount(mock.credentials.serviceAccount),
      userAgent: "demo",
    }),
    groupId: parameters.groupId.example,
    connectionId: connection._id,
    trace: () => mock.requests.map(({ method, path, status }) => [method, path, String(status)]),
    end: () => mock.stop(),
  };
}

/** @param {Stage} stage */
async function tellStory({ about, atlas, groupId, connectionId, trace, end }) {
  try {
    console.log(`${heading("atlas-streams: one Private Link connection")}\n${about}\n`);

    console.log(heading("1. Log in, and read the connection"));
    const startedAt = performance.now();
    const connection = await atlas.privateLinkConnections.get({ groupId, connectionId });
    console.log(dim(`   in ${Math.round(performance.now() - startedAt)} ms, the login included`));
    console.log(table(describe(connection)));

    console.log(heading("2. Ask for one that is not there"));
    await showError(() => atlas.privateLinkConnections.get({ groupId, connectionId: absentConnection }));

    console.log(heading("3. Ask with an id that is none"));
    await showError(() => atlas.privateLinkConnections.get({ groupId: "my-project", connectionId }));

    await atlas.close();
    if (trace().length > 0) {
      console.log(heading("What went over the wire: one login, two reads, and the token given back"));
      console.log(table(trace()));
    }
  } finally {
    await end();
  }
}

/**
 * What a person wants to see of a connection, as far as it is there.
 * @param {import("@atlas-streams/client").PrivateLinkConnection} connection
 */
function describe(connection) {
  const { interfaceEndpointName: name, interfaceEndpointId: id } = connection;
  /** @type {[string, string | undefined][]} */
  const rows = [
    ["id", connection._id],
    ["provider, vendor", [connection.provider, connection.vendor ?? "none"].join(", ")],
    ["state", connection.state],
    ["why it failed", connection.errorMessage],
    ["region", connection.region],
    ["domain", connection.dnsDomain],
    ["subdomains", connection.dnsSubDomain?.join("\n")],
    ["cluster", connection.arn],
    ["authentication", connection.authenticationScheme],
    ["service endpoint", connection.serviceEndpointId],
    ["Azure resources", connection.azureResourceIds?.join("\n")],
    ["GCP attachments", connection.gcpServiceAttachmentUris?.join("\n")],
    ["GCP connections", connection.gcpConnectionIds?.join("\n")],
    ["interface endpoint", id && name ? `${id}\n${name}` : (id ?? name)],
    ["provider account", connection.providerAccountId],
  ];
  return rows.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

/** @param {() => Promise<unknown>} call */
async function showError(call) {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof AtlasError)) throw error;
    console.log(
      table([
        [error.name, error.message.replaceAll(/(?<=[.:]) /g, "\n")],
        ["code", error.code],
      ]),
    );
    return;
  }
  throw new Error("This call should have failed, and did not.");
}
