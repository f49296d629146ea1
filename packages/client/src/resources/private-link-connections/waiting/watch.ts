import type { PrivateLinkConnection } from "@atlas-streams/types";
import { ApiError, NotFoundError, RateLimitError, ServerError } from "../../../answer/api-error.js";
import { ConnectionError, CredentialError, TimeoutError } from "../../../answer/errors.js";
import { asText } from "../../../answer/json.js";
import type { Clock } from "../../../call/clock.js";
import { nextInterval, type Pace, sway } from "./options.js";

/** What a look showed of one connection: the connection, or how sure it is that there is none. */
export type Sight =
  | { readonly connection: PrivateLinkConnection; readonly absence?: never }
  | { readonly connection?: undefined; readonly absence: NotFoundError | "not on the list" | "not on a page" };

/** Somebody who waits for one connection. */
export interface Watcher {
  readonly connectionId: string;
  readonly pace: Pace;
  /** Takes what a look showed; true where it wants a look at its connection alone. */
  see(sight: Sight): boolean;
  /** Takes an error that may pass. */
  endure(error: unknown): void;
  /** Takes an error that ends the wait. */
  fail(error: unknown): void;
}

/** How a project is looked at. */
export interface Looks {
  /** Reads one connection. */
  one(connectionId: string, signal: AbortSignal): Promise<PrivateLinkConnection>;
  /** Reads all connections; `isWhole` where they came on one page, so that none can have slipped between two. */
  all(signal: AbortSignal): Promise<{ connections: readonly PrivateLinkConnection[]; isWhole: boolean }>;
}

interface Turn {
  intervalMs: number;
  dueAt: number;
  /** Ends a look at its connection alone. */
  readonly ending: AbortController;
}

/**
 * The waits of one project, which share their looks: two or more of them are served by one reading of
 * the list, a lone one by reading its own connection. The next look is when the first of them is due.
 */
export class ProjectWatch {
  readonly #looks: Looks;
  readonly #clock: Clock;
  readonly #turns = new Map<Watcher, Turn>();
  /** Who is served by the reading of the list under way, and what ends it. */
  #company: readonly Watcher[] = [];
  #ending = new AbortController();
  #isLooking = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Until when the service wants to be left alone. */
  #restUntil = 0;
  #callOff = () => {};

  constructor(looks: Looks, clock: Clock) {
    this.#looks = looks;
    this.#clock = clock;
  }

  /** Adds a watcher; the function it gives takes it away again. */
  join(watcher: Watcher): () => void {
    const { intervalMs } = watcher.pace;
    // A newcomer is due at once, but not sooner after the last look than it would look itself.
    const dueAt = Math.max(this.#clock.now(), this.#lookedAt + intervalMs);
    this.#turns.set(watcher, { intervalMs, dueAt, ending: new AbortController() });
    this.#arm();
    return () => this.#leave(watcher);
  }

  /** Ends what nobody waits for any more. */
  #leave(watcher: Watcher): void {
    const turn = this.#turns.get(watcher);
    if (!turn) return;
    this.#turns.delete(watcher);
    turn.ending.abort();
    if (!this.#company.some((each) => this.#turns.has(each))) this.#ending.abort();
    if (this.#turns.size === 0) this.#callOff();
  }

  #arm(): void {
    this.#callOff();
    if (this.#isLooking || this.#turns.size === 0) return;
    const now = this.#clock.now();
    const dueAt = Math.min(...Array.from(this.#turns.values(), (turn) => turn.dueAt));
    this.#callOff = this.#clock.schedule(() => void this.#look(), Math.max(now, dueAt, this.#restUntil) - now);
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    this.#lookedAt = this.#clock.now();
    const watchers = [...this.#turns.keys()];
    const [first] = watchers;
    await (first && watchers.length === 1 ? this.#lookAtOne(first) : this.#lookAtAll(watchers));
    const factor = sway(); // one for all, or the shortest of many would set the pace
    for (const watcher of watchers) this.#takeTurn(watcher, factor);
    this.#isLooking = false;
    this.#arm();
  }

  #takeTurn(watcher: Watcher, factor: number): void {
    const turn = this.#turns.get(watcher);
    if (!turn) return;
    turn.dueAt = this.#clock.now() + turn.intervalMs * factor;
    turn.intervalMs = nextInterval(turn.intervalMs, watcher.pace);
  }

  async #lookAtOne(watcher: Watcher): Promise<void> {
    const turn = this.#turns.get(watcher);
    if (!turn) return;
    try {
      this.#show(watcher, { connection: await this.#looks.one(watcher.connectionId, turn.ending.signal) });
    } catch (error) {
      this.#miss([watcher], error);
    }
  }

  async #lookAtAll(watchers: readonly Watcher[]): Promise<void> {
    this.#company = watchers;
    this.#ending = new AbortController();
    try {
      const { connections, isWhole } = await this.#looks.all(this.#ending.signal);
      const found = new Map(connections.map((connection) => [asText(connection._id)?.toLowerCase(), connection]));
      const absence = isWhole ? "not on the list" : "not on a page";
      // All are told of the list before anybody's connection is looked at alone, which may take its time.
      const unsure = watchers.filter((watcher) => {
        const connection = found.get(watcher.connectionId.toLowerCase());
        return this.#show(watcher, connection ? { connection } : { absence });
      });
      for (const watcher of unsure) if (this.#clock.now() >= this.#restUntil) await this.#lookAtOne(watcher);
    } catch (error) {
      this.#miss(watchers, error);
    }
  }

  /** True where the watcher is still there and wants a look at its connection alone. */
  #show(watcher: Watcher, sight: Sight): boolean {
    return this.#turns.has(watcher) && watcher.see(sight) && this.#turns.has(watcher);
  }

  /** A 404, be it the project's, is a sight like any other; what may pass is waited out; everything else ends the waits. */
  #miss(watchers: readonly Watcher[], error: unknown): void {
    if (error instanceof RateLimitError || error instanceof ServerError)
      this.#restUntil = this.#clock.now() + (error.retryAfterMs ?? 0);
    const mayPass =
      error instanceof ApiError || error instanceof CredentialError
        ? /^(408|429|5..)$/.test(String(error.status))
        : error instanceof ConnectionError || error instanceof TimeoutError;
    for (const watcher of watchers) {
      if (error instanceof NotFoundError) this.#show(watcher, { absence: error });
      else mayPass ? watcher.endure(error) : watcher.fail(error);
    }
  }
}
