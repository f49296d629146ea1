import { requireDuration } from "../../../call/options.js";

const growth = 1.5;
const longestGrowth = 15;
const jitterShare = 0.1;

/** The times of one wait. */
export interface Pace {
  readonly intervalMs: number;
  /** The longest interval; and how long the service may take until it shows what it has been told. */
  readonly longestMs: number;
}

export function paceOf({ intervalMs = 2000 }: { readonly intervalMs?: number | undefined }): Pace {
  requireDuration("intervalMs", intervalMs);
  return { intervalMs, longestMs: intervalMs * longestGrowth };
}

/** The interval after the one given. */
export function nextInterval(intervalMs: number, { longestMs }: Pace): number {
  return Math.min(longestMs, intervalMs * growth);
}

/** What an interval is multiplied with, so that waits which began together do not all look at the same moment. */
export function jitter(): number {
  return 1 - jitterShare + Math.random() * 2 * jitterShare;
}
