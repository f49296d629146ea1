import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../../../src/call/clock.js";

/** A clock that stands still until it is moved, so that an hour of waiting costs a test no time. */
export interface MovingClock extends Clock {
  /** How many timers have neither fired nor been called off. */
  readonly pending: number;
  /** Waits in the clock's time: moves from timer to timer, each as soon as the network is quiet, until the promise has settled. */
  until<Value>(promise: Promise<Value>): Promise<Value>;
  /** Lets so much time pass, and everything happen that falls due in it. */
  pass(milliseconds: number): Promise<void>;
  /** Lets the network come to rest, and no time pass. */
  quiet(): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** As many turns of the event loop as lie between an answer and what its reader does with it, and some more. */
const turnsOfRest = 4;
const longestRestMs = 5_000;

/** `isQuiet` tells whether nothing is under way that ends by itself. */
export function startClock(isQuiet: () => boolean): MovingClock {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const timers = new Set<Timer>();

  function next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  function fire(timer: Timer): void {
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.callback();
  }

  async function quiet(): Promise<void> {
    const startedAt = performance.now();
    for (let turns = 0; turns < turnsOfRest; turns = isQuiet() ? turns + 1 : 0) {
      if (performance.now() - startedAt > longestRestMs) throw new Error("The network does not come to rest.");
      await turn();
    }
  }

  return {
    now: () => now,
    schedule(callback, delayMs) {
      const timer = { at: now + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    get pending() {
      return timers.size;
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
        const timer = next();
        if (!timer) throw new Error("It has not settled, and nothing is scheduled that could settle it.");
        fire(timer);
      }
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      await quiet();
      for (let timer = next(); timer && timer.at <= end; timer = next()) {
        fire(timer);
        await quiet();
      }
      now = end;
    },
    quiet,
  };
}
