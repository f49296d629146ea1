import type { PrivateLinkConnection } from "@atlas-streams/types";
import { ApiError, NotFoundError, RateLimitError, ServerError } from "../../../answer/api-error.js";
import { ConnectionError, CredentialError, TimeoutError } from "../../../answer/errors.js";
import { asText } from "../../../answer/json.js";
import { isTransientStatus } from "../../../answer/transient.js";
import type { CallerContext } from "../../../call/caller-context.js";
import { type Clock, monotonicNow } from "../../../call/clock.js";
import type { NewItems } from "../../paging.js";
import { jitter, nextInterval, type Pace } from "./pace.js";
import { firstDueAt, type Place, Places, type Reading } from "./places.js";

/** What a look showed of one connection: the connection, or how sure it is that there is none. */
export type Sight =
  | {
      readonly connection: PrivateLinkConnection;
      /** What a call resolved with: the connection, or the page that it is on. */
      readonly source: object;
      readonly absence?: never;
    }
  | {
      readonly connection?: undefined;
      readonly source?: undefined;
      readonly absence: NotFoundError | "not on the list" | "not on a page";
    };

/** What a watcher wants after a look: to wait on, or to have its connection read by itself, because the list does not settle the matter. */
export type Wish = "wait on" | "read by itself";

/** Somebody who waits for one connection. */
export interface Watcher {
  readonly connectionId: string;
  readonly pace: Pace;
  /** Where the watcher's own code has to run. */
  readonly context: CallerContext;
  /** Takes what a look showed. */
  see(sight: Sight): Wish;
  /** Takes an error that may pass. */
  endure(error: unknown): void;
  /** Takes an error that ends the wait. */
  fail(error: unknown): void;
}

/** How a project is looked at. */
export interface Looks {
  /** Reads one connection. */
  one(connectionId: string, signal: AbortSignal): Promise<PrivateLinkConnection>;
  /** Reads all connections, page by page. */
  pages(signal: AbortSignal): AsyncIterable<NewItems<PrivateLinkConnection>>;
}

/** Whatever the service asks for: one look an hour is no burden to it. */
const longestRestMs = 3_600_000;

/**
 * The waits of one project, which share their looks: two or more of them are served by one reading of
 * the list, a lone one by reading its own connection. The next look is when the first of them is due.
 *
 * Joining and leaving take the same time however many there are; only a look goes through all of them.
 */
export class ProjectWatch {
  readonly #looks: Looks;
  readonly #clock: Clock;
  readonly #onEmpty: () => void;
  readonly #places = new Places();
  #isLooking = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Until when the service wants to be left alone, and the error that said so. */
  #restUntil = Number.NEGATIVE_INFINITY;
  #refusal: unknown;
  /** When the timer fires. */
  #alarmAt = Number.POSITIVE_INFINITY;
  #callOff = () => {};

  /** `onEmpty` is called when the last watcher has left. */
  constructor(looks: Looks, clock: Clock, onEmpty: () => void) {
    this.#looks = looks;
    this.#clock = clock;
    this.#onEmpty = onEmpty;
  }

