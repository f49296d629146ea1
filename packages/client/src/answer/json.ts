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
