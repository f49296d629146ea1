import { onAbort } from "./on-abort.js";

/** The time that a client lives in. Injected, so that a test can move it instead of waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once, after `delayMs` milliseconds; the function it returns calls that off. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** Node fires a timer at once when its delay does not fit into 31 bits. */
const longestDelayMs = 2 ** 31 - 1;

/** The machine's own time. The globals are looked up at each call, so that faked ones count. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, longestDelayMs));
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`, or rejects with the signal's reason as soon as that aborts. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const unlisten = onAbort(signal, () => {
      callOff();
      reject(signal.reason);
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
    if (signal.aborted) reject(signal.reason);
    const unlisten = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(unlisten);
  });
}
