import description from "@atlas-streams/spec/openapi.json" with { type: "json" };

/** The parts of the description that things of the API are made of. */
export const { components } = description;

/** A schema, as far as this command line reads schemas. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly default?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly writeOnly?: boolean;
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly oneOf?: readonly Schema[];
  readonly "x-extensible-enum"?: readonly string[];
  readonly "x-usual-minutes"?: readonly number[];
  readonly "x-identified-by"?: readonly string[];
}

/** The schema itself, wherever it stands. */
export function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : schemaOf(name);
}

export function schemaOf(name: string): Schema {
  const { [name]: schema } = components.schemas as unknown as { readonly [name: string]: Schema };
  if (!schema) throw new Error(`The description has no schema ${name}.`);
  return schema;
}
