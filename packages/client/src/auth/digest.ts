import { randomBytes } from "node:crypto";
import type { Operation } from "@atlas-streams/types";
import { property } from "../answer/json.js";
import { secretsOf } from "../answer/secrets.js";
import { abortable } from "../call/clock.js";
import type { PlainRequest, Send } from "../call/layer.js";
import { answering, chooseChallenge, type DigestChallenge, nextChallenge, octets } from "./challenge.js";
import type { BoundCredentials, Credentials } from "./credentials.js";
import { refuseOtherOrigin } from "./origin.js";
import { requireKey } from "./require-key.js";

/** An Atlas API key: its public and its private half. */
export interface DigestOptions {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A challenge at work: it authorizes any number of requests. */
interface Session {
  /** What the challenge asks with. */
  readonly key: string;
  readonly challenge: DigestChallenge;
  readonly answer: ReturnType<typeof answering>;
}

/** How many challenges one call answers before it takes the refusal for the service's answer. */
const mostAnswers = 4;
/** How many challenges are remembered, so that a nonce that is handed out again goes on counting. */
const mostSessions = 100;
/** How many calls that went ahead may fail before those that wait for the challenge no longer do. */
const fullPatience = 2;

/**
 * Logs in with an API key by HTTP Digest (RFC 7616); the private key itself is never sent.
 *
 * The first call meets the service's challenge; from then on a call is one round trip.
 *
 * @throws `InvalidArgumentError` at once where a key is missing, has a line break in it or quotes round it, or the public one cannot be a user name
 * @example
 * ```ts
 * import { createClient, digest } from "@atlas-streams/client";
 *
 * const atlas = createClient({
 *   auth: digest({ publicKey: "abcdefgh", privateKey: "00000000-0000-4000-8000-000000000000" }),
 * });
 * ```
 */
export function digest(keys: DigestOptions): Credentials {
  const publicKey = requireKey("digest: publicKey", property(keys, "publicKey"), {
    pattern: /^[^:]+$/,
    words: "text without colons and control characters",
  });
  const privateKey = requireKey("digest: privateKey", property(keys, "privateKey"), {
    pattern: /^/,
    words: "text without control characters",
  });
  const [username, password] = [octets(publicKey), octets(privateKey)];
  const newCnonce = () => randomBytes(16).toString("hex");
  return ({ baseUrl }) => ({
    ...bind(baseUrl, (challenge) => answering(challenge, username, password, newCnonce)),
    secrets: () => [privateKey],
  });
}

/** One nonce in two realms is two challenges, and so it is with whatever else an answer is made of. */
function keyOf({ nonce, parameters, hash, sess, qop }: DigestChallenge): string {
  return JSON.stringify([
    nonce,
    parameters.get("realm"),
    parameters.get("opaque"),
    parameters.get("algorithm"),
    hash,
    sess,
    qop,
  ]);
}

function bind(baseUrl: string, open: (challenge: DigestChallenge) => Session["answer"]): BoundCredentials {
  const sessions = new Map<string, Session>();
  let newest: Session | undefined;
  /** While a call has gone ahead to meet the challenge: resolves to the patience that its end costs the others. */
  let meeting: Promise<number> | undefined;

  function sessionOf(challenge: DigestChallenge): Session {
    const key = keyOf(challenge);
    const session = sessions.get(key) ?? { key, challenge, answer: open(challenge) };
    sessions.set(key, session);
    const [oldest = ""] = sessions.keys();
    if (sessions.size > mostSessions) sessions.delete(oldest);
    return session;
  }

  /** Sends once; a challenge becomes everybody's, unless another call has already brought a newer one. */
  async function exchange(operation: Operation, send: Send, request: PlainRequest, session: Session | undefined) {
    const authorized = session ? withAnswer(request, session) : request;
    const answer = await send(authorized);
    const { status, headers } = answer;
    const challenge =
      status === 401
        ? chooseChallenge(headers["www-authenticate"] ?? "", operation, secretsOf([authorized]))
        : undefined;
    const next = challenge ?? (session && nextChallenge(session.challenge, headers["authentication-info"]));
    if (next && newest === session) newest = sessionOf(next);
    return { answer, challenge };
  }

  /** Makes the others wait: until there is a challenge, the next may go ahead, or nobody asks for one. */
  function goAhead(exchanged: Promise<unknown>, signal: AbortSignal) {
    const end = (cost: number) => {
      meeting = undefined;
      return cost;
    };
    meeting = abortable(exchanged, signal).then(
      () => end(fullPatience),
      () => end(signal.aborted ? 0 : 1),
    );
  }

  return {
    authorize: (call) => (send) => async (request) => {
      refuseOtherOrigin(request, baseUrl);
      for (let patience = fullPatience; !newest && meeting && patience > 0; ) {
        patience -= await abortable(meeting, call.signal);
      }
      let session = newest;
      let given = "";
      for (let answered = 0; ; answered++) {
        const exchanged = exchange(call.operation, send, request, session);
        if (!newest && !meeting) goAhead(exchanged, call.signal);
        const { answer, challenge } = await exchanged;
        if (!challenge || answered === mostAnswers) return answer;
        // The server has judged an answer to a nonce that was fresh or is still good: the key is wrong.
        const judged = session?.key;
        if (!challenge.stale && (judged === given || judged === keyOf(challenge))) return answer;
        // First the newest nonce of all, then one's own: a shared one may be refused for ever where counts must come in order.
        session = answered === 0 && newest ? newest : sessionOf(challenge);
        given = keyOf(challenge);
      }
    },
    close: async () => {},
  };
}

function withAnswer(request: PlainRequest, session: Session): PlainRequest {
  const { pathname, search } = new URL(request.url);
  const authorization = session.answer(request.method, pathname + search);
  return { ...request, headers: { ...request.headers, authorization } };
}
