// The whole life of a Private Link connection: it is made, waited for, read and removed.
//
// Prerequisites: a project with an MSK cluster, and a service account with the role Project Stream Processing Manager.
//
//   export MONGODB_ATLAS_CLIENT_ID=… MONGODB_ATLAS_CLIENT_SECRET=…
//   node examples/whole-life.ts GROUP_ID CLUSTER_ARN        (Node 24; older ones want it compiled)
//
// Ctrl+C half-way ends the waiting at once, and what was made is still removed.
import { pathToFileURL } from "node:url";
import { type AtlasClient, createClient, isConnectionOf, WaitFailedError } from "@atlas-streams/client";

export interface Life {
  readonly groupId: string;
  /** The Amazon Resource Name of the MSK cluster. */
  readonly arn: string;
  /** Ends the life early. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  /** Between the first two looks of a wait, in milliseconds. */
  readonly intervalMs?: number;
}

export async function wholeLife(atlas: AtlasClient, { groupId, arn, signal, print, intervalMs }: Life): Promise<void> {
  const { privateLinkConnections: connections } = atlas;

  const { _id: connectionId } = await connections.create(
    { groupId, body: { provider: "AWS", vendor: "MSK", arn } },
    { signal },
  );
  print(`made ${connectionId}`); // keep the id: with it, any process can go on from here

  try {
    await connections.waitUntilDone(
      { groupId, connectionId },
      { signal, intervalMs, onProgress: ({ state, elapsedMs }) => print(`${state} after ${elapsedMs} ms`) },
    );
    const connection = await connections.get({ groupId, connectionId }, { signal });
    if (isConnectionOf(connection, "AWS", "MSK")) print(`reaches ${connection.dnsDomain} in ${connection.region}`);
  } catch (error) {
    if (error instanceof WaitFailedError) print(`failed: ${error.errorMessage}`);
    throw error;
  } finally {
    // Without the signal: the tidying up has to be done after an abort, too.
    await connections.delete({ groupId, connectionId });
    await connections.waitUntilDeleted({ groupId, connectionId }, { intervalMs });
    print(`removed ${connectionId}`);
  }
}

export async function main([groupId = "", arn = ""]: readonly string[]): Promise<void> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort(new Error("Interrupted."));
  process.once("SIGINT", onInterrupt);

  const atlas = createClient(); // credentials and base URL from the environment
  try {
    await wholeLife(atlas, { groupId, arn, signal: interrupt.signal, print: console.log });
  } finally {
    process.off("SIGINT", onInterrupt);
    await atlas.close(); // gives the token back: an account may only have so many
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
