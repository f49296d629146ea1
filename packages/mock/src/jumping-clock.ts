import { channel } from "node:diagnostics_channel";
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "./clock.js";

/** Time for a test that does not want to wait. */
export interface JumpingClock extends Clock {
  /** From now on it stands still, and hears of no requests any more. */
  stop(): void;
}

/** Whoever has been answered goes on first: so many turns of the event loop are enough for that. */
const turns = 5;

/**
 * A clock for client and mock alike: it stands still while a request of a client in this process is under way, and
 * otherwise jumps to what is due next. So half an hour of waiting is over in a moment, and in the right order.
 *
 * It hears of requests by the client's channels `atlas-streams:request` and `atlas-streams:response`, those of every
 * client in the process.
 *
 * @param start milliseconds since the epoch
 * @example
 * ```ts
 * const clock = jumpingClock();
 * const mock = await startMock({ clock, connections: [], scenario: { pace: { ms: 17 * 60_000 } } });
 * console.log(clock.now(), mock.url); // createClient({ …, baseUrl: mock.url, clock })
 * await mock.stop();
 * clock.stop();
 * ```
 */
export function jumpingClock(start: number = Date.UTC(2026, 0, 1)): JumpingClock {
  let time = start;
  let isRunning = true;
  const underWay = new Set<unknown>();
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  async function jump(): Promise<void> {
    for (let taken = 0; taken < turns; taken += 1) await turn();
    const [next] = [...timers].sort((one, other) => one.at - other.at);
    if (!next || underWay.size > 0 || !isRunning) return;
    timers.delete(next);
    time = Math.max(time, next.at);
    next.callback();
    void jump();
  }

  const onRequest = (request: unknown) => void underWay.add(request);
  const onResponse = (response: unknown) => {
    // Requests that began before this clock did are none of its business.
    if (underWay.delete((response as { readonly request: unknown }).request)) void jump();
  };
  channel("atlas-streams:request").subscribe(onRequest);
  channel("atlas-streams:response").subscribe(onResponse);

  return {
    now: () => time,
    schedule(callback, delayMs) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      void jump();
      return () => void timers.delete(timer);
    },
    stop() {
      isRunning = false;
      channel("atlas-streams:request").unsubscribe(onRequest);
      channel("atlas-streams:response").unsubscribe(onResponse);
    },
  };
}
