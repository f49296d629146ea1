/** A JSON Schema; its `description` completes the sentence "it must be …". */
export type Schema = Readonly<Record<string, unknown>>;

/** `Infinity` is a count and a time too: as many, and as long, as you like. */
export const count = { type: "number", minimum: 0, description: "a number from 0 on" };
export const ordinal = {
  type: "integer",
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "a whole number from 1 on",
};
export const text = { type: "string", description: "a text" };
export const flag = { type: "boolean", description: "true or false" };

export function object(what: string, properties: Schema, more: Schema = {}): Schema {
  return { type: "object", description: what, properties, additionalProperties: false, ...more };
}

export function list(what: string, items: Schema): Schema {
  return { type: "array", description: what, items };
}

/** One of the two, by the type that was given, so that the complaint is about the one that was meant. */
export function either(type: string, one: Schema, other: Schema): Schema {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: { type }, then: one, else: other };
}
