import type { PrivateLinkConnection } from "@atlas-streams/types";

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
  /** The time between the first two looks, in milliseconds. It grows by half with each look, up to fifteen times its length, and each time varies by up to a tenth either way, so that waits do not all look at the same moment. @default 2000 */
  readonly intervalMs?: number | undefined;
  /** When to give up, in milliseconds. @default 3600000, an hour: some vendors need 35 minutes */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait at once; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined;
  /** Called after each look. What it throws ends the wait. */
  readonly onProgress?: ((progress: WaitProgress) => void) | undefined;
}
