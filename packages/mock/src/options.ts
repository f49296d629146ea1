import type { Clock } from "./clock.js";
import type { MockConnection } from "./connections/connections.js";
import type { Scenario } from "./connections/scenario.js";
import type { FaultRule } from "./faults/fault.js";
import type { ListenOptions } from "./listening/listen-options.js";
import type { MockRequest } from "./mock-request.js";
import type { Rate } from "./rate.js";

/**
 * What stands in the 401 at first contact: an error code, as in the recordings of 2026; none, as in nearly all of those
 * of 2025; or nothing at all, as in one of them.
 */
export type ChallengeBody = "error-code" | "no-error-code" | "empty";

/** How the mock is to be. */
export interface MockOptions extends ListenOptions {
  /**
   * `"check"` wants the credentials that the mock shows, by digest or by token; `"any"` takes whatever comes, and
   * nothing.
   *
   * @default "check"
   */
  readonly auth?: "check" | "any";
  /**
   * The connections that there are, and no others: reading another one answers with 404. `mock.state.save()` gives such
   * a list.
   *
   * Without it the mock behaves as Prism does: each project has the connections of the description's examples, and an id
   * that was never heard of is answered with the first example under that id. What is made here lives its life all the
   * same, and what is deleted here is gone.
   */
  readonly connections?: readonly MockConnection[];
  /**
   * The projects that there are, by their ids: any other is answered with 404 `GROUP_NOT_FOUND`.
   *
   * @default any id is one of a project
   */
  readonly projects?: readonly string[];
  /**
   * What becomes of connections.
   *
   * @default made, each is IDLE, then WORKING, then DONE; each state is seen by one read
   */
  readonly scenario?: Scenario;
  /** What goes wrong, and when. */
  readonly faults?: readonly FaultRule[];
  /**
   * What ids and shares of faults are drawn from: the same seed draws the same.
   *
   * @default 1
   */
  readonly seed?: number;
  /**
   * The time that tokens, nonces and states live by.
   *
   * @default the machine's
   */
  readonly clock?: Clock;
  /**
   * Whether pages of other origins may call, as the site's do: any page that is open in a browser on this machine.
   *
   * @default false
   */
  readonly cors?: boolean;
  /** Told of each request when it is known what becomes of it, before the first byte of that goes out. */
  readonly onAnswer?: (request: MockRequest) => void;
  /** Told of each request when it has been dealt with. */
  readonly onAnswered?: (request: MockRequest, tookMs: number) => void;
  /**
   * How many requests `mock.requests` keeps; the oldest go first.
   *
   * @default all
   */
  readonly keepRequests?: number;
  /**
   * The body of the 401 that a digest client meets first: with an error code, as the service answers since 2026; without
   * one, or none at all, as it did before.
   *
   * @default "error-code"
   */
  readonly challengeBody?: ChallengeBody;
  /**
   * A file with another description, such as `atlas-streams-generate` writes: its operations are served beside the
   * mock's own, by their examples or what their schemas allow. Of two for the same method and path the mock's own is
   * meant.
   *
   * @default none
   */
  readonly description?: string;
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
  /**
   * How many requests each project has: `capacity` at first, and `refill` more every `perMs` milliseconds. One too many
   * is answered with 429 `RATE_LIMITED_TOKEN_BUCKET`. What is left out is the service's; `false`: as many as it likes.
   *
   * @default `{ capacity: 1200, refill: 500, perMs: 60_000 }`, the service's
   */
  readonly rate?: Partial<Rate> | false;
}
