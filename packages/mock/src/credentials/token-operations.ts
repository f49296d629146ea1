import type { Clock } from "../clock.js";
import type { Errors } from "../errors.js";
import type { Call, Choice } from "../exchange.js";
import type { Behaviours } from "../service.js";
import type { Tokens } from "./tokens.js";

export interface TokenOperationsParts {
  readonly tokens: Tokens;
  readonly errors: Errors;
  readonly clock: Clock;
  readonly perMinute: number;
}

const minuteMs = 60_000;

export interface TokenOperations {
  readonly behaviours: Behaviours;
  /** Counts from nothing again. */
  recount(): void;
}

/** What the two operations of OAuth do. */
export function tokenOperations({ tokens, errors, clock, perMinute }: TokenOperationsParts): TokenOperations {
  let asked: number[] = [];

  function createToken({ operation }: Call): Choice {
    asked = asked.filter((at) => at > clock.now() - minuteMs);
    if (asked.length >= perMinute) {
      return errors.api({ status: 429, errorCode: "RATE_LIMITED", parameters: [operation.path, perMinute, 1] });
    }
    if (perMinute !== Infinity) asked.push(clock.now());
    const token = tokens.issue();
    return token ? { body: token } : errors.oauth(403, "access_denied");
  }

  function revokeToken({ request }: Call): Choice {
    tokens.revoke(new URLSearchParams(String(request.body)).get("token") ?? "");
    return {};
  }

  function recount(): void {
    asked = [];
    tokens.recount();
  }

  return { behaviours: { createToken, revokeToken }, recount };
}
