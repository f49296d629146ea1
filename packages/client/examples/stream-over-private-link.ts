// A stream connection to a Kafka cluster that is reached through a Private Link: the link is made and waited for, and
// the connection is made once the link is ready.
//
// Prerequisites: a project with a stream workspace and an MSK cluster, and a service account with the role Project
// Stream Processing Manager.
//
//   export MONGODB_ATLAS_CLIENT_ID=… MONGODB_ATLAS_CLIENT_SECRET=… KAFKA_USERNAME=… KAFKA_PASSWORD=…
//   node examples/stream-over-private-link.ts GROUP_ID WORKSPACE CLUSTER_ARN BOOTSTRAP_SERVERS
//                                                                  (Node 24; older ones want it compiled)
//
// Run again after it was interrupted, it goes on with the link that is there.
import { pathToFileURL } from "node:url";
import { type AtlasClient, createClient, type StreamConnection } from "@atlas-streams/client";

export interface Source {
  readonly groupId: string;
  /** The name of the stream workspace. */
  readonly tenantName: string;
  /** The name that the connection is to have. */
  readonly name: string;
  /** The Amazon Resource Name of the MSK cluster. */
  readonly arn: string;
  readonly bootstrapServers: string;
  readonly username: string;
  readonly password: string;
  /** Ends it early. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  /** Between the first two looks of a wait, in milliseconds. */
  readonly intervalMs?: number;
}

export async function connectSource(atlas: AtlasClient, source: Source): Promise<StreamConnection> {
  const { groupId, tenantName, name, arn, bootstrapServers, username, password, signal, print, intervalMs } = source;

  await atlas.streamWorkspaces.get({ groupId, tenantName }, { signal }); // better now than in half an hour

  const { _id: connectionId } = await atlas.privateLinkConnections.createOrAdopt(
    { groupId, body: { provider: "AWS", vendor: "MSK", arn } },
    { signal },
  );
  await atlas.privateLinkConnections.waitUntilDone(
    { groupId, connectionId },
    { signal, intervalMs, onProgress: ({ state, elapsedMs }) => print(`link ${state} after ${elapsedMs} ms`) },
  );

  const connection = await atlas.streamConnections.create(
    {
      groupId,
      tenantName,
      body: {
        name,
        type: "Kafka",
        bootstrapServers,
        authentication: { mechanism: "SCRAM-512", username, password },
        security: { protocol: "SASL_SSL" },
        networking: { access: { type: "PRIVATE_LINK", connectionId } },
      },
    },
    { signal },
  );
  print(`${connection.name} is ${connection.state}`);
  return connection;
}

/** Removes the connection, and then the link: the service refuses that while a connection goes through it. */
export async function disconnectSource(
  atlas: AtlasClient,
  { groupId, tenantName, name }: Pick<Source, "groupId" | "tenantName" | "name">,
): Promise<void> {
  const { networking } = await atlas.streamConnections.get({ groupId, tenantName, connectionName: name });
  await atlas.streamConnections.delete({ groupId, tenantName, connectionName: name });
  const connectionId = networking?.access?.connectionId;
  if (connectionId) await atlas.privateLinkConnections.delete({ groupId, connectionId });
}

export async function main([groupId = "", tenantName = "", arn = "", bootstrapServers = ""]: readonly string[]) {
  const { KAFKA_USERNAME: username = "", KAFKA_PASSWORD: password = "" } = process.env;
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort(new Error("Interrupted."));
  process.once("SIGINT", onInterrupt);

  const atlas = createClient(); // credentials and base URL from the environment
  const source = { groupId, tenantName, name: "orders-kafka", arn, bootstrapServers, username, password };
  try {
    await connectSource(atlas, { ...source, signal: interrupt.signal, print: console.log });
  } finally {
    process.off("SIGINT", onInterrupt);
    await atlas.close(); // gives the token back: an account may only have so many
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
