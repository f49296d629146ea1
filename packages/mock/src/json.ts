/** The service writes the keys of its bodies in alphabetical order. */
export function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

/** Indented as the one answer on record that is: with a space before the colon too. */
export function indented(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^( *"(?:[^"\\]|\\.)*"):/gm, "$1 :");
}
