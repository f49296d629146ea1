import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../clock.js";
import type { MockRequest } from "../exchange.js";
import type { MockCredentials } from "./credentials.js";

/** How a request stands with its digest header. */
export type DigestVerdict = "good" | "bad" | "stale";

export interface Digest {
  /** A fresh `WWW-Authenticate`. */
  challenge(stale: boolean): string;
  /** Judges the `Authorization` of a request, and remembers its nonce count. */
  verify(request: MockRequest): DigestVerdict;
  /** Forgets all nonces. */
  forget(): void;
}

export interface DigestOptions {
  readonly key: MockCredentials["digest"];
  readonly clock: Clock;
  readonly nonceLifetimeMs: number;
}

/** The realm that Atlas names. */
const realm = "MMS Public API";

/** HTTP Digest (RFC 7616) the way Atlas speaks it: MD5, `qop="auth"`, and a nonce that is good for a short time. */
export function createDigest({ key, clock, nonceLifetimeMs }: DigestOptions): Digest {
  const nonces = new Map<string, { readonly expires: number; readonly counts: Set<number> }>();

  function forgetExpired(): void {
    for (const [nonce, { expires }] of nonces) {
      if (expires > clock.now()) return;
      nonces.delete(nonce);
    }
  }

  return {
    challenge(stale) {
      forgetExpired();
      const nonce = randomBytes(23).toString("base64");
      nonces.set(nonce, { expires: clock.now() + nonceLifetimeMs, counts: new Set() });
      return `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`;
    },
    verify(request) {
      const given = parse(request.headers.authorization ?? "");
      if (!isOurs(given, request, key)) return "bad";
      const known = nonces.get(given.nonce ?? "");
      if (!known || known.expires <= clock.now()) return "stale";
      const count = Number.parseInt(given.nc ?? "", 16);
      // Calls made side by side may overtake each other: a count has to be new, not the highest so far.
      if (known.counts.has(count)) return "bad";
      known.counts.add(count);
      return "good";
    },
    forget: () => nonces.clear(),
  };
}

/** Whether the header was made for this very request by somebody who has the key, whatever the nonce. */
function isOurs(given: Record<string, string>, request: MockRequest, key: MockCredentials["digest"]): boolean {
  const { username, uri, nonce, nc, cnonce, qop, algorithm = "MD5", response } = given;
  if (username !== key.publicKey || given.realm !== realm || uri !== request.path) return false;
  if (qop !== "auth" || algorithm.toUpperCase() !== "MD5" || !cnonce || !/^[0-9a-f]{8}$/i.test(nc ?? "")) return false;
  const secret = md5(`${key.publicKey}:${realm}:${key.privateKey}`);
  return response === md5([secret, nonce, nc, cnonce, qop, md5(`${request.method}:${uri}`)].join(":"));
}

function parse(header: string): Record<string, string> {
  const pairs = header.replace(/^Digest\s+/i, "").matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  return Object.fromEntries(
    Array.from(pairs, ([, name = "", quoted, bare]) => [
      name.toLowerCase(),
      quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "",
    ]),
  );
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
