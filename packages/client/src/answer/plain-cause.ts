import { redact } from "./redact.js";

/** How far a chain of causes is followed: it may be a ring. */
export const deepestCause = 5;

/**
 * What somebody else's error may show: name, message, code and stack, and those of its causes. What else
 * it carries, such as the request or the command that failed, may hold a secret.
 */
export function plainCause(error: unknown, secrets: readonly string[], depth = deepestCause): Error {
  if (!(error instanceof Error)) return new Error(redact(textOf(error), secrets));
  const { name, message, stack = "", cause, code } = error as Error & { code?: unknown };
  const isLast = cause === undefined || depth === 0;
  const plain = new Error(redact(message, secrets), isLast ? {} : { cause: plainCause(cause, secrets, depth - 1) });
  return Object.assign(plain, { name, stack: redact(stack, secrets) }, code !== undefined && { code });
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value; // not everything that can be thrown can be printed
  }
}
