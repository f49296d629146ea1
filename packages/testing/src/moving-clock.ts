import { type Timer, TimerQueue } from "./timer-queue.js";
import { turn } from "./turns.js";

/** A clock that stands still until it is moved, so that an hour costs a test no time. It fits the client and the mock. */
export interface MovingClock {
  now(): number;
  monotonic(): number;
  schedule(callback: () => void, delayMs: number): () => void;
  /** Sets the time of day so much on, or back: no time passes, and no timer notices. */
  setTimeOfDay(byMs: number): void;
  /** Moves on, and lets happen what falls due on the way, in order, without a pause in between. */
  advance(milliseconds: number): void;
  /** Moves on as a machine does that was asleep: what fell due meanwhile happens at the end, late. */
  oversleep(milliseconds: number): void;
  /** Lets so much time pass, and everything happen that falls due in it, each as soon as the network is quiet. */
  pass(milliseconds: number): Promise<void>;
  /** Waits in the clock's time: moves from timer to timer, each as soon as the network is quiet, until the promise has settled. */
  until<Value>(promise: Promise<Value>): Promise<Value>;
  /** Lets the network come to rest, and no time pass. */
  quiet(): Promise<void>;
  /** Resolves when somebody waits for exactly so long: a way to see that a client has begun a wait. */
  untilScheduled(delayMs: number): Promise<void>;
  /** How many timers have neither fired nor been called off. */
  readonly pending: number;
  /** The waits that were skipped, in order. */
  readonly skipped: readonly number[];
}

export interface ClockOptions {
  /** Names the waits that are over at once, since only their length matters. */
  readonly skip?: (delayMs: number) => boolean;
  /** Tells whether nothing is under way that ends by itself. */
  readonly isQuiet?: () => boolean;
  /** How long the network may take to come to rest, in milliseconds of the machine. @default 30000 */
  readonly longestRestMs?: number;
}

/** As many turns of the event loop as lie between an answer and what its reader does with it, and some more. */
const turnsOfRest = 4;

export function startClock(options: ClockOptions = {}): MovingClock {
  const { skip = () => false, isQuiet = () => true, longestRestMs = 30_000 } = options;
  let now = Date.parse("2026-01-01T00:00:00Z");
  let setByMs = 0;
  const timers = new TimerQueue();
  const skipped: number[] = [];

  function fire(timer: Timer): void {
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.callback();
  }

  function advance(milliseconds: number): void {
    const end = now + milliseconds;
    for (let timer = timers.first(); timer && timer.at <= end; timer = timers.first()) fire(timer);
    now = end;
  }

  async function quiet(): Promise<void> {
    const startedAt = performance.now();
    for (let turns = 0; turns < turnsOfRest; turns = isQuiet() ? turns + 1 : 0) {
      if (performance.now() - startedAt > longestRestMs) throw new Error("The network does not come to rest.");
      await turn();
    }
  }

  return {
    now: () => now + setByMs,
    monotonic: () => now,
    schedule(callback, delayMs) {
      const timer = { at: now + delayMs, delayMs, callback };
      timers.add(timer);
      if (skip(delayMs)) {
        skipped.push(delayMs);
        setImmediate(() => timers.has(timer) && advance(Math.max(0, timer.at - now)));
      }
      return () => timers.delete(timer);
    },
    setTimeOfDay(byMs) {
      setByMs += byMs;
    },
    advance,
    oversleep(milliseconds) {
      now += milliseconds;
      advance(0);
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      await quiet();
      for (let timer = timers.first(); timer && timer.at <= end; timer = timers.first()) {
        fire(timer);
        await quiet();
      }
      now = end;
    },
    async until(promise) {
      let isSettled = false;
      const settle = () => {
        isSettled = true;
      };
      promise.then(settle, settle);
      for (;;) {
        await quiet();
        if (isSettled) return promise;
        const timer = timers.first();
        if (!timer) throw new Error("It has not settled, and nothing is scheduled that could settle it.");
        fire(timer);
      }
    },
    quiet,
    async untilScheduled(delayMs) {
      while (![...timers].some((timer) => timer.delayMs === delayMs)) await turn();
    },
    get pending() {
      return timers.size;
    },
    skipped,
  };
}
