import { setTimeout as sleep } from "node:timers/promises";
import { isAtlasError, WaitFailedError, WaitTimeoutError } from "@atlas-streams/client";
import { meaningOf } from "../drawing/state.js";
import { exitCodes } from "../exit-codes.js";
import { describeFailure } from "../failure.js";
import type { Goal, Key, Place, Resource, WaitHow } from "../resources/resource.js";

const anHourMs = 3_600_000;
const growth = 1.5;
const longestGrowth = 15;

/**
 * Looks at one thing again and again until it is ready, or gone. For Private Link connections the client does it; these
 * here are few, and are looked at one by one. What may pass is waited out, and is the cause if the time is up.
 */
export async function poll<Item>(
  resource: Resource<Item>,
  goal: Goal,
  place: Place,
  key: Key,
  { signal, intervalMs, timeoutMs = anHourMs, onLook }: WaitHow<Item>,
): Promise<Item | undefined> {
  const startedAt = performance.now();
  let [state, cause]: [string | undefined, unknown] = [undefined, undefined];
  let wasSeen = false;
  for (let attempt = 1, interval = intervalMs; ; attempt++) {
    const sight = await look(resource, place, key, signal);
    const elapsedMs = performance.now() - startedAt;
    cause = "passing" in sight ? sight.passing : undefined;
    if (!("passing" in sight)) {
      const { item } = sight;
      state = item && resource.stateOf(item);
      onLook({ state, elapsedMs, attempt, item });
      const meaning = item && meaningOf(state);
      if (goal === "deleted" ? !item : meaning === "ready") return item;
      // Just after it was made, the service may not show it yet.
      const isEarly = !wasSeen && elapsedMs < intervalMs * longestGrowth;
      if (!item && !isEarly) throw sight.absence;
      if (meaning === "failed" || (meaning === "deleting" && goal === "done"))
        throw new WaitFailedError(`The ${resource.noun} ${key.at(-1)} is ${state}.`, { state });
      wasSeen ||= item !== undefined;
    }
    const leftMs = timeoutMs - (performance.now() - startedAt);
    await rest(Math.min(interval, leftMs), signal);
    if (leftMs <= interval) throw timeUp(`The ${resource.noun} ${key.at(-1)}`, timeoutMs, state, cause);
    interval = Math.min(interval * growth, intervalMs * longestGrowth);
  }
}

type Sight<Item> =
  | { readonly item: Item; readonly absence?: never }
  | { readonly item?: undefined; readonly absence: unknown }
  | { readonly passing: unknown };

async function look<Item>(resource: Resource<Item>, place: Place, key: Key, signal: AbortSignal): Promise<Sight<Item>> {
  try {
    return { item: await resource.get(place, key, { signal }) };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAtlasError(error)) throw error;
    if (error.code === "NOT_FOUND" && error.errorCode) return { absence: error };
    const { exitCode } = describeFailure(error);
    if (exitCode === exitCodes.network || exitCode === exitCodes.timeout) return { passing: error };
    throw error;
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, milliseconds), undefined, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
}

function timeUp(what: string, timeoutMs: number, state: string | undefined, cause: unknown): WaitTimeoutError {
  const seen = state === undefined ? "no state was seen" : `its last state was ${state}`;
  const message = `${what} was waited for ${timeoutMs} ms; ${seen}. It goes its way all the same: wait again.`;
  return new WaitTimeoutError(message, { state }, { cause });
}
