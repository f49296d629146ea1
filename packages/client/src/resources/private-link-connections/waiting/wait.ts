import { connectionStateMeaning, type PrivateLinkConnection } from "@atlas-streams/types";
import { NotFoundError } from "../../../answer/api-error.js";
import { asText } from "../../../answer/json.js";
import { clip } from "../../../answer/text.js";
import type { Clock } from "../../../call/clock.js";
import { type WaitEvent, waits } from "../../../call/events.js";
import { onAbort } from "../../../call/on-abort.js";
import { requireDuration } from "../../../call/options.js";
import { WaitFailedError, WaitTimeoutError } from "./errors.js";
import { paceOf, type WaitOptions } from "./options.js";
import { shownConnection, shownState } from "./shown.js";
import type { ProjectWatch, Sight } from "./watch.js";

const anHourMs = 3_600_000;

/** What a wait makes of a look: it is over, it goes on, or it wants to look at its connection alone. */
export type Conclusion<Value> = { readonly value: Value } | "go on" | "look closer";

/** Draws the conclusion, or throws what the wait ends with. */
export type Conclude<Value> = (sight: Sight, circumstances: Circumstances) => Conclusion<Value>;

export interface Circumstances {
  readonly connectionId: string;
  /** Whether the service may not have shown yet what it was told. */
  readonly isEarly: boolean;
  /** Whether this wait has seen the connection before. */
  readonly wasSeen: boolean;
}

/** Waits for one connection until the looks at it allow a conclusion, the time is up, or the caller aborts. */
export function wait<Value>(
  watch: ProjectWatch,
  connectionId: string,
  { timeoutMs = anHourMs, signal, onProgress, ...options }: WaitOptions,
  clock: Clock,
  conclude: Conclude<Value>,
): Promise<Value> {
  const pace = paceOf(options);
  requireDuration("timeoutMs", timeoutMs);
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const startedAt = clock.now();
    let state: PrivateLinkConnection["state"];
    let attempt = 0;
    let wasSeen = false;
    let cause: unknown;

    const leave = watch.join({ connectionId, pace, see, endure, fail });
    const callOff = clock.schedule(giveUp, timeoutMs);
    const unlisten = signal ? onAbort(signal, () => fail(signal.reason)) : () => {};

    function see(sight: Sight): boolean {
      try {
        const { connection } = sight;
        const elapsedMs = clock.now() - startedAt;
        state = shownState(connection);
        cause = undefined;
        attempt++;
        waits.publish({ connectionId, state, elapsedMs, attempt } satisfies WaitEvent);
        const told: unknown = onProgress?.({ state, elapsedMs, attempt, connection });
        if (told instanceof Promise) told.catch(fail); // the type takes an async function too
        const conclusion = conclude(sight, { connectionId, isEarly: elapsedMs < pace.longestMs, wasSeen });
        wasSeen ||= connection !== undefined;
        if (typeof conclusion === "object") end(() => resolve(conclusion.value));
        return conclusion === "look closer";
      } catch (error) {
        fail(error);
        return false;
      }
    }

    function endure(error: unknown): void {
      cause = error;
    }

    function fail(error: unknown): void {
      end(() => reject(error));
    }

    function giveUp(): void {
      const seen = asText(state) === undefined ? "no state was seen" : `its last state was ${state}`;
      const advice = "It goes its way all the same: wait again by its id.";
      const message = `Connection ${connectionId} was waited for ${timeoutMs} ms; ${seen}. ${advice}`;
      fail(new WaitTimeoutError(message, { state }, { cause }));
    }

    function end(finish: () => void): void {
      leave();
      callOff();
      unlisten();
      finish();
    }
  });
}

const meanings = new Map<string | undefined, string>(Object.entries(connectionStateMeaning));

/** Ready is what is waited for; a state that nobody knows yet is none to give up in. */
export const concludeDone: Conclude<PrivateLinkConnection> = (
  { connection, absence },
  { connectionId, isEarly, wasSeen },
) => {
  if (!connection) {
    if (isEarly && !wasSeen) return "go on";
    if (absence instanceof NotFoundError) throw absence;
    return "look closer";
  }
  const meaning = meanings.get(connection.state);
  if (meaning === "ready") return { value: connection };
  if (meaning === undefined || meaning === "pending") return "go on";
  throw waitFailure(connectionId, connection);
};

/** Absence is what is waited for: the service's own 404, not that of something in front of it. */
export const concludeDeleted: Conclude<undefined> = ({ connection, absence }, { connectionId, isEarly }) => {
  if (connection) {
    const meaning = meanings.get(connection.state);
    if (meaning === "deleted") return { value: undefined };
    // Just after the delete it may still be in the failed state that it is being removed for.
    if (meaning === "failed" && !isEarly) throw waitFailure(connectionId, connection);
    return "go on";
  }
  if (absence === "not on a page") return "look closer";
  if (absence instanceof NotFoundError && !absence.errorCode) throw absence;
  return { value: undefined };
};

const longestSaid = 1000;

function waitFailure(connectionId: string, connection: PrivateLinkConnection): WaitFailedError {
  const shown = shownConnection(connection);
  const { state, errorMessage } = shown;
  const why = clip(asText(errorMessage) ?? "The service gives no reason.", longestSaid);
  const facts = { state, errorMessage, connection: shown };
  return new WaitFailedError(`Connection ${connectionId} is ${state}: ${why}`, facts);
}
