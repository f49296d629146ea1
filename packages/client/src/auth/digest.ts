import type { Operation } from "@atlas-streams/types";
import { CredentialError } from "../answer/errors.js";
import { property } from "../answer/json.js";
import { secretsOf } from "../answer/secrets.js";
import { abortable } from "../call/clock.js";
import type { PlainRequest, Send } from "../call/layer.js";
import type { Hash } from "../platform/platform.js";
import { answering, chooseChallenge, type DigestChallenge, nextChallenge, octets } from "./challenge.js";
import type { BoundCredentials, CredentialContext, Credentials } from "./credentials.js";
import { refuseOtherOrigin } from "./origin.js";
import { requireKey } from "./require-key.js";

/** An Atlas API key: its public and its private half. */
export interface DigestOptions {
  /** The public key, which is the user name: eight letters as a rule. */
  readonly publicKey: string;
  /** The private key. It is never sent. */
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
/** How many probes may fail before the calls that wait for the challenge no longer wait. */
const mostFailedProbes = 2;

/**
 * Logs in with an API key by HTTP Digest (RFC 7616); the private key itself is never sent.
 *
 * The first call meets the service's challenge; from then on a call is one round trip.
 *
 * It takes MD5, which every runtime with Node's `node:crypto` has; elsewhere each call fails with a
 * `CredentialError` that says so, and nothing is sent.
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
  const newCnonce = () => crypto.randomUUID();
  return (context) => ({
    ...bind(context, (challenge, hash) => answering(challenge, username, password, newCnonce, hash)),
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

function bind(
  { baseUrl, hash: findHash }: CredentialContext,
  open: (challenge: DigestChallenge, hash: Hash) => Session["answer"],
): BoundCredentials {
  const sessions = new Map<string, Session>();
  let newest: Session | undefined;
  /** A call that fetches the challenge while the others wait; resolves to how many failures that counts for. */
  let probe: Promise<number> | undefined;

  /** @throws `CredentialError` where the runtime cannot hash */
  function hashFor(operation: Operation): Hash {
    const hash = findHash();
    if (hash) return hash;
    throw new CredentialError(operation, `was not sent: ${noHash}`);
  }

  function sessionOf(challenge: DigestChallenge, operation: Operation): Session {
    const key = keyOf(challenge);
    const session = sessions.get(key) ?? { key, challenge, answer: open(challenge, hashFor(operation)) };
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
        ? chooseChallenge(headers.get("www-authenticate") ?? "", operation, secretsOf([authorized]))
        : undefined;
    const next = challenge ?? (session && nextChallenge(session.challenge, headers.get("authentication-info")));
    if (next && newest === session) newest = sessionOf(next, operation);
    return { answer, challenge };
  }

  /** Makes the other calls wait until this one has a challenge, has met none, or has failed. */
  function startProbe(exchanged: Promise<unknown>, signal: AbortSignal) {
    const end = (failures: number) => {
      probe = undefined;
      return failures;
    };
    probe = abortable(exchanged, signal).then(
      () => end(mostFailedProbes), // there is nothing more to wait for
      () => end(signal.aborted ? 0 : 1),
    );
  }

  return {
    authorize: (call) => (send) => async (request) => {
      refuseOtherOrigin(request, baseUrl);
      hashFor(call.operation);
      for (let failures = 0; !newest && probe && failures < mostFailedProbes; ) {
        failures += await abortable(probe, call.signal);
      }
      let session = newest;
      let given = "";
      for (let answered = 0; ; answered++) {
        const exchanged = exchange(call.operation, send, request, session);
        if (!newest && !probe) startProbe(exchanged, call.signal);
        const { answer, challenge } = await exchanged;
        if (!challenge || answered === mostAnswers) return answer;
        // Our answer was to the challenge that this call was just given, or that still holds: so the key is wrong.
        const refused = session?.key;
        if (!challenge.stale && (refused === given || refused === keyOf(challenge))) return answer;
        // At first the newest challenge of all calls, then this call's own: a server that wants the counts in order may go on refusing a shared one.
        session = answered === 0 && newest ? newest : sessionOf(challenge, call.operation);
        given = keyOf(challenge);
      }
    },
    close: async () => {},
  };
}

const noHash =
  "an API key takes MD5, and this runtime has no node:crypto. Turn on its compatibility with Node, or use serviceAccount(…).";

function withAnswer(request: PlainRequest, session: Session): PlainRequest {
  const { pathname, search } = new URL(request.url);
  const authorization = session.answer(request.method, pathname + search);
  return { ...request, headers: { ...request.headers, authorization } };
}
