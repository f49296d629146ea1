/** A JSON object: not null, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value where it is a JSON object, else an empty one. */
export function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** The value where it is a string, else undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The number that it is or says, else NaN. What a server puts in the place of one may throw where it is made into one. */
export function asNumber(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}

/** The value as JSON; undefined where it is nested too deep to be written, though it could be read. */
export function writeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** The parsed text, or undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller judges: undefined is no JSON value
  }
}

/** A property of whatever it is; undefined where it has none, or reading it throws. */
export function property(value: unknown, name: string | symbol): unknown {
  try {
    return (value as { readonly [name: string | symbol]: unknown } | undefined)?.[name];
  } catch {
    return undefined; // a getter of somebody else's
  }
}
