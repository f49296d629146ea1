import type { PrivateLinkConnection } from "@atlas-streams/types";
import { requireDuration } from "../../../call/options.js";

/** What a wait tells after each look at its connection. */
export interface WaitProgress {
  /** The state, as far as there is one. */
  readonly state: PrivateLinkConnection["state"];
  /** Since the wait began, in milliseconds. */
  readonly elapsedMs: number;
  /** How many looks there have been, this one included. */
  readonly attempt: number;
  /** The connection; absent where there is none, for example just after it was created. */
  readonly connection: PrivateLinkConnection | undefined;
}

/** How to wait. */
export interface WaitOptions {
  /** The time between the first two looks, in milliseconds. It grows by half with each look up to fifteen times its length, and varies by a fifth so that waits do not march in step. @default 2000 */
  readonly intervalMs?: number | undefined;
  /** When to give up, in milliseconds. @default 3600000, an hour: some vendors need 35 minutes */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait at once; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined;
  /** Called after each look. What it throws ends the wait. */
  readonly onProgress?: ((progress: WaitProgress) => void) | undefined;
}

const growth = 1.5;
const longestGrowth = 15;

/** The times of one wait. */
export interface Pace {
  readonly intervalMs: number;
  /** The longest interval; and how long the service may take until it shows what it has been told. */
  readonly longestMs: number;
}

export function paceOf({ intervalMs = 2000 }: WaitOptions): Pace {
  requireDuration("intervalMs", intervalMs);
  return { intervalMs, longestMs: intervalMs * longestGrowth };
}

/** The interval after the one given. */
export function nextInterval(intervalMs: number, { longestMs }: Pace): number {
  return Math.min(longestMs, intervalMs * growth);
}

/** What an interval is multiplied with: somewhere in the fifth around 1. */
export function sway(): number {
  return 0.9 + Math.random() / 5;
}
