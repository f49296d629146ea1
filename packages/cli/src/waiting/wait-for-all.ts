import { type AtlasError, isAtlasError, type PrivateLinkConnection, type WaitProgress } from "@atlas-streams/client";
import { exitCodes } from "../exit-codes.js";
import { describeFailure } from "../failure.js";
import type { Session } from "../session/session.js";
import type { World } from "../world.js";
import { openProgress } from "./progress.js";

export type Goal = "done" | "deleted";

export interface WaitSettings {
  readonly goal: Goal;
  readonly timeout?: number | undefined;
  readonly interval?: number | undefined;
}

/** How the wait for one connection ended. */
export type Outcome =
  | {
      readonly connectionId: string;
      readonly elapsedMs: number;
      readonly connection: PrivateLinkConnection | undefined;
    }
  | { readonly connectionId: string; readonly elapsedMs: number; readonly error: AtlasError };

/**
 * Waits for many connections at a time, each to its own end; the looks are shared. Ctrl-C ends them all, and then the
 * person is told how to go on.
 */
export async function waitForAll(
  world: World,
  { atlas, groupId }: Session,
  connectionIds: readonly string[],
  { goal, timeout, interval = 2000 }: WaitSettings,
): Promise<Outcome[]> {
  const { signal } = world.interrupt;
  const progress = openProgress(world.terminal, connectionIds, { goal, intervalMs: interval });
  world.interrupt.hint = goOn(connectionIds, goal);
  try {
    return await Promise.all(
      connectionIds.map(async (connectionId): Promise<Outcome> => {
        let seen: WaitProgress | undefined;
        const options = {
          signal,
          intervalMs: interval,
          timeoutMs: timeout,
          onProgress(told: WaitProgress) {
            seen = told;
            progress.see(connectionId, told);
          },
        };
        const startedAt = performance.now();
        const elapsed = () => Math.round(performance.now() - startedAt);
        try {
          const { privateLinkConnections } = atlas;
          const parameters = { groupId, connectionId };
          const connection =
            goal === "done"
              ? await privateLinkConnections.waitUntilDone(parameters, options)
              : await privateLinkConnections.waitUntilDeleted(parameters, options).then(() => undefined);
          progress.end(connectionId, connection?.state ?? "gone");
          return { connectionId, connection, elapsedMs: elapsed() };
        } catch (error) {
          if (!isAtlasError(error)) throw error;
          progress.end(connectionId, seen?.state ?? error.code);
          return { connectionId, error, elapsedMs: elapsed() };
        }
      }),
    );
  } finally {
    progress.stop();
    if (!signal.aborted) world.interrupt.hint = undefined;
  }
}

function goOn(connectionIds: readonly string[], goal: Goal): string {
  const suffix = goal === "deleted" ? " --for deleted" : "";
  const ids = connectionIds.length > 10 ? "--all" : connectionIds.join(" ");
  return `The service goes on all the same. Go on waiting: atlas-streams private-link wait ${ids}${suffix}`;
}

/** The worst end of several, as an exit code. */
export function worstExitCode(errors: readonly unknown[]): number {
  const codes = errors.map((error) => describeFailure(error).exitCode);
  const order = [
    exitCodes.usage,
    exitCodes.failedState,
    exitCodes.refused,
    exitCodes.notFound,
    exitCodes.network,
    exitCodes.timeout,
  ];
  return order.find((code) => codes.some((each) => each === code)) ?? codes[0] ?? exitCodes.done;
}
