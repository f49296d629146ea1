import { CredentialError, type OperationName } from "../answer/errors.js";
import { shownHeader } from "../answer/judge.js";
import type { Secret } from "../answer/secrets.js";
import type { Hash } from "../platform/platform.js";

type Parameters = ReadonlyMap<string, string>;

/** A Digest challenge that can be answered. */
export interface DigestChallenge {
  /** As they were sent; their names in lower case. */
  readonly parameters: Parameters;
  readonly nonce: string;
  readonly hash: "sha256" | "md5";
  /** Whether the algorithm is a `-sess` one. */
  readonly sess: boolean;
  /** Whether `auth` was offered; where no `qop` was, the answer is that of RFC 2069. */
  readonly qop: boolean;
  /** Whether the last answer was right, save for a nonce that was too old. */
  readonly stale: boolean;
}

/**
 * Reads a `WWW-Authenticate` header, or several joined by commas (RFC 9110, section 11.6.1), into
 * pairs of a scheme in lower case and its parameters.
 *
 * What is no challenge is skipped. A token68, as in `Negotiate abc==`, becomes a parameter or a
 * scheme that nobody asks for.
 */
export function parseChallenges(header: string): [scheme: string, parameters: Parameters][] {
  const challenges: [string, Map<string, string>][] = [];
  // No text can match in two ways: a hostile header must not make the expression backtrack (ReDoS).
  const words = /([^\s=,"]+)(\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s,"]*)))?/gs;
  for (const [, word = "", isParameter, quoted, bare = ""] of header.matchAll(words)) {
    const name = word.toLowerCase();
    if (isParameter) challenges.at(-1)?.[1].set(name, quoted?.replace(/\\(.)/gs, "$1") ?? bare);
    else challenges.push([name, new Map()]);
  }
  return challenges;
}

/**
 * The strongest Digest challenge of a 401 that can be answered (RFC 7616, section 3.7), or
 * undefined where there is no Digest challenge at all.
 *
 * @throws `CredentialError` where there are Digest challenges, but none that can be answered
 */
export function chooseChallenge(
  header: string,
  operation: OperationName,
  secrets: readonly Secret[] = [],
): DigestChallenge | undefined {
  const offers = parseChallenges(header).filter(([scheme]) => scheme === "digest");
  for (const hash of ["sha256", "md5"] as const) {
    for (const [, parameters] of offers) {
      const get = (name: string, missing = "") => parameters.get(name)?.toLowerCase() || missing;
      const algorithm = get("algorithm", "md5").replaceAll("-", "");
      const sess = algorithm === `${hash}sess`;
      const qop = get("qop", "auth");
      const nonce = parameters.get("nonce");
      if ((sess || algorithm === hash) && /(^|[, ])auth($|[, ])/.test(qop) && nonce && parameters.has("realm")) {
        return { parameters, nonce, hash, sess, qop: get("qop") !== "", stale: get("stale") === "true" };
      }
    }
  }
  if (!offers[0]) return undefined;
  const shown = shownHeader(header, secrets);
  throw new CredentialError(operation, `asks for a kind of Digest that this client lacks: ${shown}`, { status: 401 });
}

/** The challenge to go on with where an `Authentication-Info` header names the next nonce (RFC 7616, section 3.5). */
export function nextChallenge(challenge: DigestChallenge, header: string | null): DigestChallenge | undefined {
  const nonce = header && parseChallenges(`Digest ${header}`)[0]?.[1].get("nextnonce");
  return nonce ? { ...challenge, nonce } : undefined;
}

/** A text's UTF-8, one character an octet: the form in which `fetch` hands headers out and takes them. */
export const octets = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));

/**
 * Makes the function that answers a challenge with the `Authorization` header for one request, its
 * `uri` being path and query (RFC 7616, section 3.4; RFC 2069 where no `qop` was offered). It
 * counts: no two of its answers use the nonce with the same `nc`.
 *
 * `username` and `password` are `octets`.
 */
export function answering(
  challenge: DigestChallenge,
  username: string,
  password: string,
  newCnonce: () => string,
  hashOctets: Hash,
) {
  const { parameters, nonce, hash, sess, qop } = challenge;
  const digest = (...parts: string[]) => hashOctets(hash, parts.join(":"));
  const realm = parameters.get("realm") ?? "";
  const algorithm = parameters.get("algorithm");

  // A -sess key is made with a cnonce (section 3.4.2), which stays the same: some servers remember the key, others make it anew.
  const sessCnonce = sess && newCnonce();
  const secret = digest(username, realm, password);
  const key = sessCnonce ? digest(secret, nonce, sessCnonce) : secret;

  // No space after a comma anywhere: Prism takes no other form.
  let start = "Digest ";
  for (const [name, text] of Object.entries({ username, realm, nonce, opaque: parameters.get("opaque") })) {
    if (text !== undefined) start += `${name}="${text.replace(/["\\]/g, "\\$&")}",`;
  }
  if (algorithm) start += `algorithm=${algorithm},`;

  let count = 0;
  return (method: string, uri: string) => {
    const cnonce = sessCnonce || newCnonce();
    const nc = (++count).toString(16).padStart(8, "0");
    const response = digest(key, nonce, ...(qop ? [nc, cnonce, "auth"] : []), digest(method, uri));
    return `${start}uri="${uri}",response="${response}"${qop ? `,qop=auth,nc=${nc}` : ""}${qop || sess ? `,cnonce="${cnonce}"` : ""}`;
  };
}
