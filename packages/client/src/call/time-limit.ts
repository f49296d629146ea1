import type { Clock } from "./clock.js";

/** A signal with a limit on it, and the function that lifts the limit. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** The work's own end, or the signal's reason as soon as that aborts, even where the work does not heed it. */
  race<Value>(work: Promise<Value>): Promise<Value>;
  release(): void;
}

/**
 * Starts a signal that aborts when `parent` does, with the same reason, or after `limitMs` with the
 * error that `onLimit` makes. Release it when the work has ended, so that neither a timer nor a
 * listener stays behind.
 */
export function startTimeLimit(
  clock: Clock,
  parent: AbortSignal | null | undefined,
  limitMs: number,
  onLimit: () => Error,
): TimeLimit {
  const controller = new AbortController();
  let onEnd: ((reason: unknown) => void) | undefined;
  const end = (reason: unknown) => {
    controller.abort(reason);
    onEnd?.(reason);
  };
  const followParent = () => end(parent?.reason);
  if (parent?.aborted) followParent();
  else if (limitMs <= 0) end(onLimit()); // at once, so that nothing is sent that has no time
  parent?.addEventListener("abort", followParent);
  const callOff = clock.schedule(() => end(onLimit()), limitMs);
  return {
    signal: controller.signal,
    race: (work) =>
      new Promise((resolve, reject) => {
        onEnd = reject;
        work.then(resolve, reject);
      }),
    release() {
      callOff();
      parent?.removeEventListener("abort", followParent);
    },
  };
}
