import type { Clock } from "./clock.js";

/** A signal with a limit on it, and the function that lifts the limit. */
export interface TimeLimit {
  readonly signal: AbortSignal;
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
  const followParent = () => controller.abort(parent?.reason);
  if (parent?.aborted) followParent();
  parent?.addEventListener("abort", followParent);
  const callOff = clock.schedule(() => controller.abort(onLimit()), limitMs);
  return {
    signal: controller.signal,
    release() {
      callOff();
      parent?.removeEventListener("abort", followParent);
    },
  };
}
