import { connectionStateMeaning, type PrivateLinkConnection } from "@atlas-streams/types";
import { NotFoundError } from "../../../answer/api-error.js";
import { asText } from "../../../answer/json.js";
import { clip } from "../../../answer/text.js";
import { onAbort, reasonOf, refuseNoSignal, throwIfAborted } from "../../../call/abort-signals.js";
import { type CallerContext, captureContext } from "../../../call/caller-context.js";
import { type Clock, monotonicNow } from "../../../call/clock.js";
import { type WaitEvent, waits } from "../../../call/events.js";
import type { Identity } from "../../../call/identity.js";
import { requireDuration } from "../../../call/options.js";
import { WaitFailedError, WaitTimeoutError } from "./errors.js";
import type { WaitOptions } from "./options.js";
import { type Pace, paceOf } from "./pace.js";
import type { Place } from "./places.js";
import { shownConnection, shownState } from "./shown.js";
import type { ProjectWatch, Sight, Watcher, Wish } from "./watch.js";
import type { Watches } from "./watches.js";

const anHourMs = 3_600_000;
const doNothing = () => {};

/** What a wait makes of a look: its end, or what it wants next. */
export type Conclusion<Value> = { readonly value: Value } | Wish;

/** Draws the conclusion, or throws what the wait ends with. */
export type Conclude<Value> = (sight: Sight, circumstances: Circumstances) => Conclusion<Value>;

export interface Circumstances {
  readonly connectionId: string;
  /** Whether the service may not have shown yet what it was told. */
  readonly isEarly: boolean;
  /** Whether this wait has seen the connection before. */
  readonly wasSeen: boolean;
}

/** What a wait is made of. */
interface WaitSettings<Value> {
  readonly connectionId: string;
  readonly options: WaitOptions;
  readonly client: Identity;
  readonly clock: Clock;
  readonly conclude: Conclude<Value>;
  readonly watches: Watches;
  readonly groupId: string;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * One wait for one connection, from its construction until the looks at it allow a conclusion, the time is up, or the
 * caller aborts. There may be many thousands of them, so it is one object rather than a handful of closures.
 */
export class Wait<Value> implements Watcher {
  readonly connectionId: string;
  readonly pace: Pace;
  readonly context: CallerContext;
  readonly #settings: WaitSettings<Value>;
  readonly #timeoutMs: number;
  readonly #startedAt: number;
  readonly #watch: ProjectWatch;
  readonly #place: Place;
  readonly #callOff: () => void;
  readonly #unlisten: () => void;
  #state: PrivateLinkConnection["state"];
  #attempt = 0;
  #wasSeen = false;
  #cause: unknown;

  constructor(settings: WaitSettings<Value>) {
    const { groupId, connectionId, options, clock, watches } = settings;
    const { signal, timeoutMs = anHourMs } = options;
    this.connectionId = connectionId;
    this.pace = paceOf(options);
    this.#settings = settings;
    this.#timeoutMs = requireDuration("timeoutMs", timeoutMs);
    refuseNoSignal(signal);
    throwIfAborted(signal);
    this.context = captureContext();
    this.#startedAt = monotonicNow(clock);
    this.#watch = watches.of(groupId);
    this.#place = this.#watch.join(this);
    this.#callOff = clock.schedule(() => this.#giveUp(), timeoutMs);
    this.#unlisten = signal ? onAbort(signal, () => this.fail(reasonOf(signal))) : doNothing;
  }

  see(sight: Sight): Wish {
    try {
      const { connection } = sight;
      const elapsedMs = monotonicNow(this.#settings.clock) - this.#startedAt;
      this.#cause = undefined;
      this.#attempt++;
      this.#state = shownState(sight);
      this.#tell(elapsedMs, connection);
      const isEarly = elapsedMs < this.pace.longestMs;
      const conclusion = this.#settings.conclude(sight, {
        connectionId: this.connectionId,
        isEarly,
        wasSeen: this.#wasSeen,
      });
      this.#wasSeen ||= connection !== undefined;
      if (typeof conclusion === "string") return conclusion;
      this.#end();
      this.#settings.resolve(conclusion.value);
    } catch (error) {
      this.fail(error);
    }
    return "wait on";
  }

  #tell(elapsedMs: number, connection: PrivateLinkConnection | undefined): void {
    const { onProgress } = this.#settings.options;
    const [state, attempt] = [this.#state, this.#attempt];
    const { connectionId } = this;
    const { id: client } = this.#settings.client;
    waits.publish({ client, connectionId, state, elapsedMs, attempt } satisfies WaitEvent);
    const told: unknown = onProgress?.({ state, elapsedMs, attempt, connection });
    // The type takes an asynchronous function too, whatever kind of promise that gives.
    if (isThenable(told)) Promise.resolve(told).then(undefined, (error) => this.fail(error));
  }

  endure(error: unknown): void {
    this.#cause = error;
  }

  fail(error: unknown): void {
    this.#end();
    this.#settings.reject(error);
  }

  #giveUp(): void {
    const state = this.#state;
    const seen = asText(state) === undefined ? "no state was seen" : `its last state was ${state}`;
    const advice = "It goes its way all the same: wait again by its id.";
    const message = `Connection ${this.connectionId} was waited for ${this.#timeoutMs} ms; ${seen}. ${advice}`;
    this.fail(new WaitTimeoutError(message, { state }, { cause: this.#cause }));
  }

  #end(): void {
    this.#watch.leave(this.#place);
    this.#callOff();
    this.#unlisten();
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

const meanings = new Map<string | undefined, string>(Object.entries(connectionStateMeaning));

/** Ready is what is waited for; a state that nobody knows yet is none to give up in. */
export const concludeDone: Conclude<PrivateLinkConnection> = (
  { connection, source, absence },
  { connectionId, isEarly, wasSeen },
) => {
  if (!connection) {
    if (isEarly && !wasSeen) return "wait on";
    if (absence instanceof NotFoundError) throw absence;
    return "read by itself";
  }
  const meaning = meanings.get(connection.state);
  if (meaning === "ready") return { value: connection };
  if (meaning === undefined || meaning === "pending") return "wait on";
  throw waitFailure(connectionId, connection, source);
};

/** Absence is what is waited for: the service's own 404, not that of something in front of it. */
export const concludeDeleted: Conclude<undefined> = ({ connection, source, absence }, { connectionId, isEarly }) => {
  if (connection) {
    const meaning = meanings.get(connection.state);
    if (meaning === "deleted") return { value: undefined };
    // Just after the delete it may still be in the failed state that it is being removed for.
    if (meaning === "failed" && !isEarly) throw waitFailure(connectionId, connection, source);
    return "wait on";
  }
  if (absence === "not on a page") return "read by itself";
  if (absence instanceof NotFoundError && !absence.errorCode) throw absence;
  return { value: undefined };
};

const longestSaid = 1000;

function waitFailure(connectionId: string, connection: PrivateLinkConnection, source: object): WaitFailedError {
  const shown = shownConnection(connection, source);
  const { state, errorMessage } = shown;
  const why = clip(asText(errorMessage) ?? "The service gives no reason.", longestSaid);
  const facts = { state, errorMessage, connection: shown };
  return new WaitFailedError(`Connection ${connectionId} is ${state}: ${why}`, facts);
}
