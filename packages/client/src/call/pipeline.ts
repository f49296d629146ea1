import type { Operation } from "@atlas-streams/types";
import { refuseNoSignal, throwIfAborted } from "./abort-signals.js";
import { admission } from "./admission.js";
import { attempt, type Network } from "./attempt.js";
import { Call } from "./call.js";
import type { Clock } from "./clock.js";
import type { Identity } from "./identity.js";
import type { Layer, Send } from "./layer.js";
import { type CallOptions, type ResolvedRetry, requireDuration, resolveRetry } from "./options.js";
import { retry } from "./retry.js";

/** What every call of a client has in common. */
export interface Settings {
  /** Opens the way to the network at the first call. */
  readonly network: () => Network | Promise<Network>;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retry: ResolvedRetry;
  readonly client: Identity;
  readonly clock: Clock;
  /** Those of the credentials. */
  readonly secrets: () => readonly string[];
}

/** Does the work of one call: builds its request, sends it with `send`. */
export type Work<Value> = (send: Send, call: Call) => Promise<Value>;

/**
 * Runs one call with its layers put together: retry outermost, so that each attempt is admitted and authorized
 * afresh; the attempt innermost, so that a login or a wait does not eat its time. Without `authorize` it is a login's
 * own request, which waits for no place: calls that have theirs wait for the login.
 */
export async function runCall<Value>(
  operation: Operation,
  settings: Settings,
  authorize: ((call: Call) => Layer) | undefined,
  options: CallOptions,
  work: Work<Value>,
): Promise<Value> {
  const { client, clock } = settings;
  const { signal: abort, timeoutMs = settings.timeoutMs, deadlineMs = settings.deadlineMs } = options;
  const retryOptions = options.retry === undefined ? settings.retry : resolveRetry(options.retry);
  refuseNoSignal(abort);
  requireDuration("timeoutMs", timeoutMs);
  requireDuration("deadlineMs", deadlineMs);
  const limits = { timeoutMs: options.timeoutMs, deadlineMs: options.deadlineMs, retry: options.retry };
  const call = new Call({ operation, client, clock, abort, timeoutMs, deadlineMs, limits, secrets: settings.secrets });
  const opening = settings.network();
  const network = "then" in opening ? await opening : opening;
  throwIfAborted(abort); // opening took its time
  try {
    const once = attempt(call, network);
    const admitted = authorize ? admission(call, network)(authorize(call)(once)) : once;
    return await work(retry(call, retryOptions, clock)(admitted), call);
  } finally {
    call.end();
  }
}
