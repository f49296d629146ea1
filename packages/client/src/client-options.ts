import type { Operation } from "@atlas-streams/types";
import type { Credentials } from "./auth/credentials.js";
import type { Clock } from "./call/clock.js";
import type { NetworkOptions } from "./call/network.js";
import type { HeaderOptions, RetryOptions } from "./call/options.js";

/** What `createClient` takes. */
export interface ClientOptions extends NetworkOptions {
  /** Who the client is: `serviceAccount(…)` or `digest(…)`. @default what `credentialsFromEnvironment()` finds */
  readonly auth?: Credentials | undefined;
  /** Where the API is. `http://` is refused unless it is this machine, or `allowInsecure` says that it is meant. @default MONGODB_ATLAS_BASE_URL, else `https://cloud.mongodb.com` */
  readonly baseUrl?: string | undefined;
  /**
   * Lets id, secret and tokens travel over plain `http://` to another machine, where whoever is on the way
   * reads them: for a mock in a container next door, with credentials that are worth nothing. Never for Atlas.
   * @default false
   */
  readonly allowInsecure?: boolean | undefined;
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
  /** Operations for `raw` beside the client's own, generated for another description or another version. Of two for the same method and path these are meant; the client's own methods stay with theirs. */
  readonly operations?: readonly Operation[] | undefined;
  /** The time that the client lives in: for tests that move it. @default the machine's */
  readonly clock?: Clock | undefined;
}
