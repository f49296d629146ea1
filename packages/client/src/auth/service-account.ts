import { createToken } from "@atlas-streams/types/operations/oauth";
import { AtlasError, CredentialError, TimeoutError } from "../answer/errors.js";
import { property } from "../answer/json.js";
import { plainCause } from "../answer/plain-cause.js";
import { abortable, monotonicNow } from "../call/clock.js";
import { tokens } from "../call/events.js";
import type { PlainRequest } from "../call/layer.js";
import { Limit } from "../call/limit.js";
import type { CallLimits } from "../call/options.js";
import type { BoundCredentials, CredentialCall, CredentialContext, Credentials } from "./credentials.js";
import { refuseOtherOrigin } from "./origin.js";
import { requireKey } from "./require-key.js";
import { createTokenEndpoint } from "./token-endpoint.js";
import { copyToken, requireStore, type StoredToken, type TokenStore } from "./token-store.js";

/** The id and secret of a service account. */
export interface ServiceAccountOptions {
  /** The service account's id: `mdb_sa_id_…`. */
  readonly clientId: string;
  /** The service account's secret: `mdb_sa_sk_…`. It is sent to the token endpoint and nowhere else. */
  readonly clientSecret: string;
  /** Shares the token with other processes. @default each client keeps its own token in memory */
  readonly store?: TokenStore | undefined;
}

/** A token that is being fetched, and how many wait for it. */
interface Renewal {
  readonly token: Promise<StoredToken>;
  readonly controller: AbortController;
  /** Those of the call that began it. */
  readonly limits: CallLimits | undefined;
  waiting: number;
}

/**
 * How long nothing is renewed for a URL that has refused a fresh token too: there the token is not what is wrong, and an
 * account may have only so many tokens an hour.
 */
const refusingUrlPauseMs = 300_000;
/** How many URLs may refuse fresh tokens before nothing is renewed for any URL. */
const mostRefusingUrls = 10;
/** How long to wait after a try to renew a token that is due, but still alive, before the next try. */
const earlyRenewalPauseMs = 30_000;
/** How long such a try may hold up the call that makes it. */
const earlyRenewalTimeoutMs = 1000;
/** How long a store may take to keep a token that is there, and that calls wait for. */
const longestKeepingMs = 5000;

/**
 * Logs in as a service account: OAuth 2.0 client credentials (RFC 6749, section 4.4).
 *
 * One token serves all the calls of a client. It is replaced before it expires, and once when the
 * service refuses it.
 *
 * @throws `InvalidArgumentError` at once where id or secret cannot be one, as with a line break in it or quotes round it; calls fail with a `CredentialError` where the service refuses them
 * @example
 * ```ts
 * const atlas = createClient({ auth: serviceAccount({ clientId, clientSecret }) });
 * ```
 */
export function serviceAccount(options: ServiceAccountOptions): Credentials {
  const id = requireKey("serviceAccount: clientId", property(options, "clientId"), {
    pattern: /^[\x21-\x39\x3b-\x7e]+$/,
    words: "text without spaces or colons",
  });
  const secret = requireKey("serviceAccount: clientSecret", property(options, "clientSecret"), {
    pattern: /^[\x21-\x7e]+$/,
    words: "text without spaces",
  });
  const store = requireStore(property(options, "store"));
  return (context) => bind(context, id, secret, store);
}

