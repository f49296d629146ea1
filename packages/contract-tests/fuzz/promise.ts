import type { Operation } from "@atlas-streams/types";
import type { SpokenAnswer } from "./hostile-answers.js";

/** What a client may make of an answer at most: a value, or nothing but an error. Says so without a line of the client's. */
export function worthOf(answer: SpokenAnswer, operation: Operation): { readonly value: unknown } | undefined {
  const { status, framing } = answer;
  if (status < 200 || status > 299) return undefined;
  const hasNoBody = status === 204 || status === 205; // RFC 9110, 15.3.5 and 15.3.6: fetch lets nobody see one
  if (!hasNoBody && (framing === "too long" || framing === "chunks without an end")) return undefined;
  const whole = framing === "too short" ? answer.body.slice(0, -3) : answer.body;
  const text = hasNoBody
    ? ""
    : Buffer.from(whole, "latin1")
        .toString("utf8")
        .replace(/^\uFEFF/, "");
  if (text === "") return operation.answer === "nothing" ? { value: undefined } : undefined;
  const types = answer.headers.filter(([name, value]) => name === "content-type" && value);
  // Said twice in two ways, it is anybody's guess: then what the body is decides.
  if (types.length > 0 && !types.some(([, type]) => /json/i.test(type))) return undefined;
  const value = parse(text);
  if (!isObject(value)) return undefined;
  const { results } = value;
  if (operation.answer === "page" && !(Array.isArray(results) && results.every(isObject))) return undefined;
  return { value };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the answer leaves a client no excuse: it is as the operation promises, in plain HTTP. */
export function isPlain({ framing, headers }: SpokenAnswer): boolean {
  if (framing !== "length" && framing !== "chunked" && framing !== "close") return false;
  return headers.every(([name]) => name === "x-request-id" || name === "deprecation");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
