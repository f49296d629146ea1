/** Something that the description does not know yet. */
export interface News {
  readonly path: string;
  readonly what: string;
}

/** The part of a schema that matters here. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  /** Extensions of the description: see its README. */
  readonly "x-extensible-enum"?: readonly string[];
  readonly "x-state-meaning"?: Readonly<Record<string, string>>;
}

/**
 * Fields, and values of open sets, that the description does not list. The service answers a create in the spelling that
 * was sent: a listed value in capitals or small letters of the caller's own is no news.
 */
export function newsIn(value: unknown, described: unknown, path: string, sent?: unknown): News[] {
  const schema = (described ?? {}) as Schema;
  const meanings = schema["x-state-meaning"];
  const known = schema["x-extensible-enum"] ?? (meanings && Object.keys(meanings));
  if (known && typeof value === "string" && !known.includes(value) && !(value === sent && isSpelling(value, known)))
    return [{ path, what: `is ${JSON.stringify(value)}, which is not listed` }];
  if (Array.isArray(value)) return value.flatMap((item) => newsIn(item, schema.items, `${path}[]`));
  const properties = propertiesOf(schema);
  if (typeof value !== "object" || value === null || Object.keys(properties).length === 0) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const property = properties[name];
    return property
      ? newsIn(
          inner,
          property,
          `${path}.${name}`,
          (sent as Readonly<Record<string, unknown>> | null | undefined)?.[name],
        )
      : [{ path: `${path}.${name}`, what: "is a field that is not described" }];
  });
}

function isSpelling(value: string, known: readonly string[]): boolean {
  return known.some((one) => one.toUpperCase() === value.toUpperCase());
}

function propertiesOf({ properties = {}, oneOf = [] }: Schema): Readonly<Record<string, Schema>> {
  return Object.assign({}, ...oneOf.map(propertiesOf), properties);
}
