import type { Operation } from "@atlas-streams/types";
import { attempt } from "./attempt.js";
import type { Call } from "./auth/credentials.js";
import type { Clock } from "./clock.js";
import { TimeoutError } from "./errors.js";
import type { Fetch, Layer } from "./layer.js";
import { type CallOptions, type ClientOptions, type RetryOptions, requireDuration } from "./options.js";
import { retry } from "./retry.js";
import { startTimeLimit } from "./time-limit.js";

/** What every call of a client has in common. */
export interface Settings {
  readonly fetch: NonNullable<ClientOptions["fetch"]>;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retry: Required<RetryOptions>;
  readonly clock: Clock;
}

/** Does the work of one call: builds its request, sends it with `send`. */
export type Work<Value> = (send: Fetch) => Promise<Value>;

/**
 * Runs one call within its deadline, its layers put together: retry outermost, so that each attempt is
 * authorized afresh; the timeout innermost, so that a login or a wait does not eat an attempt's time.
 */
export async function runCall<Value>(
  operation: Operation,
  settings: Settings,
  authorize: (call: Call) => Layer,
  { signal: abort, timeoutMs = settings.timeoutMs, deadlineMs = settings.deadlineMs }: CallOptions,
  work: Work<Value>,
): Promise<Value> {
  requireDuration("timeoutMs", timeoutMs);
  requireDuration("deadlineMs", deadlineMs);
  const { clock, fetch } = settings;
  const limit = startTimeLimit(clock, abort, deadlineMs, () => {
    return new TimeoutError(operation, `did not end within its deadline of ${deadlineMs} ms. Whether it took effect is not known.`);
  });
  const call = { operation, signal: limit.signal };
  const repeat = retry({ ...call, ...settings.retry, clock, deadlineAt: clock.now() + deadlineMs });
  const send = repeat(authorize(call)(attempt({ ...call, fetch, timeoutMs, clock })));
  try {
    return await work(send);
  } finally {
    limit.release();
  }
}
