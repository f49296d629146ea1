import { resolve, type Schema, schemaOf } from "../description.js";
import { UsageError } from "../usage-error.js";

/** A field, at any depth, that one word can say: what a flag is for. */
export interface Leaf {
  /** Its own name, without that of what it is in. */
  readonly name: string;
  readonly path: readonly string[];
  readonly isRequired: boolean;
  readonly kind: "text" | "texts" | "truth";
  readonly description: string;
  readonly choices: readonly string[];
}

/** The leaves of a schema, in its order. Lists of objects are for a file. */
export function leavesOf(schemaName: string): Leaf[] {
  return leavesIn(schemaOf(schemaName), [], true);
}

function leavesIn({ properties = {}, required = [] }: Schema, path: readonly string[], isRequired: boolean): Leaf[] {
  return Object.entries(properties).flatMap(([name, reference]): Leaf[] => {
    const schema = resolve(reference);
    const isNeeded = isRequired && required.includes(name);
    if (schema.properties) return leavesIn(schema, [...path, name], isNeeded);
    const kind = kindOf(schema);
    if (!kind) return [];
    const { "x-extensible-enum": choices = [] } = schema;
    const description = (reference.description ?? schema.description ?? "").trim().replaceAll("\n", " ");
    return [{ name, path: [...path, name], isRequired: isNeeded, kind, description, choices }];
  });
}

function kindOf({ type, items }: Schema): Leaf["kind"] | undefined {
  if (type === "string") return "text";
  if (type === "boolean") return "truth";
  return type === "array" && items && resolve(items).type === "string" ? "texts" : undefined;
}

/** A body with values in the places of its leaves; what was not said is not there. */
export function bodyFrom(leaves: readonly Leaf[], said: { readonly [name: string]: unknown }): object {
  const body: { [name: string]: unknown } = {};
  for (const { name, path } of leaves) {
    const { [name]: value } = said;
    if (value === "") throw new UsageError(`--${name} has to say something.`);
    if (value !== undefined) put(body, path, Array.isArray(value) ? withoutEmpty(value) : value);
  }
  return body;
}

/** An empty list is said by an empty word. */
export function withoutEmpty(words: readonly unknown[]): unknown[] {
  return words.filter((word) => word !== "");
}

function put(into: { [name: string]: unknown }, [name = "", ...others]: readonly string[], value: unknown): void {
  if (others.length === 0) {
    into[name] = value;
    return;
  }
  into[name] ??= {};
  put(into[name] as { [name: string]: unknown }, others, value);
}
