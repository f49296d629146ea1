import type { IHttpOperation } from "@stoplight/types";
import type { Errors } from "../errors.js";
import type { Answer, Call, Choice } from "../exchange.js";
import { onceFor } from "../operations.js";
import type { ChallengeBody } from "../options.js";
import { headersBeforeLogin } from "../recorded-headers.js";
import type { Digest } from "./digest.js";
import type { Tokens } from "./tokens.js";

/** Lets a call in, or says how it is refused. */
export type Gate = (call: Call) => Answer | undefined;

export interface GateParts {
  readonly digest: Digest;
  readonly tokens: Tokens;
  readonly errors: Errors;
  readonly challengeBody: ChallengeBody;
}

/** The scheme that an operation asks for decides: Basic for OAuth, a token or a digest for all else. */
export function createGate({ digest, tokens, errors, challengeBody }: GateParts): Gate {
  const challenge = (stale: boolean) => ({ ...headersBeforeLogin, "www-authenticate": digest.challenge(stale) });
  const firstContact = bodyOf(errors, challengeBody);

  return ({ operation, request }) => {
    if (takesBasic(operation)) {
      if (tokens.knows(request)) return undefined;
      return asJson(errors.oauth(401, "invalid_client"), { "www-authenticate": 'Basic realm="oauth"' });
    }
    if (tokens.accepts(request)) return undefined;
    const scheme = /^\w+/.exec(request.headers.authorization ?? "")?.[0].toLowerCase();
    if (scheme === "bearer")
      return asJson(errors.api({ status: 401, errorCode: "USER_UNAUTHORIZED" }), challenge(false));
    const verdict = scheme === "digest" ? digest.verify(request) : "bad";
    if (verdict === "good") return undefined;
    const headers = challenge(verdict === "stale");
    return firstContact
      ? { ...asJson({ status: 401, body: firstContact }, headers), isIndented: true }
      : { status: 401, headers };
  };
}

/** For those who do not care: any `Authorization` is let in, and none too. */
export const openGate: Gate = () => undefined;

/** Whether an operation wants the id and secret of a service account, as those of OAuth do. */
export const takesBasic: (operation: IHttpOperation) => boolean = onceFor(({ security = [] }) =>
  security.flat().some((scheme) => "type" in scheme && scheme.type === "http" && scheme.scheme === "basic"),
);

/** In the order of keys that is on record, which is that of no other answer. */
function bodyOf(errors: Errors, form: ChallengeBody): object | undefined {
  if (form === "empty") return undefined;
  const { error, reason, detail, errorCode } = errors.api({ status: 401, errorCode: "UNEXPECTED_ERROR" })
    .body as Record<string, unknown>;
  return { error, reason, detail, ...(form === "error-code" && { errorCode }) };
}

function asJson({ status = 401, body }: Choice, headers: Answer["headers"]): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}
