import type { Description, Schema } from "../description/description.js";
import { type Find, resolver } from "../description/references.js";

/**
 * Writes out each schema that is made of plain objects as one object. Types are made of the parts, for their names; a
 * mock that makes a value up takes the parts one by one, and the value then fits none.
 */
export function flattenObjects(description: Description): void {
  const find = resolver(description);
  const schemas = description.components?.schemas ?? {};
  for (const [name, schema] of Object.entries(schemas)) schemas[name] = flat(schema, find) ?? schema;
  for (const schema of Object.values(schemas)) leaveToBranches(schema, find);
}

/** A choice says nothing for itself where each of its branches says it. */
function leaveToBranches(schema: Schema, find: Find): void {
  const { properties, required = [], oneOf = [] } = schema;
  const branches = oneOf.map((branch) => find<Schema>(branch));
  if (!properties || branches.length === 0) return;
  const isSaid = branches.every((branch) => {
    const names = Object.keys(branch.properties ?? {});
    return (
      Object.keys(properties).every((name) => names.includes(name)) &&
      required.every((name) => branch.required?.includes(name))
    );
  });
  if (!isSaid) return;
  delete schema.properties;
  delete schema.required;
}

function flat(schema: Schema, find: Find, passed: readonly Schema[] = []): Schema | undefined {
  const { allOf, ...own } = schema;
  if (own.oneOf || own.anyOf || passed.includes(schema)) return undefined;
  if (!allOf) return own.type === "object" || own.properties ? own : undefined;
  const parts = [...allOf.map((part) => flat(find<Schema>(part), find, [...passed, schema])), own];
  if (!parts.every((part) => part !== undefined)) return undefined;
  const properties = Object.assign({}, ...parts.map((part) => part.properties));
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
  return { ...Object.assign({}, ...parts), type: "object", properties, ...(required.length > 0 && { required }) };
}
