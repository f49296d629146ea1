import type { Clock } from "../clock.js";

/** A clock that can be set forward. */
export interface MovableClock extends Clock {
  /** What is due by then happens now, in its order. */
  advance(byMs: number): void;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  callOff: () => void;
}

/** Goes with another clock, and ahead of it as often as it is advanced. */
export function movable(clock: Clock): MovableClock {
  let aheadMs = 0;
  const timers = new Set<Timer>();
  const now = () => clock.now() + aheadMs;

  function start(timer: Timer): void {
    timer.callOff = clock.schedule(() => fire(timer), Math.max(0, timer.at - now()));
  }

  function fire(timer: Timer): void {
    timers.delete(timer);
    timer.callback();
  }

  return {
    now,
    schedule(callback, delayMs) {
      const timer: Timer = { at: now() + delayMs, callback, callOff: () => {} };
      timers.add(timer);
      start(timer);
      return () => {
        timers.delete(timer);
        timer.callOff();
      };
    },
    advance(byMs) {
      aheadMs += byMs;
      for (const timer of [...timers].sort((one, other) => one.at - other.at)) {
        // One that was due may have called off another.
        if (!timers.has(timer)) continue;
        timer.callOff();
        if (timer.at <= now()) fire(timer);
        else start(timer);
      }
    },
  };
}
