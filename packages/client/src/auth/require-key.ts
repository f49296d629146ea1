import { InvalidArgumentError } from "../answer/errors.js";

/** What a key may be, and how that is said. */
export interface KeyRule {
  readonly pattern: RegExp;
  /** Goes on from "must be". */
  readonly words: string;
}

/** How keys arrive that were copied, or read from a file or a secrets manager, and what to tell whoever passes them. */
const mishaps: readonly (readonly [RegExp, string])[] = [
  [/[\r\n\u0085\u2028\u2029]/, "it has a line break in it, as files and secrets managers often add: take that off"],
  [/\\[nr]$/, "it ends with a line break that somebody has escaped: take its two characters off"],
  [/^(["'`]).*\1$|^[“‘«„].*[”’»“]$/s, "it has quotes round it: take them off"],
  [/^\s|\s$/, "it begins or ends with a blank: take that off"],
  [/[\p{Cc}\p{Cf}]/u, "it has a character in it that cannot be seen: copy it anew from where it was made"],
];

/** The key itself, or an `InvalidArgumentError` that says what is wrong with it and never shows it. */
export function requireKey(name: string, value: unknown, { pattern, words }: KeyRule): string {
  const rule = `${name} must be ${words}`;
  if (typeof value !== "string" || value === "") throw new InvalidArgumentError(`${rule}.`);
  for (const [mishap, complaint] of mishaps)
    if (mishap.test(value)) throw new InvalidArgumentError(`${rule}: ${complaint}.`);
  if (!pattern.test(value)) throw new InvalidArgumentError(`${rule}.`);
  return value;
}
