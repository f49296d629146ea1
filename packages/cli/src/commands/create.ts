import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { PrivateLinkConnection, PrivateLinkConnectionRequest, RequestEvent } from "@atlas-streams/client";
import { createGroupStreamPrivateLinkConnection as createOperation } from "@atlas-streams/types";
import type { Output } from "../command/new-command.js";
import { print } from "../command/print.js";
import { mistakesOf } from "../kinds/check.js";
import { privateLink } from "../resources/private-link.js";
import { type Session, type SessionOptions, withSession } from "../session/session.js";
import { readSettings } from "../session/settings.js";
import { UsageError } from "../usage-error.js";
import { waitForAll } from "../waiting/wait-for-all.js";
import type { World } from "../world.js";
import { tellOutcomes } from "./wait.js";

export interface CreateOptions extends SessionOptions {
  readonly output: Output;
  readonly dryRun?: boolean | undefined;
  readonly always?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly timeout?: number | undefined;
  readonly interval?: number | undefined;
}

/** Creates what the bodies say, after all of them have been found to be what the service takes. */
export async function create(world: World, bodies: readonly unknown[], options: CreateOptions): Promise<void> {
  refuseMistakes(bodies);
  const requests = bodies as readonly PrivateLinkConnectionRequest[];
  if (options.dryRun) return printRequests(world, requests, options);
  await withSession(world, options, async (session) => {
    const made: PrivateLinkConnection[] = [];
    for (const body of requests) made.push(await createOne(world, session, body, options));
    await tell(world, session, made, options);
  });
}

/** Every mistake of every body at once. */
export function refuseMistakes(bodies: readonly unknown[]): void {
  const mistakes = bodies.flatMap((body, index) =>
    mistakesOf(body).map((mistake) => (bodies.length > 1 ? `document ${index + 1}: ${mistake}` : mistake)),
  );
  if (mistakes.length > 0) throw new UsageError("The service would refuse this. Nothing was sent.", mistakes);
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

async function tell(
  world: World,
  session: Session,
  made: readonly PrivateLinkConnection[],
  { output, wait, timeout, interval }: CreateOptions,
): Promise<void> {
  const { out } = world.terminal;
  const isSingle = made.length === 1;
  if (wait) {
    const ids = made.map(({ _id }) => _id);
    const outcomes = await waitForAll(world, session, ids, { goal: "done", timeout, interval });
    return tellOutcomes(world, output, outcomes, { isSingle });
  }
  await print(out, output, isSingle ? made[0] : made, async () => {
    const drawings = made.map((connection) => privateLink.draw(connection, { groupId: session.groupId, screen: out }));
    return (await Promise.all(drawings)).join("\n");
  });
}

async function printRequests(
  { environment, terminal: { out } }: World,
  bodies: readonly PrivateLinkConnectionRequest[],
  options: CreateOptions,
): Promise<void> {
  const { projectId = "{groupId}" } = options.mock ? options : await readSettings(environment, options);
  const { method, accept, contentType } = createOperation;
  const path = createOperation.path.replace("{groupId}", projectId);
  const requests = bodies.map((body) => ({ method, path, headers: { accept, "content-type": contentType }, body }));
  await print(out, options.output, requests.length === 1 ? requests[0] : requests, () =>
    requests
      .map(
        ({ body }) =>
          `${method} ${path}\naccept: ${accept}\ncontent-type: ${contentType}\n\n${JSON.stringify(body, null, 2)}\n`,
      )
      .join("\n"),
  );
}
