import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type MovingClock, startClock } from "@atlas-streams/testing";
import { onTestFinished } from "vitest";
import type { TokenEvent } from "../../src/index.js";
import {
  type AtlasClient,
  type ClientOptions,
  createClient,
  serviceAccount,
  type TokenStore,
} from "../../src/index.js";

export const groupId = "32b6e34b3d91647abb20e7b8";
export const account = {
  clientId: "mdb_sa_id_0123456789abcdef01234567",
  clientSecret: "mdb_sa_sk_tell-nobody_about-this-1",
};
export const baseUrl = "https://atlas.example";

/** A request as the service saw it. */
export interface Seen {
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

type Answering = (seen: Seen, nth: number) => Response | Promise<Response>;

/** How a service in memory treats what it is asked; what is left out is honest. */
export interface Treatment {
  token?: Answering;
  revoke?: Answering;
  api?: Answering;
}

export const json = (body: unknown, status = 200) => Response.json(body, { status });
export const page = (totalCount: number) => json({ results: [], totalCount });

/** A service whose answers take no time, so that a token's whole hour is a matter of a clock that is moved. */
export function startTokenService(treatment: Treatment = {}) {
  const clock: MovingClock = startClock();
  const seen = { token: [] as Seen[], revoke: [] as Seen[], api: [] as Seen[] };
  const honest: Required<Treatment> = {
    token: (_seen, nth) => json({ access_token: `token-number-${nth}`, expires_in: 3600, token_type: "Bearer" }),
    revoke: () => json({}),
    api: () => page(0),
  };

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(url);
    const kind = pathname.endsWith("/oauth/token") ? "token" : pathname.endsWith("/oauth/revoke") ? "revoke" : "api";
    const authorization = new Headers(init.headers).get("authorization") ?? "";
    const request = { path: pathname, authorization, body: String(init.body ?? "") };
    const nth = seen[kind].push(request);
    return (treatment[kind] ?? honest[kind])(request, nth);
  }

  function connect(options: ClientOptions = {}, store?: TokenStore, given = account): AtlasClient {
    const auth = serviceAccount({ ...given, store });
    return createClient({ baseUrl, auth, clock, fetch, retry: false, ...options });
  }

  return { clock, seen, treatment, connect };
}

export const list = (atlas: AtlasClient, options = {}) =>
  atlas.privateLinkConnections.listPage({ groupId }, options).then(({ totalCount }) => totalCount);

/** A store in memory, as several processes share one. */
export function startStore(): TokenStore & { readonly kept: Map<string, unknown>; locks: number } {
  const kept = new Map<string, unknown>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    kept,
    locks: 0,
    get: async (key) => kept.get(key) as never,
    set: async (key, token) => void kept.set(key, token),
    lock(_key, work) {
      this.locks++;
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** The `Authorization` headers that were seen. */
export const bearers = (seen: readonly { readonly authorization: string }[]) =>
  seen.map(({ authorization }) => authorization);

/** What is told of tokens while the test runs. */
export function listenToTokens(): TokenEvent[] {
  const told: TokenEvent[] = [];
  const listener = (message: unknown) => void told.push(message as TokenEvent);
  subscribe("atlas-streams:token", listener);
  onTestFinished(() => void unsubscribe("atlas-streams:token", listener));
  return told;
}
