import { property } from "./json.js";
import { redactor } from "./redact.js";
import type { Secret } from "./secrets.js";
import { clip, onOneLine } from "./text.js";

/** How far a chain of causes is followed: it may be a ring. */
export const deepestCause = 5;

const longestName = 100;
const longestMessage = 1000;
const longestStack = 5000;

/**
 * What somebody else's error may show: name, message, code and stack, and those of its causes. What else
 * it carries, such as the request or the command that failed, may hold a secret. It is read as data:
 * whose class it is, and what its properties are or do, is not relied on. `inOurWords` may put its texts otherwise.
 */
export function plainCause(error: unknown, secrets: readonly Secret[], inOurWords = (text: string) => text): Error {
  const redact = redactor(secrets);
  const shown = (value: unknown, longest: number) =>
    typeof value === "string" ? redact(inOurWords(clip(value, 2 * longest))).slice(0, longest) : undefined;

  function plain(each: unknown, depth: number): Error {
    if (!isErrorLike(each)) return new Error(onOneLine(shown(textOf(each), longestMessage) ?? ""));
    const message = onOneLine(shown(property(each, "message"), longestMessage) ?? "");
    const cause = property(each, "cause");
    const isLast = cause === undefined || depth === 0;
    const copy = new Error(message, isLast ? {} : { cause: plain(cause, depth - 1) });
    const name = onOneLine(shown(property(each, "name"), longestName) ?? "Error");
    const frames = shown(property(each, "stack"), longestStack)?.match(/^ *at .*$/gm) ?? [];
    define(copy, "name", name);
    define(copy, "stack", [`${name}: ${message}`, ...frames.map(onOneLine)].join("\n"));
    const code = property(each, "code");
    const shownCode = onOneLine(shown(typeof code === "number" ? `${code}` : code, longestName) ?? "");
    if (shownCode) define(copy, "code", shownCode === `${code}` ? code : shownCode, true);
    return copy;
  }

  return plain(error, deepestCause);
}

/** Whether it is an error, of whatever realm or library. */
export function isErrorLike(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return typeof property(value, "message") === "string" || tagOf(value) === "[object Error]";
}

function tagOf(value: object): string | undefined {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return undefined; // it asks the value, which may do anything
  }
}

/** Not by assignment: what is frozen on the prototype cannot be assigned to. */
function define(error: Error, name: string, value: unknown, enumerable = false): void {
  Object.defineProperty(error, name, { value, enumerable, configurable: true, writable: true });
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value; // not everything that can be thrown can be printed
  }
}
