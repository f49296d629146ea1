import type { Operation } from "@atlas-streams/types";
import type { Answer } from "../call/layer.js";
import { retryAfterMs } from "../call/retry-after.js";
import { type ApiError, createApiError } from "./api-error.js";
import { type AnswerFacts, UnexpectedResponseError } from "./errors.js";
import { isRecord, parseJson } from "./json.js";
import { redact } from "./redact.js";
import { redactJson } from "./redact-json.js";
import type { Secret } from "./secrets.js";
import { clip } from "./text.js";

const longestExcerpt = 200;
const longestHeader = 200;

/** Why an answer is a failure. */
export type Failure = ApiError | UnexpectedResponseError;

/** What an answer is worth: the data that its operation promises, or a failure and the body as the service sent it. */
export type Verdict =
  | { readonly data: unknown; readonly failure?: never }
  | { readonly body: unknown; readonly failure: Failure };

/** What judging an answer needs to know beside. */
export interface JudgeContext {
  /** Whether the caller asked for `envelope=true`: the status that counts then stands in the body. */
  readonly enveloped: boolean;
  /** What must not be shown of the answer. Asked only where it is a failure. */
  readonly secrets: () => readonly Secret[];
  readonly now: number;
}

/** Judges an answer by its status and by what the operation promises, never by whether some value is truthy. */
export function judge(operation: Operation, answer: Answer, context: JudgeContext): Verdict {
  const { text, headers } = answer;
  const plain = { status: answer.status, body: parseJson(text) };
  const { status, body } = context.enveloped ? openEnvelope(operation, plain) : plain;
  const complaint = status < 400 && findBrokenPromise(operation, answer, status, body);
  if (complaint === undefined) return { data: body };
  const secrets = context.secrets();
  const shown = complaint ? undefined : redactJson(body, secrets);
  const excerpt = isRecord(shown) ? undefined : excerptOf(text, secrets);
  const facts = { ...factsOf(answer, secrets), status, excerpt };
  const failure = complaint
    ? new UnexpectedResponseError(operation, redact(`answered ${status}, but ${complaint}`, secrets), facts)
    : createApiError(operation, facts, shown, retryAfterMs(headers, body, context.now));
  return { failure, body: shown };
}

interface Opened {
  readonly status: number;
  readonly body: unknown;
}

/** `{ status, content }` around one object; a list keeps its shape and only gains the status. */
function openEnvelope({ answer }: Operation, { status, body }: Opened): Opened {
  if (!isRecord(body) || !("status" in body || "content" in body)) return { status, body };
  const inner = Number(body.status) || 0; // a status that is none becomes one that no operation promises
  return { status: status >= 400 ? status : inner, body: answer === "page" && inner < 400 ? body : body.content };
}

function findBrokenPromise(
  { answer: promise }: Operation,
  { text, headers }: Answer,
  status: number,
  body: unknown,
): string | undefined {
  if (status >= 300)
    return "that is a redirect, which is not followed for the sake of the credentials. Check the base URL.";
  if (status < 200) return "that is no status of an answer.";
  if (!text) return promise === "nothing" ? undefined : "its body is empty where a JSON object was due.";
  const { "content-type": contentType } = headers;
  if (contentType && !/[/+]json\b/i.test(contentType))
    return `its body is ${clip(contentType, longestHeader)} where JSON was due. Check the base URL and the proxy.`;
  if (!isRecord(body)) return "its body is not the JSON object that was due.";
  if (promise === "page" && !(Array.isArray(body.results) && body.results.every(isRecord)))
    return "its body has no list of results.";
  return undefined;
}

function factsOf({ status, headers }: Answer, secrets: readonly Secret[]): Omit<AnswerFacts, "excerpt"> {
  const header = (name: string) => shownHeader(headers[name], secrets) ?? undefined;
  return { status, contentType: header("content-type"), requestId: header("x-request-id") };
}

/** What a header said, as far as it can be shown. */
export function shownHeader(value: string | null | undefined, secrets: readonly Secret[]): string | null {
  return value ? redact(value.slice(0, 10 * longestHeader), secrets).slice(0, longestHeader) : null;
}

/** The beginning of a body, on one line, without the secrets. */
export function excerptOf(text: string, secrets: readonly Secret[]): string | undefined {
  const line = text
    .slice(0, 100 * longestExcerpt)
    .replace(/\s+/g, " ")
    .trim();
  // What is looked at goes on behind what is shown, so that a secret is known though its end is out of sight.
  return clip(redact(line.slice(0, 10 * longestExcerpt), secrets), longestExcerpt) || undefined;
}
