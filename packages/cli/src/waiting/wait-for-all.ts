import { type AtlasError, isAtlasError } from "@atlas-streams/client";
import { exitCodes } from "../exit-codes.js";
import { describeFailure } from "../failure.js";
import type { Goal, Key, Look, Resource } from "../resources/resource.js";
import type { Session } from "../session/session.js";
import type { World } from "../world.js";
import { openProgress } from "./progress.js";

export interface WaitSettings {
  readonly goal: Goal;
  readonly timeout?: number | undefined;
  readonly interval?: number | undefined;
}

/** How the wait for one of them ended. */
export type Outcome<Item> =
  | { readonly name: string; readonly elapsedMs: number; readonly item: Item | undefined }
  | { readonly name: string; readonly elapsedMs: number; readonly error: AtlasError };

/**
 * Waits for many things at a time, each to its own end. Ctrl-C ends all waits, and then the person is told how to go on.
 */
export async function waitForAll<Item>(
  world: World,
  session: Session,
  resource: Resource<Item>,
  keys: readonly Key[],
  { goal, timeout, interval = 2000 }: WaitSettings,
): Promise<Outcome<Item>[]> {
  const { signal } = world.interrupt;
  const names = keys.map((key) => key.at(-1) ?? "");
  const progress = openProgress(world.terminal, names, { goal, intervalMs: interval, usual: resource.waiting.usual });
  world.interrupt.hint = goOn(resource, keys, goal) + world.flags;
  try {
    return await Promise.all(
      keys.map(async (key, index): Promise<Outcome<Item>> => {
        const { [index]: name = "" } = names;
        let seen: Look<Item> | undefined;
        const how = {
          signal,
          intervalMs: interval,
          timeoutMs: timeout,
          onLook(look: Look<Item>) {
            seen = look;
            progress.see(name, look);
          },
        };
        const startedAt = performance.now();
        const elapsed = () => Math.round(performance.now() - startedAt);
        try {
          const item = await resource.waiting.until(goal, session, key, how);
          progress.end(name, item === undefined ? "gone" : (resource.stateOf(item) ?? ""));
          return { name, item, elapsedMs: elapsed() };
        } catch (error) {
          if (!isAtlasError(error)) throw error;
          progress.end(name, seen?.state ?? error.code);
          return { name, error, elapsedMs: elapsed() };
        }
      }),
    );
  } finally {
    progress.stop();
    if (!signal.aborted) world.interrupt.hint = undefined;
  }
}

function goOn<Item>({ command }: Resource<Item>, keys: readonly Key[], goal: Goal): string {
  const suffix = goal === "deleted" ? ["--for", "deleted"] : [];
  const [scope = []] = keys.map((key) => key.slice(0, -1));
  const names = keys.length > 10 ? ["--all"] : keys.map((key) => key.at(-1) ?? "");
  const words = [...scope, ...names].map(quoted);
  return `The service goes on all the same. Go on waiting: ${["atlas-streams", command, "wait", ...words, ...suffix].join(" ")}`;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w.:@/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
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
