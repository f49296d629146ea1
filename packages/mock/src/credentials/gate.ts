import type { IHttpOperation } from "@stoplight/types";
import type { Errors } from "../errors.js";
import type { Call, Choice } from "../exchange.js";
import type { Digest } from "./digest.js";
import type { Tokens } from "./tokens.js";

/** Lets a call in, or says how it is refused. */
export type Gate = (call: Call) => Choice | undefined;

/** The scheme that an operation asks for decides: Basic for OAuth, a token or a digest for all else. */
export function createGate(digest: Digest, tokens: Tokens, errors: Errors): Gate {
  function refuse(stale: boolean): Choice {
    const refusal = errors.api({ status: 401, errorCode: "USER_UNAUTHORIZED" });
    return { ...refusal, headers: { "WWW-Authenticate": digest.challenge(stale) } };
  }
  return ({ operation, request }) => {
    if (takesBasic(operation)) return tokens.knows(request) ? undefined : errors.oauth(401, "invalid_client");
    if (tokens.accepts(request)) return undefined;
    if (!/^Digest\s/i.test(request.headers.authorization ?? "")) return refuse(false);
    const verdict = digest.verify(request);
    return verdict === "good" ? undefined : refuse(verdict === "stale");
  };
}

/** For those who do not care: any `Authorization` is let in, and none too. */
export const openGate: Gate = () => undefined;

/** Whether an operation wants the id and secret of a service account, as those of OAuth do. */
export function takesBasic({ security = [] }: IHttpOperation): boolean {
  return security.flat().some((scheme) => "type" in scheme && scheme.type === "http" && scheme.scheme === "basic");
}
