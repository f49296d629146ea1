/** The text, or its beginning where it is longer than that. */
export function clip(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, Math.max(0, longest - 1))}…` : text;
}

/** Somebody's words with a full stop, where that was left out: more sentences follow. */
export function asSentence(words: string): string {
  return words.replace(/[^.!?]$/, "$&.");
}

/** Ends a line, moves a cursor, or turns the direction in which a terminal writes. */
const controls = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text on one line: what controls a terminal or ends a line is spelt out, so that nobody can forge a line of a log. */
export function onOneLine(text: string): string {
  return text.replace(controls, (character) => {
    const [, short] = /^"(\\[nrt])"$/.exec(JSON.stringify(character)) ?? [];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Of an id that was mistyped, or a value that was never one; of nothing that could be a key. */
const harmless = /^([\da-f]{1,25}|undefined|null|NaN|\[object Object\]|\{\w{1,30}\}|\.{1,2})$/i;

/** What an error says of a value that was refused. It may be a key that was pasted in the wrong place, so it is shown only where it cannot be one. */
export function describeValue(value: unknown): string {
  if (value == null || value === "") return "missing";
  if (typeof value !== "string") return `of type ${typeof value}`;
  return harmless.test(value)
    ? JSON.stringify(value)
    : `a text of ${value.length} characters (not shown: it may be a secret)`;
}

const aWord = /^([a-z]{0,40}|v\d)$/i;
const longestPath = 200;

/** What an error says of a path that was refused: its words and names. Where an id was due, a key may stand. */
export function describePath(path: string): string {
  const steps = clip(path, longestPath).split("/");
  return steps.map((step) => (aWord.test(step) || harmless.test(step) ? step : "…")).join("/");
}
