/** An access token and its times, as a store keeps it: plain JSON. */
export interface StoredToken {
  readonly accessToken: string;
  /** From when on the token is to be replaced, in milliseconds since the epoch; absent where the service did not say how long it lives. */
  readonly renewAt?: number | undefined;
  /** From when on the token is not sent any more, in milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
}

/**
 * Where the processes of a fleet share one access token, so that they stay under the service's limit
 * of live tokens. What it keeps is as secret as a password.
 */
export interface TokenStore {
  /** The token kept under the key, or undefined. Anything that is no token counts as none. */
  get(key: string): Promise<StoredToken | undefined>;
  /** Keeps a token under the key, instead of what was there. */
  set(key: string, token: StoredToken): Promise<void>;
  /** Runs the work while nobody else, in any process, runs work under the same key; gives its result, or fails with its error. */
  lock<Value>(key: string, work: () => Promise<Value>): Promise<Value>;
}
