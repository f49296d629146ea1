/** A value as it stands in code. */
export function literal(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner)}`)
    .join(", ")} }`;
}

/** The narrowest type of a value. */
export function typeOf(value: unknown): string {
  if (value instanceof RegExp) return "RegExp";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `readonly [${value.map(typeOf).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `readonly ${JSON.stringify(key)}: ${typeOf(inner)}`)
    .join("; ")} }`;
}
