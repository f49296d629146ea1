import type { Clock } from "./clock.js";

/** How the mock is to be. */
export interface MockOptions {
  /**
   * The port on 127.0.0.1; 0 takes a free one.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * `"check"` wants the credentials that the mock shows, by digest or by token; `"any"` takes whatever comes, and
   * nothing.
   *
   * @default "check"
   */
  readonly auth?: "check" | "any";
  /**
   * The time that tokens, nonces and states live by.
   *
   * @default the machine's
   */
  readonly clock?: Clock;
  /** How far the mock lets its callers go. */
  readonly limits?: MockLimits;
}

/** The service's limits. */
export interface MockLimits {
  /**
   * How long an access token lives.
   *
   * @default 3600
   */
  readonly tokenLifetimeSeconds?: number;
  /**
   * How many tokens may live at a time; one more is answered with 403 `access_denied`.
   *
   * @default 100
   */
  readonly liveTokens?: number;
  /**
   * How many tokens may be asked for in a minute; one more is answered with 429 `RATE_LIMITED`. The service allows 50.
   *
   * @default Infinity
   */
  readonly tokenRequestsPerMinute?: number;
  /**
   * How long a nonce of the digest challenge is good. The service says only that it is short.
   *
   * @default 300_000
   */
  readonly nonceLifetimeMs?: number;
}
