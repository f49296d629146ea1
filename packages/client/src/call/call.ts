import type { Operation } from "@atlas-streams/types";
import { TimeoutError } from "../answer/errors.js";
import { type Secret, secretsOf } from "../answer/secrets.js";
import { type Clock, monotonicNow } from "./clock.js";
import type { Identity } from "./identity.js";
import type { PlainRequest } from "./layer.js";
import { Limit } from "./limit.js";
import type { CallLimits } from "./options.js";

/** What a call is made of. */
export interface CallSettings {
  readonly operation: Operation;
  readonly client: Identity;
  readonly clock: Clock;
  /** The caller's own signal. */
  readonly abort: AbortSignal | null | undefined;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  /** What of its limits is the call's own, rather than the client's. */
  readonly limits: CallLimits;
  /** The secrets of the client's credentials. */
  readonly secrets: () => readonly Secret[];
}

/** One call of an operation, from its first attempt to its last. */
export class Call {
  readonly operation: Operation;
  readonly client: Identity;
  /** When the call has to have ended, by the clock's monotonic time. */
  readonly deadlineAt: number;
  readonly limits: CallLimits;
  /** What has been sent so far. */
  readonly sent: PlainRequest[] = [];
  /** How many sendings may have had an effect at the service. */
  doubts = 0;
  readonly #settings: CallSettings;
  #limit: Limit | undefined;

  constructor(settings: CallSettings) {
    this.operation = settings.operation;
    this.client = settings.client;
    this.deadlineAt = monotonicNow(settings.clock) + settings.deadlineMs;
    this.limits = settings.limits;
    this.#settings = settings;
  }

  /** What an answer, or an error, must not show: the secrets of all that has been sent for this call, and those of the credentials. */
  get secrets(): readonly Secret[] {
    return [...secretsOf(this.sent), ...this.#settings.secrets()];
  }

  /** The limit of the whole call: the caller's signal and the deadline. Made for the first who has to wait, since most calls never wait. */
  get limit(): Limit {
    const { clock, abort } = this.#settings;
    this.#limit ??= new Limit(clock, abort, this.deadlineAt - monotonicNow(clock), () => this.#deadlineError());
    return this.#limit;
  }

  /** Aborts when the limit of the whole call ends it. */
  get signal(): AbortSignal {
    return this.limit.signal;
  }

  /** The limit of one attempt: the caller's signal, its timeout, and what is left until the deadline. */
  startAttempt(): Limit {
    const { clock, abort, timeoutMs } = this.#settings;
    const leftMs = this.deadlineAt - monotonicNow(clock);
    return new Limit(clock, abort, Math.min(timeoutMs, leftMs), () =>
      leftMs < timeoutMs ? this.#deadlineError() : this.#timeoutError(`an attempt took more than ${timeoutMs} ms`),
    );
  }

  /** Leaves neither a timer nor a listener behind. */
  end(): void {
    this.#limit?.release();
  }

  #deadlineError(): TimeoutError {
    return this.#timeoutError(`the call was not done by its deadline of ${this.#settings.deadlineMs} ms`);
  }

  #timeoutError(what: string): TimeoutError {
    const unsent = this.doubts === 0;
    const doubt = this.operation.method === "GET" || unsent ? "" : " Whether it took effect is not known.";
    return new TimeoutError(this.operation, `timed out: ${what}.${doubt}`, { unsent });
  }
}
