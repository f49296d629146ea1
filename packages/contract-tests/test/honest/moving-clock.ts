import type { Clock } from "@atlas-streams/client";

/** A clock that stands still until it is moved, so that an hour costs a test no time. */
export interface MovingClock extends Clock {
  /** Moves on, and lets happen what falls due on the way, in order. */
  advance(milliseconds: number): void;
  /** Resolves when somebody waits for exactly so long: a way to see that a client has begun a wait. */
  untilScheduled(delayMs: number): Promise<void>;
  /** How many timers have neither fired nor been called off. */
  readonly pending: number;
  /** The waits that were skipped, in order. */
  readonly skipped: readonly number[];
}

interface Timer {
  readonly at: number;
  readonly delayMs: number;
  readonly callback: () => void;
}

/** `skip` names the waits that are over at once, since only their length matters. */
export function startClock(skip: (delayMs: number) => boolean = () => false): MovingClock {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const timers = new Set<Timer>();
  const skipped: number[] = [];

  function advance(milliseconds: number): void {
    const end = now + milliseconds;
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!next) break;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.callback();
    }
    now = end;
  }

  return {
    now: () => now,
    schedule(callback, delayMs) {
      const timer = { at: now + delayMs, delayMs, callback };
      timers.add(timer);
      if (skip(delayMs)) {
        skipped.push(delayMs);
        setImmediate(() => timers.has(timer) && advance(Math.max(0, timer.at - now)));
      }
      return () => timers.delete(timer);
    },
    advance,
    async untilScheduled(delayMs) {
      while (![...timers].some((timer) => timer.delayMs === delayMs)) await turn();
    },
    get pending() {
      return timers.size;
    },
    skipped,
  };
}

/** Lets pending input and output happen. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Long enough for a request on this machine to arrive, if one is under way. */
export function aMoment(milliseconds = 20): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
