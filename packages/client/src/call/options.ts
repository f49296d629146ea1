import { InvalidArgumentError } from "../answer/errors.js";
import { clip } from "../answer/text.js";

/** How failed attempts are repeated. */
export interface RetryOptions {
  /** How often a call is sent at most, the first time included. @default 4 */
  readonly attempts?: number | undefined;
  /** The upper bound of the first wait, in milliseconds; each later bound is twice the one before. The wait itself is drawn evenly between 0 and the bound. @default 250 */
  readonly baseDelayMs?: number | undefined;
  /** The bound stops growing here, in milliseconds. A `Retry-After` of the service, up to a day, is obeyed whatever this says. @default 20000 */
  readonly maxDelayMs?: number | undefined;
}

/** Headers by name, as `fetch` takes them in their simplest form. */
export type HeaderOptions = { readonly [name: string]: string };

/** What each call takes beside its parameters. */
export interface CallOptions {
  /** Ends the call at once; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined;
  /** How long one attempt of this call may take, from connecting to the last byte of the body, in milliseconds. @default that of the client */
  readonly timeoutMs?: number | undefined;
  /** How long all of this call may take, retries and the waits between them included, in milliseconds. @default that of the client */
  readonly deadlineMs?: number | undefined;
  /** How failed attempts of this call are repeated; `false` sends it once. @default that of the client */
  readonly retry?: RetryOptions | false | undefined;
  /** Sent beside the client's own headers. */
  readonly headers?: HeaderOptions | undefined;
}

/** The limits that a call has of its own. */
export type CallLimits = Pick<CallOptions, "timeoutMs" | "deadlineMs" | "retry">;

/** The retry options with nothing left open. */
export type ResolvedRetry = { readonly [option in keyof RetryOptions]-?: number };

/** Fills in and checks what the caller has said of retrying. */
export function resolveRetry(retry: RetryOptions | false = {}): ResolvedRetry {
  const { attempts = 4, baseDelayMs = 250, maxDelayMs = 20_000 } = retry || { attempts: 1 };
  refuseOutOfRange("retry.attempts", attempts, { minimum: 1 });
  return {
    attempts,
    baseDelayMs: requireDuration("retry.baseDelayMs", baseDelayMs, 0),
    maxDelayMs: requireDuration("retry.maxDelayMs", maxDelayMs, 0),
  };
}

/** The duration itself, or an `InvalidArgumentError` where it is not a number of at least `least` milliseconds. */
export function requireDuration(name: string, milliseconds: number, least = 1): number {
  if (typeof milliseconds === "number" && milliseconds >= least) return milliseconds;
  throw new InvalidArgumentError(`${name} must be a number of milliseconds, ${least} or more.`);
}

/** Refuses what is no whole number in a range. */
export function refuseOutOfRange(
  name: string,
  value: number,
  { minimum, maximum = Number.POSITIVE_INFINITY }: { readonly minimum: number; readonly maximum?: number },
): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  const range = maximum < Number.POSITIVE_INFINITY ? `from ${minimum} to ${maximum}` : `of ${minimum} or more`;
  throw new InvalidArgumentError(`${name} must be a whole number ${range}.`);
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The base URL without trailing slashes, or an `InvalidArgumentError` where credentials must not go there. */
export function requireBaseUrl(baseUrl: string, allowInsecure = false): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(url.href))
    throw new InvalidArgumentError("baseUrl must be an absolute https:// URL without user, query or fragment.");
  if (url.protocol === "http:" && !loopback.test(url.hostname) && allowInsecure !== true)
    throw new InvalidArgumentError(
      `baseUrl must be https://: credentials do not go over plain http to ${clip(url.hostname, 100)}. Where that is a mock, and the credentials are worth nothing, say allowInsecure: true.`,
    );
  return url.href.replace(/\/+$/, "");
}
