import { InvalidArgumentError } from "../answer/errors.js";
import type { Credentials } from "../auth/credentials.js";
import type { NetworkFetch } from "../transport/fetch.js";
import type { Clock } from "./clock.js";

/** How failed attempts are repeated. */
export interface RetryOptions {
  /** How often a call is sent at most, the first time included. @default 4 */
  readonly attempts?: number | undefined;
  /** The upper bound of the first wait, in milliseconds; each later bound is twice the one before. The wait itself is drawn evenly between 0 and the bound. @default 250 */
  readonly baseDelayMs?: number | undefined;
  /** The bound stops growing here, in milliseconds. A `Retry-After` of the service is obeyed in full whatever this says. @default 20000 */
  readonly maxDelayMs?: number | undefined;
}

/** Headers by name, as `fetch` takes them in their simplest form. */
export type HeaderOptions = { readonly [name: string]: string };

/** What `createClient` takes. */
export interface ClientOptions {
  /** Who the client is: `serviceAccount(…)` or `digest(…)`. @default what `credentialsFromEnvironment()` finds */
  readonly auth?: Credentials | undefined;
  /** Where the API is. `http://` is refused unless it is this machine. @default MONGODB_ATLAS_BASE_URL, else `https://cloud.mongodb.com` */
  readonly baseUrl?: string | undefined;
  /**
   * Sends the requests, called as `fetch(url, init)`: for a recorder or a test, or for `globalThis.fetch` as somebody
   * has patched it. Through a fetch it cannot be known which requests never left, save where its error says so.
   * @default Node's own `node:http`; elsewhere `globalThis.fetch`, looked up at each call
   */
  readonly fetch?: NetworkFetch | undefined;
  /** A Node agent that opens the connections, such as one for a proxy: `node:http`'s, `node:https`', or any that fits both. Not together with `fetch`. */
  readonly agent?: object | undefined;
  /** How many requests are under way at once; the others wait for their turn, at the cost of their deadline. @default 50: more would only use up the service's limit of requests sooner */
  readonly maxConnections?: number | undefined;
  /** How large the body of an answer may be, in bytes, unpacked. @default 16777216, 16 MiB */
  readonly maxAnswerBytes?: number | undefined;
  /** Sent with each request of this client, the login's included, beside its own headers. */
  readonly headers?: HeaderOptions | undefined;
  /** How long one attempt may take, from connecting to the last byte of the body, in milliseconds. @default 30000 */
  readonly timeoutMs?: number | undefined;
  /** How long a whole call may take, retries and the waits between them included, in milliseconds. @default 120000 */
  readonly deadlineMs?: number | undefined;
  /** How failed attempts are repeated; `false` sends each call once. */
  readonly retry?: RetryOptions | false | undefined;
  /** Stands before this client's own name in `User-Agent`, such as `portal/2.1`. */
  readonly userAgent?: string | undefined;
  /** The time that the client lives in: for tests that move it. @default the machine's */
  readonly clock?: Clock | undefined;
}

/** What each call takes beside its parameters. */
export interface CallOptions {
  /** Ends the call at once; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined;
  /** As in `ClientOptions`, for this call. */
  readonly timeoutMs?: number | undefined;
  /** As in `ClientOptions`, for this call. */
  readonly deadlineMs?: number | undefined;
  /** As in `ClientOptions`, for this call. */
  readonly retry?: RetryOptions | false | undefined;
  /** Sent beside the client's own headers. */
  readonly headers?: HeaderOptions | undefined;
}

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
export function requireBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(url.href))
    throw new InvalidArgumentError("baseUrl must be an absolute https:// URL without user, query or fragment.");
  if (url.protocol === "http:" && !loopback.test(url.hostname))
    throw new InvalidArgumentError(
      `baseUrl must be https://: credentials do not go over plain http to ${url.hostname}.`,
    );
  return url.href.replace(/\/+$/, "");
}
