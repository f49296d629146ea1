import { createToken } from "@atlas-streams/types";
import { abortable } from "../clock.js";
import { AtlasError, CredentialError, InvalidArgumentError } from "../errors.js";
import { tokens } from "../events.js";
import type { BoundCredentials, CredentialCall, CredentialContext, Credentials } from "./credentials.js";
import { refuseOtherOrigin } from "./origin.js";
import { createTokenEndpoint, isToken } from "./token-endpoint.js";
import type { StoredToken, TokenStore } from "./token-store.js";

/** The id and secret of a service account. */
export interface ServiceAccountOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Shares the token with other processes. @default each client keeps its own token in memory */
  readonly store?: TokenStore;
}

/** A token that is being fetched, and how many wait for it. */
interface Renewal {
  readonly token: Promise<StoredToken>;
  readonly controller: AbortController;
  waiting: number;
}

/** A refused token is replaced once; where the new one is refused too, the token is not what is wrong, and each try would cost one of the few that an account may have. */
const quietAfterVainRenewalMs = 300_000;

/**
 * Logs in as a service account: OAuth 2.0 client credentials (RFC 6749, section 4.4).
 *
 * One token serves all the calls of a client. It is replaced before it expires, and once when the
 * service refuses it.
 *
 * @throws `InvalidArgumentError` at once where id or secret cannot be one; calls fail with a `CredentialError` where the service refuses them
 * @example
 * ```ts
 * const atlas = createClient({ auth: serviceAccount({ clientId, clientSecret }) });
 * ```
 */
export function serviceAccount(options: ServiceAccountOptions): Credentials {
  const { clientId, clientSecret, store } = options ?? {};
  requireCredential("clientId", clientId, /^[\x21-\x39\x3b-\x7e]+$/);
  requireCredential("clientSecret", clientSecret, /^[\x21-\x7e]+$/);
  return (context) => bind(context, clientId, clientSecret, store);
}

function requireCredential(name: string, value: unknown, pattern: RegExp): void {
  if (typeof value === "string" && pattern.test(value)) return;
  throw new InvalidArgumentError(
    `serviceAccount: ${name} must be text without spaces${name === "clientId" ? " or colons" : ""}.`,
  );
}

function bind(
  context: CredentialContext,
  clientId: string,
  clientSecret: string,
  store?: TokenStore,
): BoundCredentials {
  const { baseUrl, clock } = context;
  const endpoint = createTokenEndpoint(context, clientId, clientSecret);
  const key = `atlas-streams:${new URL(baseUrl).origin}:${clientId}`;
  let held: StoredToken | undefined;
  let renewal: Renewal | undefined;
  let quietUntil = 0;

  const isBefore = (moment: number | undefined) => moment === undefined || clock.now() < moment;
  /** The token, unless it is none, is due for renewal, or is the one that was refused. */
  const usable = (token: StoredToken | undefined, refused?: string): StoredToken | undefined =>
    token && isToken(token.accessToken) && token.accessToken !== refused && isBefore(token.renewAt) ? token : undefined;

  async function share(shared: TokenStore, signal: AbortSignal, refused?: string): Promise<StoredToken> {
    const stored = usable(await shared.get(key), refused);
    if (stored) return stored;
    return shared.lock(key, async () => {
      const renewed = usable(await shared.get(key), refused);
      if (renewed) return renewed;
      const issued = await endpoint.issue(signal);
      held = issued; // first, so that a store that cannot keep it does not cost a token per call
      await shared.set(key, issued);
      return issued;
    });
  }

  async function obtain(signal: AbortSignal, refused?: string): Promise<StoredToken> {
    try {
      held = await (store ? share(store, signal, refused) : endpoint.issue(signal));
      tokens.publish({ expiresAt: held.expiresAt });
      return held;
    } catch (cause) {
      const failed = "gave no token to share: the token store failed.";
      const error = cause instanceof AtlasError ? cause : new CredentialError(createToken, failed, {}, { cause });
      if (!signal.aborted) tokens.publish({ error });
      throw error;
    }
  }

  /** Whoever needs a token while one is being fetched waits for that one. Where nobody waits any more, the fetching ends. */
  async function renew({ signal }: CredentialCall, refused?: string): Promise<string> {
    const controller = new AbortController();
    renewal ??= { token: obtain(controller.signal, refused), controller, waiting: 0 };
    const mine = renewal;
    mine.waiting++;
    try {
      return (await abortable(mine.token, signal)).accessToken;
    } finally {
      if (--mine.waiting === 0) {
        if (renewal === mine) renewal = undefined;
        mine.controller.abort();
      }
    }
  }

  async function currentToken(call: CredentialCall): Promise<string> {
    const ready = usable(held);
    if (ready) return ready.accessToken;
    try {
      return await renew(call);
    } catch (error) {
      // A token that is merely due for renewal still serves while the token endpoint is down.
      if (held && isBefore(held.expiresAt) && !call.signal.aborted) return held.accessToken;
      throw error;
    }
  }

  async function tokenAfterRefusal(refused: string, call: CredentialCall): Promise<string | undefined> {
    if (held && held.accessToken !== refused) return held.accessToken;
    if (!renewal && clock.now() < quietUntil) return undefined;
    return renew(call, refused);
  }

  return {
    authorize: (call) => (next) => async (request) => {
      refuseOtherOrigin(request, baseUrl);
      const token = await currentToken(call);
      const copy = request.body ? request.clone() : request;
      const response = await next(withToken(request, token));
      if (response.status !== 401) return response;
      const other = await tokenAfterRefusal(token, call);
      if (other === undefined) return response;
      const second = await next(withToken(copy, other));
      if (second.status === 401) quietUntil = clock.now() + quietAfterVainRenewalMs;
      return second;
    },

    async close() {
      await renewal?.token.catch(() => undefined); // its callers are told; here it only matters that it has ended
      const token = held;
      held = undefined;
      // A shared token is not this client's to end, and an expired one has ended.
      if (!token || store || !isBefore(token.expiresAt)) return;
      await endpoint.revoke(token.accessToken);
    },
  };
}

function withToken(request: Request, token: string): Request {
  request.headers.set("authorization", `Bearer ${token}`);
  return request;
}