  /** Adds a watcher. It has to leave. */
  join(watcher: Watcher): Place {
    const { intervalMs } = watcher.pace;
    const now = monotonicNow(this.#clock);
    // A newcomer is due at once, but not sooner after the last look than it would look itself.
    const dueAt = Math.max(now, this.#lookedAt + intervalMs);
    const place = {
      watcher,
      intervalMs,
      dueAt,
      isLeft: false,
      reading: undefined,
      previous: undefined,
      next: undefined,
    };
    this.#places.add(place);
    if (now < this.#restUntil) watcher.endure(this.#refusal);
    this.#wakeBy(dueAt);
    return place;
  }

  leave(place: Place): void {
    if (place.isLeft) return;
    place.isLeft = true;
    this.#places.delete(place);
    this.#settle(place);
    if (!this.#places.isEmpty) return;
    this.#callOff();
    this.#onEmpty();
  }

  /** Sets the timer, unless it fires before that anyway. */
  #wakeBy(dueAt: number): void {
    const at = Math.max(dueAt, this.#restUntil);
    if (this.#isLooking || at >= this.#alarmAt) return;
    this.#callOff();
    this.#alarmAt = at;
    this.#callOff = this.#clock.schedule(() => this.#wake(at), Math.max(0, at - monotonicNow(this.#clock)));
  }

  #wake(alarmAt: number): void {
    this.#alarmAt = Number.POSITIVE_INFINITY;
    const places = this.#places.all();
    const dueAt = firstDueAt(places);
    if (dueAt <= alarmAt) void this.#look(places);
    else this.#wakeBy(dueAt); // the one that the timer was set for has left
  }

  async #look(places: readonly Place[]): Promise<void> {
    this.#isLooking = true;
    this.#lookedAt = monotonicNow(this.#clock);
    const [first] = places;
    if (first) await (places.length === 1 ? this.#readOne(first) : this.#readList(first, places));
    this.#takeTurns(places);
    this.#isLooking = false;
    this.#wakeBy(firstDueAt(this.#places.all()));
  }

  #takeTurns(places: readonly Place[]): void {
    const now = monotonicNow(this.#clock);
    const factor = jitter(); // one for all, or the shortest of many would set the pace
    for (const place of places) {
      place.dueAt = now + place.intervalMs * factor;
      place.intervalMs = nextInterval(place.intervalMs, place.watcher.pace);
    }
  }

  /** Reads the connection of one watcher, in that one's context. */
  async #readOne(place: Place): Promise<void> {
    const { connectionId, context } = place.watcher;
    const { signal } = startReading([place]).abort;
    try {
      const connection = await context.run(() => this.#looks.one(connectionId, signal));
      await this.#show(place, { connection, source: connection });
    } catch (error) {
      await this.#miss([place], error);
    }
  }

  /** Reads the list, in the context of the first watcher: it has to be somebody's. */
  async #readList(first: Place, places: readonly Place[]): Promise<void> {
    const reading = startReading(places);
    const isOwed = (place: Place) => place.reading === reading;
    try {
      const pages = await first.watcher.context.run(() => this.#readPages(reading));
      const absence = pages === 1 ? "not on the list" : "not on a page";
      await this.#showAbsence(places.filter(isOwed), absence);
    } catch (error) {
      await this.#miss(places.filter(isOwed), error);
    }
  }

  /** Shows each page as it comes, so that no more than one is held; gives their number. */
  async #readPages(reading: Reading): Promise<number> {
    let pages = 0;
    for await (const { items, page } of this.#looks.pages(reading.abort.signal)) {
      pages++;
      const later: Promise<Wish>[] = [];
      for (const connection of items)
        for (let place = this.#places.firstOf(asText(connection._id) ?? ""); place; place = place.next)
          if (place.reading === reading) {
            const wish = this.#show(place, { connection, source: page });
            if (typeof wish !== "string") later.push(wish); // most are there at once, and a promise each would cost more than the look
          }
      await Promise.all(later);
      if (reading.owed === 0) break; // what else is on the list, nobody waits for
    }
    return pages;
  }

  /** All are told before anybody's connection is read by itself, which may take its time. */
  async #showAbsence(places: readonly Place[], absence: "not on the list" | "not on a page"): Promise<void> {
    const wishes = await Promise.all(places.map((place) => this.#show(place, { absence })));
    for (const [index, place] of places.entries()) {
      const mayRead = !place.isLeft && monotonicNow(this.#clock) >= this.#restUntil;
      if (wishes[index] === "read by itself" && mayRead) await this.#readOne(place);
    }
  }

  #show(place: Place, sight: Sight): Wish | Promise<Wish> {
    const { watcher } = place;
    this.#settle(place);
    return watcher.context.run(() => (place.isLeft ? "wait on" : watcher.see(sight)));
  }

  /** The reading under way owes the place nothing any more. */
  #settle(place: Place): void {
    const { reading } = place;
    if (!reading) return;
    place.reading = undefined;
    reading.owed--;
    if (reading.owed === 0 && place.isLeft) reading.abort.abort();
  }

  /** A 404, be it the project's, is a sight like any other; what may pass is waited out; everything else ends the waits. */
  async #miss(places: readonly Place[], error: unknown): Promise<void> {
    if (error instanceof NotFoundError) {
      await Promise.all(places.map((place) => this.#show(place, { absence: error })));
      return;
    }
    if (error instanceof RateLimitError || error instanceof ServerError) this.#rest(error, error.retryAfterMs ?? 0);
    const isPassing = mayPass(error);
    for (const place of places) {
      this.#settle(place);
      if (place.isLeft) continue;
      if (isPassing) place.watcher.endure(error);
      else place.watcher.fail(error);
    }
  }

  #rest(refusal: unknown, milliseconds: number): void {
    this.#restUntil = monotonicNow(this.#clock) + Math.min(longestRestMs, milliseconds);
    this.#refusal = refusal;
  }
}

function startReading(places: readonly Place[]): Reading {
  const reading = { abort: new AbortController(), owed: places.length };
  for (const place of places) place.reading = reading;
  return reading;
}

function mayPass(error: unknown): boolean {
  if (error instanceof ApiError || error instanceof CredentialError)
    return error.status !== undefined && isTransientStatus(error.status);
  return error instanceof ConnectionError || error instanceof TimeoutError;
}
