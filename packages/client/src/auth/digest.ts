import { randomBytes } from "node:crypto";
import type { Operation } from "@atlas-streams/types";
import { abortable } from "../clock.js";
import { InvalidArgumentError } from "../errors.js";
import type { Fetch } from "../layer.js";
import { answerTo, chooseChallenge, type DigestChallenge, keyFor, nextChallenge, octets } from "./challenge.js";
import type { Credentials } from "./credentials.js";
import { refuseOtherOrigin } from "./origin.js";

/** How many challenges one call answers before it takes the refusal for the service's answer. */
const mostAnswers = 4;

/** How many nonces are remembered, so that one that is handed out again goes on counting. */
const mostSessions = 100;

/** How many calls that went ahead may fail before those that wait for a challenge no longer do. */
const fullPatience = 2;

/**
 * An Atlas API key, used by HTTP Digest (RFC 7616). The private key itself is never sent.
 *
 * The first call meets the service's challenge; from then on a call is one round trip.
 *
 * @example
 * ```ts
 * import { createClient, digest } from "@atlas-streams/client";
 *
 * const atlas = createClient({
 *   auth: digest({ publicKey: "abcdefgh", privateKey: "00000000-0000-4000-8000-000000000000" }),
 * });
 * ```
 *
 * @throws {InvalidArgumentError} where a key is missing, or the public key cannot be a user name.
 */
export function digest(keys: { publicKey: string; privateKey: string }): Credentials {
  const username = octets(text("publicKey", keys?.publicKey));
  const password = octets(text("privateKey", keys?.privateKey));
  if (/[^ -9;-~\x80-\xff]/.test(username)) {
    throw new InvalidArgumentError("digest() takes a publicKey without colons and control characters.");
  }

  return ({ baseUrl }) => {
    const sessions = new Map<string, Session>();
    let newest: Session | undefined;
    /** While a call has gone ahead to meet the challenge: resolves to the patience that its end costs the others. */
    let meeting: Promise<number> | undefined;

    return {
      authorize: (operation) => (send) => async (request) => {
        refuseOtherOrigin(request, baseUrl);
        for (let patience = fullPatience; !newest && meeting && patience > 0; ) {
          patience -= await abortable(meeting, request.signal);
        }
        let session = newest;
        let isOwn = false;
        for (let answered = 0; ; answered++) {
          const exchanged = exchange(operation, send, request, session);
          if (!newest && !meeting) goAhead(exchanged, request.signal);
          const { response, challenge } = await exchanged;
          const known = session?.challenge.nonce;
          if (!challenge || answered === mostAnswers) return response;
          // The server has judged an answer to a nonce that it still knows: the key is wrong.
          if (!challenge.stale && (isOwn || challenge.nonce === known)) return response;
          // After that, a nonce of its own: on a shared one, a server that wants counts in order can refuse it for ever.
          session = answered === 0 && newest ? newest : sessionOf(challenge);
          isOwn = session.challenge.nonce === challenge.nonce;
        }
      },
      close: async () => {},
    };

    /** Sends once; a challenge becomes everybody's, unless another call has already brought a newer one. */
    async function exchange(operation: Operation, send: Fetch, request: Request, session: Session | undefined) {
      const attempt = request.body ? request.clone() : request;
      if (session) attempt.headers.set("Authorization", session.authorization(attempt));
      const response = await send(attempt);
      const { status, headers } = response;
      const challenge = status === 401 ? chooseChallenge(headers.get("www-authenticate") ?? "", operation) : undefined;
      const next = challenge ?? (session && nextChallenge(session.challenge, headers.get("authentication-info")));
      if (next && newest === session) newest = sessionOf(next);
      return { response, challenge };
    }

    /** Makes the others wait: until there is a challenge, the next may go ahead, or nobody asks for one. */
    function goAhead(exchanged: ReturnType<typeof exchange>, signal: AbortSignal) {
      const end = (cost: number) => {
        meeting = undefined;
        return cost;
      };
      meeting = abortable(exchanged, signal).then(
        () => end(fullPatience),
        () => end(signal.aborted ? 0 : 1),
      );
    }

    function sessionOf(challenge: DigestChallenge): Session {
      const { nonce } = challenge;
      const session = sessions.get(nonce) ?? openSession(challenge, username, password);
      sessions.set(nonce, session);
      for (const oldest of sessions.keys()) {
        if (sessions.size <= mostSessions) break;
        sessions.delete(oldest);
      }
      return session;
    }
  };
}

function text(name: string, value: unknown): string {
  if (typeof value === "string" && value) return value;
  throw new InvalidArgumentError(`digest() needs a ${name}: a string that is not empty.`);
}

/** A challenge at work: it authorizes any number of requests. */
interface Session {
  readonly challenge: DigestChallenge;
  /** The header for one request; it counts. */
  authorization(request: Request): string;
}

function openSession(challenge: DigestChallenge, username: string, password: string): Session {
  const newCnonce = () => randomBytes(16).toString("hex");
  // A -sess key is made with one cnonce; a server may remember it or make it anew from each request, so it stays the same.
  const cnonce = challenge.sess ? newCnonce() : "";
  const key = keyFor(challenge, username, password, cnonce);
  let count = 0;
  return {
    challenge,
    authorization({ method, url }) {
      const { pathname, search } = new URL(url);
      return answerTo(challenge, { username, key, method, uri: pathname + search, count: ++count, cnonce: cnonce || newCnonce() });
    },
  };
}
