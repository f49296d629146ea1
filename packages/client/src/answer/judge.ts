import type { Operation } from "@atlas-streams/types";
import { type Answer, isFinalStatus, isSuccess } from "../call/layer.js";
import { type ApiError, createApiError } from "./api-error.js";
import { type AnswerFacts, UnexpectedResponseError } from "./errors.js";
import { asNumber, isRecord, parseJson } from "./json.js";
import { retryAfterMs } from "./rate-limit.js";
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
  const { headers } = answer;
  const plain = { status: answer.status, body: bodyOf(operation, answer) };
  const { status, body } = context.enveloped ? openEnvelope(operation, plain) : plain;
  const complaint = status < 400 && findBrokenPromise(operation, answer, status, body);
  if (complaint === undefined) return { data: body };
  const secrets = context.secrets();
  const shown = complaint ? undefined : redactJson(body, secrets);
  const excerpt = isRecord(shown) ? undefined : excerptOf(answer.text, secrets);
  const facts = { ...factsOf(answer, secrets), status, excerpt };
  const failure = complaint
    ? new UnexpectedResponseError(operation, redact(`answered ${status}, but ${complaint}`, secrets), facts)
    : createApiError(operation, facts, shown, retryAfterMs(headers, body, context.now));
  return { failure, body: shown };
}

/** The body as the operation promises it, if it keeps the promise; what is no JSON is undefined, which is no JSON value. */
function bodyOf({ answer: promise }: Operation, answer: Answer): unknown {
  if (promise !== "bytes" || !isSuccess(answer)) return parseJson(answer.text);
  // A body that is held by a Blob is not to change under it.
  return new Blob([new Uint8Array(answer.bytes)], { type: answer.headers.get("content-type") ?? "" });
}

interface Opened {
  readonly status: number;
  readonly body: unknown;
}

/** `{ status, content }` around one object; a list keeps its shape and only gains the status. */
function openEnvelope({ answer }: Operation, { status, body }: Opened): Opened {
  if (!isRecord(body) || !("status" in body || "content" in body)) return { status, body };
  const told = asNumber(body.status);
  const inner = isFinalStatus(told) ? told : 0; // a status that is none becomes one that no operation promises
  return { status: status >= 400 ? status : inner, body: answer === "page" && inner < 400 ? body : body.content };
}

function findBrokenPromise(operation: Operation, answer: Answer, status: number, body: unknown): string | undefined {
  if (status >= 300)
    return "that is a redirect, which is not followed for the sake of the credentials. Check the base URL.";
  if (status < 200) return "that is no status of an answer.";
  const { answer: promise, mayBeEmpty } = operation;
  if (promise === "nothing" && !answer.text) return undefined;
  if (mayBeEmpty && status === 204) return undefined;
  const contentType = answer.headers.get("content-type");
  if (promise === "bytes")
    return contentType && /^text\/html\b|[/+]json\b/i.test(contentType)
      ? `its body is ${clip(contentType, longestHeader)} where ${operation.accept} was due. Check the base URL and the proxy.`
      : undefined;
  if (!answer.text) return `its body is empty where a JSON ${due[promise]} was due.`;
  if (contentType && !/[/+]json\b/i.test(contentType))
    return `its body is ${clip(contentType, longestHeader)} where JSON was due. Check the base URL and the proxy.`;
  if (!isKept(promise, body)) return `its body is not the JSON ${due[promise]} that was due.`;
  if (promise === "page" && !(isRecord(body) && Array.isArray(body.results) && body.results.every(isRecord)))
    return "its body has no list of results.";
  return undefined;
}

/** What an answer is to be, in a sentence. */
const due = {
  object: "object",
  page: "object",
  nothing: "object",
  list: "array",
  value: "value",
  bytes: "value",
} as const;

function isKept(promise: Operation["answer"], body: unknown): boolean {
  if (promise === "list") return Array.isArray(body);
  if (promise === "value") return body !== undefined && (typeof body !== "object" || body === null);
  return isRecord(body);
}

function factsOf({ status, headers }: Answer, secrets: readonly Secret[]): Omit<AnswerFacts, "excerpt"> {
  const header = (name: string) => shownHeader(headers.get(name), secrets) ?? undefined;
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
