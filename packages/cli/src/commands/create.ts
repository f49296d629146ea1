import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { PrivateLinkConnection, PrivateLinkConnectionRequest, RequestEvent } from "@atlas-streams/client";
import { createGroupStreamPrivateLinkConnection as createOperation } from "@atlas-streams/types";
import { refuseMistakes } from "../check/body.js";
import { printRequests } from "../command/dry-run.js";
import { mistakesOf } from "../kinds/check.js";
import { privateLink } from "../resources/private-link.js";
import { type Session, withSession } from "../session/session.js";
import type { World } from "../world.js";
import { tellWritten, type WriteOptions } from "./write.js";

export interface CreateOptions extends WriteOptions {
  readonly always?: boolean | undefined;
}

/** Creates what the bodies say, after all of them have been found to be what the service takes. */
export async function create(world: World, bodies: readonly unknown[], options: CreateOptions): Promise<void> {
  refuseMistakes(bodies, mistakesOf);
  const requests = bodies as readonly PrivateLinkConnectionRequest[];
  if (options.dryRun) return printRequests(world, createOperation, {}, requests, options);
  await withSession(world, options, async (session) => {
    const made: PrivateLinkConnection[] = [];
    for (const body of requests) made.push(await createOne(world, session, body, options));
    const keys = made.map(({ _id }) => [_id]);
    await tellWritten(world, session, privateLink, made, keys, options);
  });
}

async function createOne(
  { terminal: { err }, interrupt: { signal } }: World,
  { atlas, groupId }: Session,
  body: PrivateLinkConnectionRequest,
  { always }: CreateOptions,
): Promise<PrivateLinkConnection> {
  if (always) return atlas.privateLinkConnections.create({ groupId, body }, { signal });
  let isAsked = false;
  const onRequest = (event: unknown) => {
    if ((event as RequestEvent).operationId === createOperation.operationId) isAsked = true;
  };
  subscribe("atlas-streams:request", onRequest);
  try {
    const connection = await atlas.privateLinkConnections.createOrAdopt({ groupId, body }, { signal });
    if (!isAsked) err.write(`${connection._id} is there already, and was left as it is. --always makes another.\n`);
    return connection;
  } finally {
    unsubscribe("atlas-streams:request", onRequest);
  }
}
