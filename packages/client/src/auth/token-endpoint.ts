import { createToken, revokeToken } from "@atlas-streams/types/operations/oauth";
import { describeStatus, shortText } from "../answer/api-error.js";
import { CredentialError, type OperationName } from "../answer/errors.js";
import { asNumber, asRecord, asText, parseJson } from "../answer/json.js";
import { redactJson } from "../answer/redact-json.js";
import { secretsByName, secretsIn } from "../answer/secrets.js";
import { asSentence, clip } from "../answer/text.js";
import { type Answer, isSuccess } from "../call/layer.js";
import type { CallLimits } from "../call/options.js";
import type { CredentialContext } from "./credentials.js";
import { isToken, longestLifetimeMs, type StoredToken } from "./token-store.js";

/** What the OAuth endpoints do for one service account. */
export interface TokenEndpoint {
  /** Fetches a new token. */
  issue(signal: AbortSignal, limits?: CallLimits): Promise<StoredToken>;
  /** Ends a token before its time. */
  revoke(accessToken: string): Promise<void>;
}

const longestMarginMs = 300_000;
const longestSaid = 1000;

/** The OAuth endpoints for one service account (RFC 6749, section 4.4; RFC 7009). Their refusals are `CredentialError`s in the service's own words. */
export function createTokenEndpoint(
  { clock, send }: CredentialContext,
  clientId: string,
  clientSecret: string,
  secrets: () => readonly string[],
): TokenEndpoint {
  const headers = {
    // Not form-encoded, as RFC 6749 has it: the service wants id and secret as they are.
    authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
    "content-type": createToken.contentType,
  };

  function refusal(operation: OperationName, answer: Answer): CredentialError {
    const { status } = answer;
    const nothing = isSuccess(answer) ? "there is no access token in it" : "nothing that could be read";
    const json = isSuccess(answer) ? undefined : parseJson(answer.text);
    // Only what is an error by name is shown, since a token may stand anywhere in an answer of this endpoint.
    const body = asRecord(
      redactJson(json, [...secretsIn(headers.authorization), ...secrets(), ...secretsByName(json)]),
    );
    const errorCode = shortText(body.error) ?? shortText(body.errorCode);
    const detail = asText(body.error_description) ?? asText(body.detail);
    const advice = status === 401 ? " Check the client id and the client secret." : "";
    const message = `${describeStatus(status, errorCode)}: ${asSentence(clip(detail ?? nothing, longestSaid))}${advice}`;
    return new CredentialError(operation, message, { status, errorCode, detail });
  }

  return {
    async issue(signal, limits) {
      const askedAt = clock.now();
      const answer = await send(createToken, { headers, body: "grant_type=client_credentials", signal }, limits);
      const { access_token: accessToken, expires_in: expiresIn, token_type: type } = asRecord(parseJson(answer.text));
      if (!isSuccess(answer) || !isToken(accessToken)) throw refusal(createToken, answer);
      if (!isBearer(type)) throw new CredentialError(createToken, otherType, { status: answer.status });
      const lifetimeMs = Math.min(asNumber(expiresIn) * 1000, longestLifetimeMs);
      if (!(lifetimeMs > 0)) return { accessToken };
      const expiresAt = askedAt + lifetimeMs;
      return { accessToken, expiresAt, renewAt: expiresAt - Math.min(longestMarginMs, lifetimeMs / 10) };
    },

    async revoke(accessToken) {
      const body = new URLSearchParams({ token: accessToken, token_type_hint: "access_token" });
      const answer = await send(revokeToken, { headers, body: String(body) });
      if (!isSuccess(answer)) throw refusal(revokeToken, answer);
    },
  };
}

const otherType = "gave a token of another type than Bearer, which this client cannot send.";

/** What cannot be sent as its type wants it must not be sent (RFC 6749, section 7.1). A service that leaves the type out means the only one there is. */
function isBearer(type: unknown): boolean {
  return type == null || (typeof type === "string" && /^bearer$/i.test(type));
}
