import { InvalidArgumentError } from "../answer/errors.js";
import { property } from "../answer/json.js";

/** An access token and its times, as a store keeps it: plain JSON. */
export interface StoredToken {
  /** The token itself: as secret as a password. */
  readonly accessToken: string;
  /** From when on the token is to be replaced, in milliseconds since the epoch; absent where the service did not say how long it lives. */
  readonly renewAt?: number | undefined;
  /** From when on the token is not sent any more, in milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
}

/**
 * Where the processes of a fleet share one access token, so that they stay under the service's limit
 * of live tokens. What it keeps is as secret as a password, and a store is trusted: who may write to it
 * decides which token its clients send. The key is a hash of base URL, id and secret: whoever does not
 * know the secret finds nothing.
 */
export interface TokenStore {
  /** The token kept under the key, or undefined. Anything that is no token counts as none. */
  get(key: string): Promise<StoredToken | undefined>;
  /** Keeps a token under the key, instead of what was there. */
  set(key: string, token: StoredToken): Promise<void>;
  /** Runs the work while nobody else, in any process, runs work under the same key; gives its result, or fails with its error. */
  lock<Value>(key: string, work: () => Promise<Value>): Promise<Value>;
}

/** The store itself, or an `InvalidArgumentError` where it is none. */
export function requireStore(store: unknown): TokenStore | undefined {
  if (store === undefined) return undefined;
  const isStore = ["get", "set", "lock"].every((name) => typeof property(store, name) === "function");
  if (isStore) return store as TokenStore;
  throw new InvalidArgumentError("serviceAccount: store must have the functions get, set and lock.");
}

/** Longer than any service lets a token live. */
export const longestLifetimeMs = 366 * 24 * 3_600_000;
/** Longer than what fits into a header that servers take. */
const longestToken = 16_384;

/** Whether it is a token that can stand in a header. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && value.length <= longestToken && /^[\x21-\x7e]+$/.test(value);
}

/** A copy of what a store gave back, or undefined where it is no token: a store may give anything, and another thing each time it is looked at. */
export function copyToken(stored: unknown, now: number): StoredToken | undefined {
  const [accessToken, renewAt, expiresAt] = ["accessToken", "renewAt", "expiresAt"].map((name) =>
    property(stored, name),
  );
  const isTime = (value: unknown): value is number | null | undefined =>
    value == null || (typeof value === "number" && value >= 0 && value <= now + longestLifetimeMs);
  if (!isToken(accessToken) || !isTime(renewAt) || !isTime(expiresAt)) return undefined;
  return { accessToken, ...(renewAt != null && { renewAt }), ...(expiresAt != null && { expiresAt }) };
}
