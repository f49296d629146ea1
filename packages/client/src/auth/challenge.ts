import { createHash } from "node:crypto";
import { CredentialError, type OperationName } from "../errors.js";

/** One challenge of a `WWW-Authenticate` header: its scheme and its parameters' names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A Digest challenge that can be answered. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** As the server spelled it; undefined means MD5. */
  readonly algorithm: string | undefined;
  readonly hash: "sha256" | "md5";
  /** Whether the algorithm is a `-sess` one. */
  readonly sess: boolean;
  /** Whether `auth` was offered; without it the answer is that of RFC 2069. */
  readonly qop: boolean;
  readonly stale: boolean;
}

/**
 * Reads a `WWW-Authenticate` header, or several joined by a comma (RFC 9110, section 11.6.1).
 *
 * What is not a challenge is skipped. A token68, as in `Negotiate abc==`, becomes a parameter or
 * a scheme that nobody asks for.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: (Challenge & { parameters: Map<string, string> })[] = [];
  // A word; with "=" behind it, a parameter with a quoted or a bare value. No two parts can match the same text: linear.
  for (const [, word = "", isParameter, quoted, bare = ""] of header.matchAll(
    /([^\s=,"]+)(\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s,"]*)))?/gs,
  )) {
    const name = word.toLowerCase();
    if (!isParameter) challenges.push({ scheme: name, parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name, quoted?.replace(/\\(.)/gs, "$1") ?? bare);
  }
  return challenges;
}

/** Strongest first. */
const hashes = [["sha-256", "sha256"], ["md5", "md5"]] as const;

/**
 * The strongest Digest challenge of a 401 that can be answered (RFC 7616, section 3.7), or
 * undefined where there is no Digest challenge at all.
 *
 * @throws {CredentialError} where there are Digest challenges, but none that can be answered.
 */
export function chooseChallenge(header: string, operation: OperationName): DigestChallenge | undefined {
  const offers = parseChallenges(header).filter(({ scheme }) => scheme === "digest");
  for (const [name, hash] of hashes) {
    for (const { parameters } of offers) {
      const realm = parameters.get("realm");
      const nonce = parameters.get("nonce");
      const algorithm = parameters.get("algorithm");
      const [, base, sess] = /^(.*?)(-sess)?$/s.exec((algorithm ?? "md5").toLowerCase()) ?? [];
      const qop = parameters.get("qop");
      if (base !== name || realm === undefined || !nonce || (qop && !/(^|,)\s*auth\s*(,|$)/i.test(qop))) continue;
      return {
        realm,
        nonce,
        opaque: parameters.get("opaque"),
        algorithm,
        hash,
        sess: sess !== undefined,
        qop: Boolean(qop),
        stale: parameters.get("stale")?.toLowerCase() === "true",
      };
    }
  }
  if (offers.length === 0) return undefined;
  const offered = offers.map(({ parameters }) =>
    ["realm", "nonce"].filter((name) => !parameters.get(name)).map((name) => `no ${name}`)
      .concat(["algorithm", "qop"].filter((name) => parameters.has(name)).map((name) => `${name} ${parameters.get(name)}`))
      .join(", "),
  );
  throw new CredentialError(
    operation,
    `was answered with a Digest challenge that cannot be answered (${offered.join("; ").slice(0, 200)}); MD5 and SHA-256 with qop "auth" can`,
    { status: 401 },
  );
}

/** The challenge that goes on from `challenge`, where an `Authentication-Info` header names the next nonce (RFC 7616, section 3.5). */
export function nextChallenge(challenge: DigestChallenge, header: string | null): DigestChallenge | undefined {
  const nonce = header && parseChallenges(`Digest ${header}`)[0]?.parameters.get("nextnonce");
  return nonce ? { ...challenge, nonce } : undefined;
}

/** `H(…)` over its parts joined by colons (RFC 7616, section 3.3). The parts are octets: see `octets`. */
const digestOf = ({ hash }: DigestChallenge, ...parts: string[]) =>
  createHash(hash).update(parts.join(":"), "latin1").digest("hex");

/** A text's UTF-8, one character an octet: the form in which `fetch` hands headers out and takes them. */
export const octets = (text: string) => Buffer.from(text).toString("latin1");

/** `H(A1)`: what stands for the password. For `-sess`, that of the session that `cnonce` opened (RFC 7616, section 3.4.2). */
export function keyFor(challenge: DigestChallenge, username: string, password: string, cnonce: string): string {
  const key = digestOf(challenge, username, challenge.realm, password);
  return challenge.sess ? digestOf(challenge, key, challenge.nonce, cnonce) : key;
}

/** What one answer is about. */
export interface Answer {
  readonly username: string;
  /** From `keyFor`. */
  readonly key: string;
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
  /** How many requests have used the nonce, this one included. */
  readonly count: number;
  readonly cnonce: string;
}

/** The `Authorization` header that answers a challenge (RFC 7616, section 3.4; RFC 2069 where no `qop` was offered). */
export function answerTo(challenge: DigestChallenge, { username, key, method, uri, count, cnonce }: Answer): string {
  const { realm, nonce, opaque, algorithm, sess, qop } = challenge;
  const nc = count.toString(16).padStart(8, "0");
  const counted = qop ? [nc, cnonce, "auth"] : [];
  const response = digestOf(challenge, key, nonce, ...counted, digestOf(challenge, method, uri));
  // No spaces: Prism takes no other form.
  return (
    `Digest username=${quoted(username)},realm=${quoted(realm)},nonce=${quoted(nonce)},uri="${uri}",response="${response}"` +
    (algorithm ? `,algorithm=${algorithm}` : "") +
    (opaque === undefined ? "" : `,opaque=${quoted(opaque)}`) +
    (qop ? `,qop=auth,nc=${nc}` : "") +
    (qop || sess ? `,cnonce="${cnonce}"` : "")
  );
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
