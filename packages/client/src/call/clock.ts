import { onAbort, reasonOf, throwIfAborted } from "./abort-signals.js";

/** The time that a client lives in. Injected, so that a test can move it instead of waiting. */
export interface Clock {
  /** The time of day: milliseconds since the epoch. */
  now(): number;
  /**
   * Milliseconds since some moment in the past, whatever becomes of the time of day: somebody may set that, durations
   * go on. @default `now`, for a clock whose time of day nobody sets
   */
  monotonic?(): number;
  /** Calls back once, after `delayMs` milliseconds; the function it returns calls that off. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** The moment by which durations are measured. It is no time of day. */
export function monotonicNow(clock: Clock): number {
  return clock.monotonic ? clock.monotonic() : clock.now();
}

/** Node fires a timer at once when its delay does not fit into 31 bits. */
const longestDelayMs = 2 ** 31 - 1;

/** The machine's own time. The globals are looked up at each call, so that faked ones count. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Math.floor(performance.now()), // whole ones, as those of `now`
  schedule(callback, delayMs) {
    if (delayMs > longestDelayMs) return scheduleInSteps(callback, delayMs);
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

function scheduleInSteps(callback: () => void, delayMs: number): () => void {
  let callOff = systemClock.schedule(() => {
    callOff = systemClock.schedule(callback, delayMs - longestDelayMs);
  }, longestDelayMs);
  return () => callOff();
}

/** Resolves after `delayMs`, or rejects with the signal's reason as soon as that aborts. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
    const unlisten = onAbort(signal, () => {
      callOff();
      reject(reasonOf(signal));
    });
    const callOff = clock.schedule(() => {
      unlisten();
      resolve();
    }, delayMs);
  });
}

/** The promise's own end, or the signal's reason as soon as that aborts, whichever comes first. */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(reasonOf(signal));
    if (signal.aborted) onEnd();
    const unlisten = onAbort(signal, onEnd);
    promise.then(resolve, reject).finally(unlisten);
  });
}
