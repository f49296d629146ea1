import { createToken, revokeToken } from "@atlas-streams/types";
import { asSentence, describeStatus } from "../answer/api-error.js";
import { CredentialError, type OperationName } from "../answer/errors.js";
import { asRecord, asText, isRecord, parseJson } from "../answer/json.js";
import { excerptOf } from "../answer/judge.js";
import { redact, redactJson, secretsIn } from "../answer/redact.js";
import { type Answer, isSuccess } from "../call/layer.js";
import type { CallLimits } from "../call/options.js";
import type { CredentialContext } from "./credentials.js";
import type { StoredToken } from "./token-store.js";

/** What the OAuth endpoints do for one service account. */
export interface TokenEndpoint {
  /** Fetches a new token. */
  issue(signal: AbortSignal, limits?: CallLimits): Promise<StoredToken>;
  /** Ends a token before its time. */
  revoke(accessToken: string): Promise<void>;
}

const longestMarginMs = 300_000;

/** The OAuth endpoints for one service account (RFC 6749, section 4.4; RFC 7009). Their refusals are `CredentialError`s in the service's own words. */
export function createTokenEndpoint(
  { clock, send }: CredentialContext,
  clientId: string,
  clientSecret: string,
): TokenEndpoint {
  const headers = {
    // Not form-encoded, as RFC 6749 has it: the service wants id and secret as they are.
    authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
    "content-type": createToken.contentType,
  };

  function refusal(operation: OperationName, answer: Answer, token = clientSecret): CredentialError {
    const { status } = answer;
    const nothing = isSuccess(answer) ? "there is no access token in it" : "nothing that could be read";
    const secrets = [...secretsIn(headers.authorization), clientSecret, token];
    // The body of a success is not shown: a token may stand in it.
    const text = isSuccess(answer) ? "" : answer.text;
    const json = parseJson(text);
    const body = asRecord(redactJson(json, secrets));
    const errorCode = asText(body.error) ?? asText(body.errorCode);
    const detail = asText(body.error_description) ?? asText(body.detail);
    const excerpt = isRecord(json) ? undefined : excerptOf(redact(text, secrets));
    const advice = status === 401 ? " Check the client id and the client secret." : "";
    const message = `${describeStatus(status, errorCode)}: ${asSentence(detail ?? excerpt ?? nothing)}${advice}`;
    return new CredentialError(operation, message, { status, errorCode, detail });
  }

  return {
    async issue(signal, limits) {
      const askedAt = clock.now();
      const answer = await send(createToken, { headers, body: "grant_type=client_credentials", signal }, limits);
      const { access_token: accessToken, expires_in: expiresIn } = asRecord(parseJson(answer.text));
      if (!isSuccess(answer) || !isToken(accessToken)) throw refusal(createToken, answer);
      const lifetimeMs = Number(expiresIn) * 1000;
      if (!(lifetimeMs > 0)) return { accessToken };
      const expiresAt = askedAt + lifetimeMs;
      return { accessToken, expiresAt, renewAt: expiresAt - Math.min(longestMarginMs, lifetimeMs / 10) };
    },

    async revoke(accessToken) {
      const body = new URLSearchParams({ token: accessToken, token_type_hint: "access_token" });
      const answer = await send(revokeToken, { headers, body: String(body) });
      if (!isSuccess(answer)) throw refusal(revokeToken, answer, accessToken);
    },
  };
}

/** Whether it is a token that can stand in a header. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
