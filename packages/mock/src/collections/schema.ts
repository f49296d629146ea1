import type { IHttpOperation } from "@stoplight/types";

/** The fields of a resource, or of a request for one. */
export type Fields = Readonly<Record<string, unknown>>;

/** The part of a schema that matters here. */
export interface Schema {
  readonly type?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly pattern?: string;
  /** An extension of the description: see its README. */
  readonly "x-shown-as"?: readonly string[];
}

/** What an operation answers with where it succeeds. */
export function bodySchema(operation: IHttpOperation): Schema | undefined {
  const success = operation.responses.find(({ code }) => code.startsWith("2"));
  const schema = success?.contents?.[0]?.schema as Schema | undefined;
  return schema && flat(schema);
}

/** What an operation takes. */
export function requestSchema(operation: IHttpOperation): Schema | undefined {
  return operation.request?.body?.contents?.[0]?.schema as Schema | undefined;
}

/** A schema with all the properties that its parts have. */
function flat(schema: Schema): Schema {
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? [])].map(flat);
  if (parts.length === 0) return schema;
  const properties = Object.assign({}, ...parts.map((part) => part.properties), schema.properties);
  return { ...schema, properties };
}

/** A value without what is only ever written. */
export function withoutSecrets(value: unknown, schema: Schema | undefined): unknown {
  if (!isFields(value)) return value;
  const properties = schema && flat(schema).properties;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !properties?.[name]?.writeOnly)
      .map(([name, inner]) => [name, withoutSecrets(inner, properties?.[name])]),
  );
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
