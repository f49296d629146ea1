import { isAtlasError } from "@atlas-streams/client";
import { exitCodes } from "../exit-codes.js";
import { describeFailure } from "../failure.js";
import { privateLink } from "../resources/private-link.js";
import type { Session } from "../session/session.js";
import { waitForAll } from "../waiting/wait-for-all.js";
import type { World } from "../world.js";
import type { Plan, Step } from "./plan.js";

/** What came of a plan: what is to be waited for, and what could not be done. */
export interface Done {
  readonly made: readonly string[];
  readonly removed: readonly string[];
  readonly errors: readonly { readonly step: Step; readonly error: unknown }[];
}

/** How many requests are under way at a time. */
const mostAtOnce = 6;
/** A step that the network was in the way of is safe to take again: creating finds what it has made before. */
const mostTries = 4;

/** Makes, changes and removes what the plan says; one step that fails keeps no other from being taken. */
export async function carryOut(world: World, session: Session, plan: Plan, prune: boolean): Promise<Done> {
  const made: string[] = [];
  const removed: string[] = [];
  const errors: { step: Step; error: unknown }[] = [];
  const queue = plan.filter(({ action }) => action !== "as it is" && action !== "differs" && action !== "failed");
  const { signal } = world.interrupt;
  async function work(): Promise<void> {
    for (let step = queue.shift(); step; step = queue.shift()) {
      signal.throwIfAborted();
      try {
        const id = await tryAgain(() => take(world, session, step, prune));
        if (id) (step.action === "not in the file" ? removed : made).push(id);
      } catch (error) {
        if (!isAtlasError(error)) throw error;
        errors.push({ step, error });
      }
    }
  }
  await Promise.all(Array.from({ length: mostAtOnce }, work));
  return { made, removed, errors };
}

async function tryAgain<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const { exitCode } = describeFailure(error);
      const mayPass = exitCode === exitCodes.network || exitCode === exitCodes.timeout;
      if (!mayPass || tries === mostTries) throw error;
    }
  }
}

async function take(
  world: World,
  session: Session,
  { action, wanted, connection }: Step,
  prune: boolean,
): Promise<string | undefined> {
  const { groupId, atlas } = session;
  const { privateLinkConnections } = atlas;
  const { signal } = world.interrupt;
  const connectionId = connection?._id ?? "";
  if (action === "not in the file") {
    if (!prune) return undefined;
    await privateLinkConnections.delete({ groupId, connectionId }, { signal }).catch((error: unknown) => {
      if (!isAtlasError(error) || error.code !== "NOT_FOUND") throw error; // gone is what was wanted
    });
    return connectionId;
  }
  if (!wanted) return undefined;
  if (action === "set domain") {
    const { dnsDomain = "" } = wanted as { readonly dnsDomain?: string };
    await privateLinkConnections.update({ groupId, connectionId, body: { dnsDomain } }, { signal });
    return connectionId;
  }
  if (action === "being removed") await waitForAll(world, session, privateLink, [[connectionId]], { goal: "deleted" });
  return (await privateLinkConnections.createOrAdopt({ groupId, body: wanted }, { signal }))._id;
}
