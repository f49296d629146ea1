import { isRecord } from "./json.js";
import { mark, redactor } from "./redact.js";
import type { Secret } from "./secrets.js";
import { clip } from "./text.js";

/** How much of a value is shown at most. The longest that an honest service says is far from each of them. */
const mostCharacters = 50_000;
const mostValues = 2000;
const longestText = 4000;
const deepest = 20;

/** A copy of a JSON value that can be shown: without the secrets in its names, texts and numbers, and bounded. */
export function redactJson<Value>(value: Value, secrets: readonly Secret[]): Value {
  const redact = redactor(secrets);
  const sent = secrets.flatMap((secret) => (typeof secret === "string" ? [] : [secret.value])).filter(isRecord);
  let charactersLeft = mostCharacters;
  let valuesLeft = mostValues;

  /** What is looked at counts, and not what is left of it: else a server could have us read its whole answer for secrets. */
  function copyText(text: string): string {
    const longest = Math.min(longestText, charactersLeft);
    charactersLeft -= Math.min(text.length, longest);
    return clip(longest === 0 ? text : redact(text.slice(0, longest + longestText)), longest);
  }

  function copy(each: unknown, depth: number): unknown {
    if (typeof each === "string") return copyText(each);
    if (typeof each === "number") return redact(`${each}`) === `${each}` ? each : mark;
    if (typeof each !== "object" || each === null) return each;
    if (depth === 0) return "…";
    if (Array.isArray(each)) return within(each).map((item) => copy(item, depth - 1));
    if (sent.some((body) => repeats(each, body))) return mark;
    // Not by assignment: a name may be __proto__.
    return Object.fromEntries(
      within(Object.entries(each)).map(([name, item]) => [copyText(name), copy(item, depth - 1)]),
    );
  }

  function within<Item>(items: readonly Item[]): readonly Item[] {
    const shown = items.slice(0, Math.max(0, valuesLeft));
    valuesLeft -= shown.length;
    return shown;
  }

  return copy(value, deepest) as Value;
}

/** Whether a value of an answer says all that the body of the request said. */
function repeats(value: unknown, body: unknown): boolean {
  if (typeof body !== "object" || body === null) return value === body;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(body).every(
    ([name, each]) => Object.hasOwn(value, name) && repeats((value as Record<string, unknown>)[name], each),
  );
}
