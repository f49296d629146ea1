import {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  UnexpectedResponseError,
} from "@atlas-streams/client";
import type { MockOptions } from "@atlas-streams/mock";
import type { Operation } from "@atlas-streams/types";

type Fault = NonNullable<MockOptions["faults"]>[number]["fault"];
type ErrorClass = abstract new (...parameters: never[]) => Error;

/** An answer that is not what an operation promises, and the error that it has to become. */
export interface BrokenAnswer {
  readonly name: string;
  readonly fault: Fault;
  readonly error: ErrorClass;
  /** The status of the answer; absent where the connection broke before there was a whole one. */
  readonly status?: number;
  /** Where the answer is not broken after all, since the operation promises less. */
  readonly fineFor?: (operation: Operation) => boolean;
}

const json = "application/json";
const vendor = "application/vnd.atlas.2023-02-01+json;charset=utf-8";
const html = "<!DOCTYPE html><html><body>Please sign in</body></html>";
const promisesNothing = ({ answer }: Operation) => answer === "nothing";
const promisesNoPage = ({ answer }: Operation) => answer !== "page";

/** An answer with a status of failure, whatever the body is worth. */
function refused(
  status: number,
  name: string,
  body: unknown,
  contentType = json,
  error = errorOf(status),
): BrokenAnswer {
  const headers = { "content-type": contentType };
  return { name: `a ${status} with ${name}`, fault: { kind: "answer", status, headers, body }, error, status };
}

/** An answer that says success, and then does not deliver. */
function hollow(status: number, name: string, body: string, contentType = vendor): BrokenAnswer {
  return refused(status, name, body, contentType, UnexpectedResponseError);
}

function redirect(status: number): BrokenAnswer {
  const headers = { location: "https://login.example.com/" };
  const fault = { kind: "answer", status, headers } as const;
  return { name: `a ${status} to another site`, fault, error: UnexpectedResponseError, status };
}

function errorOf(status: number): ErrorClass {
  const classes: { readonly [status: number]: ErrorClass } = {
    401: AuthenticationError,
    403: PermissionError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
  };
  return classes[status] ?? (status >= 500 ? ServerError : ApiError);
}

/** Refusals: their status decides, and no body can change that. */
export const refusals: readonly BrokenAnswer[] = [
  { name: "an empty 502", fault: "empty", error: ServerError, status: 502 },
  {
    name: "a 502 whose emptiness is not announced",
    fault: { kind: "empty", length: "chunked" },
    error: ServerError,
    status: 502,
  },
  { name: "an empty 404", fault: { kind: "empty", status: 404 }, error: NotFoundError, status: 404 },
  { name: "an empty 401", fault: { kind: "empty", status: 401 }, error: AuthenticationError, status: 401 },
  { name: "a 503 with a page for people", fault: "html", error: ServerError, status: 503 },
  refused(404, "a page for people", html, "text/html"),
  refused(403, "a firewall's page that calls itself JSON", html),
  refused(500, "null for a body", "null"),
  refused(500, "nothing but a string", '"no"'),
  refused(400, "an empty list", "[]"),
  refused(409, "a number", "42"),
  refused(500, "false for a body", "false"),
  refused(500, "an empty string in JSON", '""'),
  refused(500, "half an error body", '{"error":500,"errorCode":"UNEXPECTED_ERR'),
  refused(404, "an empty object", "{}"),
  refused(400, "fields of the wrong types", {
    error: "400",
    errorCode: 42,
    detail: {},
    reason: [],
    parameters: "x",
    badRequestDetail: [],
  }),
  refused(403, "null in every field", {
    error: null,
    errorCode: null,
    detail: null,
    reason: null,
    parameters: null,
    badRequestDetail: null,
  }),
  refused(500, "a connection's own shape", { _id: "32b6e34b3d91647abb20e7b8", provider: "AWS", state: "DONE" }),
  refused(429, "no word of how long to wait", ""),
  refused(418, "a status that the description has not", {
    error: 418,
    errorCode: "TEAPOT",
    detail: "Short and stout.",
  }),
  refused(599, "the last status there is", ""),
];

/** Answers that say success and are none. */
export const falseSuccesses: readonly BrokenAnswer[] = [
  { ...hollow(200, "an announced nothing", ""), fineFor: promisesNothing },
  {
    name: "a 200 whose emptiness is not announced",
    fault: { kind: "empty", status: 200, length: "chunked" },
    error: UnexpectedResponseError,
    status: 200,
    fineFor: promisesNothing,
  },
  {
    name: "a 204 where something is due",
    fault: { kind: "answer", status: 204 },
    error: UnexpectedResponseError,
    status: 204,
    fineFor: promisesNothing,
  },
  {
    name: "a 202 with nothing",
    fault: { kind: "empty", status: 202 },
    error: UnexpectedResponseError,
    status: 202,
    fineFor: promisesNothing,
  },
  hollow(200, "a login page", html, "text/html"),
  hollow(202, "a login page", html, "text/html; charset=utf-8"),
  hollow(200, "a login page that calls itself JSON", html),
  hollow(200, "JSON that calls itself a page", "{}", "text/html"),
  hollow(200, "JSON that calls itself plain text", '{"_id":"32b6e34b3d91647abb20e7b8"}', "text/plain"),
  hollow(200, "a media type that merely contains the word JSON", "{}", "application/x-notjson"),
  hollow(200, "null", "null"),
  hollow(200, "an empty list", "[]"),
  hollow(200, "a list of objects", '[{"_id":"32b6e34b3d91647abb20e7b8"}]'),
  hollow(200, "a string", '"DONE"'),
  hollow(200, "an empty string in JSON", '""'),
  hollow(200, "a number", "0"),
  hollow(200, "true", "true"),
  hollow(200, "nothing but blanks", " \n"),
  hollow(200, "two objects", '{"_id":"a"}{"_id":"b"}'),
  hollow(200, "JSON with a comment", '{"_id":"a"} // done'),
  hollow(200, "half a JSON object", '{"_id":"32b6e34b3d91647abb20e7b8","state":"DO'),
  { ...hollow(200, "no results in a list", '{"totalCount":3}'), fineFor: promisesNoPage },
  { ...hollow(200, "results that are no list", '{"results":{"0":{}}}'), fineFor: promisesNoPage },
  redirect(301),
  redirect(302),
  redirect(303),
  redirect(307),
  redirect(308),
  { name: "a 304", fault: { kind: "answer", status: 304 }, error: UnexpectedResponseError, status: 304 },
  hollow(300, "a choice of objects", "{}"),
];

/** An answer that never became whole; where its head did, its status is the operation's usual one. */
export interface Fragment extends BrokenAnswer {
  readonly hasStatus?: boolean;
}

/** Answers that never became whole. */
export const fragments: readonly Fragment[] = [
  { name: "a reset instead of an answer", fault: "reset", error: ConnectionError },
  {
    name: "a reset in the middle of the body",
    fault: { kind: "reset", when: "in-body" },
    error: ConnectionError,
    hasStatus: true,
  },
  { name: "a body shorter than it was announced", fault: "truncated", error: ConnectionError, hasStatus: true },
  {
    name: "half a body, announced as half",
    fault: { kind: "truncated", length: "half" },
    error: UnexpectedResponseError,
    hasStatus: true,
  },
];