function bind(
  context: CredentialContext,
  clientId: string,
  clientSecret: string,
  store: TokenStore | undefined,
): BoundCredentials {
  const { baseUrl, clock } = context;
  let key: string | undefined;
  let held: StoredToken | undefined;
  /** The token that is being revoked, or was. */
  let givenUp: StoredToken | undefined;
  let renewal: Renewal | undefined;
  let nextRenewalAt = 0;
  const refusingUrls = new Set<string>();
  let refusalsForgottenAt = 0;

  const secrets = () => [
    clientSecret,
    btoa(`${clientId}:${clientSecret}`),
    ...[held, givenUp].flatMap((token) => (token ? [token.accessToken] : [])),
  ];
  const endpoint = createTokenEndpoint(context, clientId, clientSecret, secrets);

  const isBefore = (moment: number | undefined) => moment === undefined || clock.now() < moment;
  /** The token, unless it is none, is due for renewal, or is the one that was refused. */
  const usable = (token: StoredToken | undefined, refused?: string): StoredToken | undefined =>
    token && token.accessToken !== refused && isBefore(token.renewAt) && isBefore(token.expiresAt) ? token : undefined;

  async function share(
    shared: TokenStore,
    signal: AbortSignal,
    limits?: CallLimits,
    refused?: string,
  ): Promise<StoredToken> {
    key ??= await storeKeyOf(baseUrl, clientId, clientSecret);
    const ownKey = key;
    const look = async () => usable(copyToken(await shared.get(ownKey), clock.now()), refused);
    const stored = await look();
    if (stored) return stored;
    let issued: StoredToken | undefined;
    const given: unknown = await shared.lock(ownKey, async () => {
      const renewed = await look();
      if (renewed) return renewed;
      issued = await endpoint.issue(signal, limits);
      held = issued; // whatever becomes of the store
      await keep(shared, ownKey, issued);
      return issued;
    });
    const token = issued ?? usable(copyToken(given, clock.now()), refused);
    if (!token) throw storeError("gave back what is no token", undefined);
    return token;
  }

  async function keep(shared: TokenStore, key: string, issued: StoredToken): Promise<void> {
    const limit = new Limit(clock, undefined, longestKeepingMs, () => new Error("It took too long."));
    try {
      await limit.race((async () => shared.set(key, issued))());
    } catch (cause) {
      // It costs this client a token of its own, and no call.
      tokens.publish({ client: context.client.id, error: storeError("could not keep it", cause) });
    } finally {
      limit.release();
    }
  }

  async function obtain(signal: AbortSignal, limits?: CallLimits, refused?: string): Promise<StoredToken> {
    try {
      held = await (store ? share(store, signal, limits, refused) : endpoint.issue(signal, limits));
      nextRenewalAt = 0;
      tokens.publish({ client: context.client.id, expiresAt: held.expiresAt });
      return held;
    } catch (cause) {
      const error = cause instanceof AtlasError ? cause : storeError("failed", cause);
      if (!signal.aborted) tokens.publish({ client: context.client.id, error });
      const issued = usable(held, refused); // a store may fail after the token was issued
      if (issued) return issued;
      throw error;
    }
  }

  function storeError(what: string, cause: unknown): CredentialError {
    const options = cause === undefined ? {} : { cause: plainCause(cause, secrets()) };
    return new CredentialError(createToken, `gave no token to share: the token store ${what}.`, {}, options);
  }

  /** Whoever needs a token while one is being fetched waits for that one. Where nobody waits any more, the fetching ends. */
  async function renew(call: Pick<CredentialCall, "signal" | "limits">, refused?: string): Promise<string> {
    const { signal, limits } = call;
    signal.throwIfAborted();
    const controller = new AbortController();
    const isBegun = renewal !== undefined;
    renewal ??= { token: obtain(controller.signal, limits, refused), controller, limits, waiting: 0 };
    const mine = renewal;
    mine.waiting++;
    try {
      return (await abortable(mine.token, signal)).accessToken;
    } catch (error) {
      // The token was asked for with the limits of the call that began it: this call may have more time.
      const isLate = error instanceof TimeoutError && JSON.stringify(limits) !== JSON.stringify(mine.limits);
      if (!isBegun || signal.aborted || !isLate) throw error;
      if (renewal === mine) renewal = undefined;
      return await renew(call, refused);
    } finally {
      if (--mine.waiting === 0) {
        if (renewal === mine) renewal = undefined;
        mine.controller.abort();
      }
    }
  }

  async function currentToken(call: CredentialCall): Promise<string> {
    const isAlive = held && isBefore(held.expiresAt);
    if (isAlive && !usable(held) && monotonicNow(clock) >= nextRenewalAt) {
      nextRenewalAt = monotonicNow(clock) + earlyRenewalPauseMs;
      await renewEarly(call);
    }
    return held && isBefore(held.expiresAt) ? held.accessToken : renew(call);
  }

  /** Renews a token that is due, but alive: a token endpoint that is slow or down costs one call a short wait, and fails none. */
  async function renewEarly({ signal, limits = {} }: CredentialCall): Promise<void> {
    const limit = new Limit(clock, signal, earlyRenewalTimeoutMs, () => new Error("The token at hand will do."));
    try {
      await renew({ signal: limit.signal, limits });
    } catch {
      signal.throwIfAborted(); // all else has been told on the channel
    } finally {
      limit.release();
    }
  }

  async function tokenAfterRefusal(refused: string, url: string, call: CredentialCall): Promise<string | undefined> {
    if (held && held.accessToken !== refused && isBefore(held.expiresAt)) return held.accessToken;
    if (monotonicNow(clock) >= refusalsForgottenAt) refusingUrls.clear();
    if (!renewal && (refusingUrls.has(url) || refusingUrls.size >= mostRefusingUrls)) return undefined;
    return renew(call, refused);
  }

  function rememberRefusal(url: string): void {
    if (refusingUrls.size === 0) refusalsForgottenAt = monotonicNow(clock) + refusingUrlPauseMs;
    refusingUrls.add(url);
  }

  return {
    authorize: (call) => (next) => async (request) => {
      refuseOtherOrigin(request, baseUrl);
      const token = await currentToken(call);
      const answer = await next(withToken(request, token));
      if (answer.status !== 401) return answer;
      const other = await tokenAfterRefusal(token, request.url, call);
      if (other === undefined) return answer;
      const second = await next(withToken(request, other));
      if (second.status === 401) rememberRefusal(request.url);
      return second;
    },

    secrets,

    async close() {
      if (store) {
        held = undefined; // a shared token is not this client's to end
        return;
      }
      await renewal?.token.catch(() => undefined); // its callers are told; here it only matters that it has ended
      const token = held;
      held = undefined;
      if (!token || !isBefore(token.expiresAt)) return;
      givenUp = token;
      try {
        await endpoint.revoke(token.accessToken);
      } catch (error) {
        held ??= token; // still alive, so that closing can be tried again
        throw error;
      }
    },
  };
}

/** Where a store keeps the token of these credentials: whoever does not know the secret cannot tell it. */
async function storeKeyOf(baseUrl: string, clientId: string, clientSecret: string): Promise<string> {
  const text = JSON.stringify([baseUrl, clientId, clientSecret]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `atlas-streams:${Array.from(hash, (octet) => octet.toString(16).padStart(2, "0")).join("")}`;
}

function withToken(request: PlainRequest, token: string): PlainRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}
