import { takesBasic } from "./credentials/gate.js";
import type { Answer, Call } from "./exchange.js";
import { inOrder } from "./json.js";
import { onceFor } from "./operations.js";
import type { Toll } from "./rate.js";
import { recordedHeaders } from "./recorded-headers.js";

/** What is known of a call beside its answer. */
export interface Circumstances {
  /** What it found in the bucket of its project, if it came that far and there is one. */
  readonly toll: Toll | undefined;
  readonly isProjectKnown: boolean;
}

/** Gives an answer the headers and the form that the service's own have. */
export function finish(call: Call, answer: Answer, { toll, isProjectKnown }: Circumstances): Answer {
  if (takesBasic(call.operation)) return shown(call.query, laidOut(call, withHeaders(answer, notStored)));
  // What the description gives as an example of these, the mock knows better; buckets it has for projects only.
  const { "x-error-code": _, ...others } = answer.headers;
  const { "ratelimit-limit": __, "ratelimit-remaining": ___, ...uncounted } = others;
  const described = call.parameters.groupId === undefined ? others : uncounted;
  const headers = {
    ...charset(described),
    ...rateLimit(toll, answer.status),
    ...errorCode(answer),
    ...recordedHeaders(call, answer.status, isProjectKnown),
  };
  const { body, ...whole } = shown(call.query, laidOut(call, { ...answer, headers }));
  return { ...whole, body: inOrder(body) };
}

/** An answer as the query wants to see it: in an envelope, for those who cannot see the status. */
export function shown(query: URLSearchParams, answer: Answer): Answer {
  return query.get("envelope") === "true" ? enveloped(answer) : answer;
}

/** Every error that the caller could have avoided names its code in a header too. */
export function errorCode({ status, body }: Answer): Record<string, string> {
  const { errorCode: code } = (body ?? {}) as { readonly errorCode?: unknown };
  return status >= 400 && status < 500 && typeof code === "string" ? { "x-error-code": code } : {};
}

/** RFC 6749, section 5.1: what has a token in it must not be kept. */
const notStored = { "cache-control": "no-store", pragma: "no-cache" };

function withHeaders(answer: Answer, headers: Answer["headers"]): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function laidOut({ operation, query }: Call, answer: Answer): Answer {
  return query.get("pretty") === "true" && hasPretty(operation) ? { ...answer, isIndented: true } : answer;
}

const hasPretty = onceFor(({ request }) => request?.query?.some(({ name }) => name === "pretty") ?? false);

function rateLimit(toll: Toll | undefined, status: number): Record<string, string> {
  if (!toll) return {};
  const remaining = status === 429 ? 0 : toll.remaining;
  return { "ratelimit-limit": String(toll.rate.capacity), "ratelimit-remaining": String(remaining) };
}

/** The service names the character set of what is versioned. */
function charset(headers: Answer["headers"]): Answer["headers"] {
  const { "content-type": type } = headers;
  return /^application\/vnd\.atlas\..*\+json$/.test(type ?? "")
    ? { ...headers, "content-type": `${type};charset=utf-8` }
    : headers;
}

/** A list keeps its shape and gains the status; anything else is wrapped. */
function enveloped(answer: Answer): Answer {
  const { status, body } = answer;
  const isList = typeof body === "object" && body !== null && "results" in body;
  return { ...answer, body: isList ? { ...body, status } : { content: body, status } };
}
