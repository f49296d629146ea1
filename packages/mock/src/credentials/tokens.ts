import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.js";
import type { MockRequest } from "../exchange.js";
import type { MockCredentials } from "./credentials.js";

/** The service account's access tokens. */
export interface Tokens {
  /** Whether a request has the id and secret of the account, raw in Basic as the service wants them. */
  knows(request: MockRequest): boolean;
  /** A new token; nothing if the account holds as many as it may. */
  issue(): { readonly access_token: string; readonly expires_in: number; readonly token_type: "Bearer" } | undefined;
  revoke(token: string): void;
  /** Whether a request has a token that was issued here and still lives. */
  accepts(request: MockRequest): boolean;
  /** Ends the life of all tokens. */
  forget(): void;
  /** The tokens that are there live on, and count no more towards how many there may be. */
  recount(): void;
}

export interface TokensOptions {
  readonly account: MockCredentials["serviceAccount"];
  readonly clock: Clock;
  readonly lifetimeSeconds: number;
  /** How many tokens may live at a time. */
  readonly most: number;
}

export function createTokens({ account, clock, lifetimeSeconds, most }: TokensOptions): Tokens {
  const live = new Map<string, number>();
  /** Of these the ones that count. */
  const counted = new Set<string>();

  function end(token: string): void {
    live.delete(token);
    counted.delete(token);
  }

  function forgetExpired(): void {
    for (const [token, expires] of live) if (expires <= clock.now()) end(token);
  }

  return {
    knows(request) {
      const [, encoded] = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
      return Buffer.from(encoded ?? "", "base64").toString() === `${account.clientId}:${account.clientSecret}`;
    },
    issue() {
      forgetExpired();
      if (counted.size >= most) return undefined;
      const token = makeToken(account.clientId, clock.now(), lifetimeSeconds);
      live.set(token, clock.now() + lifetimeSeconds * 1000);
      counted.add(token);
      return { access_token: token, expires_in: lifetimeSeconds, token_type: "Bearer" };
    },
    revoke: end,
    accepts(request) {
      const [, token] = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
      return (live.get(token ?? "") ?? 0) > clock.now();
    },
    forget() {
      live.clear();
      counted.clear();
    },
    recount: () => counted.clear(),
  };
}

/** Looks like the service's, a JWT; its signature is noise. */
function makeToken(clientId: string, now: number, lifetimeSeconds: number): string {
  const issued = Math.floor(now / 1000);
  const claims = { sub: clientId, iat: issued, exp: issued + lifetimeSeconds, jti: randomBytes(8).toString("hex") };
  return [{ alg: "ES512", typ: "JWT" }, claims].map(encode).concat(randomBytes(32).toString("base64url")).join(".");
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
