import { rateLimitWait } from "@atlas-streams/types/constants";
import type { AnswerHeaders } from "../call/layer.js";
import { asRecord } from "./json.js";

/** A day. The service's bucket is full again in minutes; what asks for more than a day is a mistake. */
const longestMs = 86_400_000;

/**
 * How long an answer asks to wait, in milliseconds, a day at most: the `Retry-After` header as seconds or as a
 * date (RFC 9110, section 10.2.3), or, where there is none, the second parameter of a `RATE_LIMITED_TOKEN_BUCKET`
 * body, in seconds. Undefined where neither says anything usable.
 */
export function retryAfterMs(headers: AnswerHeaders, body: unknown, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  const asked = fromSeconds(value) ?? fromDate(value, headers.get("date") ?? "", now) ?? fromBody(body);
  return asked === undefined ? undefined : Math.min(longestMs, asked);
}

/** Where a gateway and the service have both set it, the longest counts. */
function fromSeconds(value: string): number | undefined {
  const all = value.split(/\s*,\s*/);
  return all.every((each) => /^\d+$/.test(each)) ? Math.max(...all.map(Number)) * 1000 : undefined;
}

/** A date is the sender's, and so is the time to hold it against: this machine's clock may be off. */
function fromDate(value: string, sentAt: string, now: number): number | undefined {
  const date = parseHttpDate(value);
  return date === undefined ? undefined : Math.max(0, date - (parseHttpDate(sentAt) ?? now));
}

/** RFC 9110, section 5.6.7. */
function parseHttpDate(value: string): number | undefined {
  // Date.parse takes many things for a date, "-5" among them; an HTTP date begins with the day's name.
  if (!/^[A-Z][a-z]{2}/.test(value)) return undefined;
  // The oldest of the three forms names no zone, and means GMT all the same.
  const date = Date.parse(value.replace(/:\d\d \d{4}$/, "$& GMT"));
  return Number.isNaN(date) ? undefined : date;
}

function fromBody(body: unknown): number | undefined {
  const seconds = parameterOf(body, rateLimitWait.parameter);
  return seconds === undefined ? undefined : seconds * 1000;
}

function parameterOf(body: unknown, index: number): number | undefined {
  const { errorCode, parameters } = asRecord(body);
  const isTold = errorCode === rateLimitWait.errorCode && Array.isArray(parameters);
  const value: unknown = isTold ? parameters[index] : undefined;
  return typeof value === "number" && value >= 0 ? value : undefined;
}

/** How long it takes until the bucket gets more, in milliseconds, where the body of a refusal says so. */
export function refillMs(body: unknown): number | undefined {
  const seconds = parameterOf(body, rateLimitWait.refillSeconds);
  return seconds === undefined || seconds === 0 ? undefined : Math.min(longestMs, seconds * 1000);
}

/** How many requests the project has left, where the answer says so. */
export function remainingOf(headers: AnswerHeaders): number | undefined {
  const value = headers.get("ratelimit-remaining");
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}
