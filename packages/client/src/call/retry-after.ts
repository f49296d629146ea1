import { rateLimitWait } from "@atlas-streams/types";
import { asRecord } from "../answer/json.js";
import type { PlainHeaders } from "./layer.js";

/**
 * How long an answer asks to wait, in milliseconds: the `Retry-After` header as seconds or as a date
 * (RFC 9110, section 10.2.3), or, where there is none, the second parameter of a
 * `RATE_LIMITED_TOKEN_BUCKET` body, in seconds. Undefined where neither says anything usable.
 */
export function retryAfterMs(headers: PlainHeaders, body: unknown, now: number): number | undefined {
  return fromHeader(headers["retry-after"]?.trim() ?? "", now) ?? fromBody(body);
}

function fromHeader(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Date.parse takes many things for a date, "-5" among them; an HTTP date begins with the day's name.
  // The oldest of its three forms (section 5.6.7) names no zone, and means GMT all the same.
  const date = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value.replace(/:\d\d \d{4}$/, "$& GMT")) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function fromBody(body: unknown): number | undefined {
  const { errorCode, parameters } = asRecord(body);
  const isTold = errorCode === rateLimitWait.errorCode && Array.isArray(parameters);
  const seconds = isTold ? parameters[rateLimitWait.parameter] : undefined;
  return typeof seconds === "number" && seconds >= 0 ? seconds * 1000 : undefined;
}
