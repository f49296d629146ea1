import type { Operation } from "@atlas-streams/types";
import { retryAfterMs } from "../call/retry-after.js";
import { type ApiError, createApiError } from "./api-error.js";
import { type AnswerFacts, UnexpectedResponseError } from "./errors.js";
import { isRecord } from "./json.js";
import { longestShown, redact, redactJson, secretsOf } from "./redact.js";

const excerptLength = 200;

/** Why an answer is a failure. */
export type Failure = ApiError | UnexpectedResponseError;

/** What an answer is worth: the data that its operation promises, or a failure and the body as the service sent it. */
export type Verdict =
  | { readonly data: unknown; readonly failure?: never }
  | { readonly body: unknown; readonly failure: Failure };

/** The answer's body, and what judging it needs to know beside. */
export interface JudgeContext {
  readonly text: string;
  /** The text as JSON, or undefined. */
  readonly body: unknown;
  /** Whether the caller asked for `envelope=true`: the status that counts then stands in the body. */
  readonly enveloped: boolean;
  readonly now: number;
}

/** Judges an answer by its status and by what the operation promises, never by whether some value is truthy. */
export function judge(operation: Operation, response: Response, context: JudgeContext): Verdict {
  const { text, enveloped, now } = context;
  const plain = { status: response.status, body: context.body };
  const { status, body } = enveloped ? openEnvelope(operation, plain) : plain;
  const complaint = status < 400 && findBrokenPromise(operation, response, status, text, body);
  if (complaint === undefined) return { data: body };
  const secrets = secretsOf(response);
  const shown = complaint ? undefined : redactJson(body, secrets);
  const excerpt = isRecord(shown) ? undefined : excerptOf(redact(text.slice(0, longestShown), secrets));
  const facts = { ...factsOf(response, secrets), status, excerpt };
  const failure = complaint
    ? new UnexpectedResponseError(operation, redact(`answered ${status}, but ${complaint}`, secrets), facts)
    : createApiError(operation, facts, shown, retryAfterMs(response.headers, body, now));
  return { failure, body: shown };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** `{ status, content }` around one object; a list keeps its shape and only gains the status. */
function openEnvelope({ answer }: Operation, { status, body }: Answer): Answer {
  if (!isRecord(body) || !("status" in body || "content" in body)) return { status, body };
  const inner = Number(body.status) || 0; // a status that is none becomes one that no operation promises
  return { status: status >= 400 ? status : inner, body: answer === "page" && inner < 400 ? body : body.content };
}

function findBrokenPromise(
  { answer }: Operation,
  response: Response,
  status: number,
  text: string,
  body: unknown,
): string | undefined {
  if (status >= 300)
    return "that is a redirect, which is not followed for the sake of the credentials. Check the base URL.";
  if (status < 200) return "that is no status of an answer.";
  const { headers } = response;
  if (!text) {
    // What is left of a compressed body that was cut early is nothing at all, and fetch does not complain.
    const isCut =
      status !== 204 &&
      !/^(identity)?$/.test(headers.get("content-encoding") ?? "") &&
      headers.get("content-length") !== "0";
    return answer === "nothing" && !isCut ? undefined : "its body is empty where a JSON object was due.";
  }
  const contentType = headers.get("content-type");
  if (contentType && !/[/+]json\b/i.test(contentType))
    return `its body is ${contentType} where JSON was due. Check the base URL and the proxy.`;
  if (!isRecord(body)) return "its body is not the JSON object that was due.";
  if (answer === "page" && !(Array.isArray(body.results) && body.results.every(isRecord)))
    return "its body has no list of results.";
  return undefined;
}

function factsOf(response: Response, secrets: readonly string[]): Omit<AnswerFacts, "excerpt"> {
  const header = (name: string) => redact(response.headers.get(name) ?? "", secrets) || undefined;
  return { status: response.status, contentType: header("content-type"), requestId: header("x-request-id") };
}

/** The beginning of a body, on one line. */
export function excerptOf(text: string): string | undefined {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, excerptLength) || undefined;
}
