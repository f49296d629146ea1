import type { Description, Schema } from "../description/description.js";
import { schemaName } from "../description/references.js";
import { mapped } from "./reachable.js";

/**
 * Says in each branch of a choice what its discriminator says: that its property has the value of that branch. Without
 * it a value fits several branches, for a validator as for a mock that makes one up. What the branches are all made of
 * need then not list the values: who makes values up takes the first of the two lists.
 */
export function tagBranches({ components }: Description, bases: readonly string[]): void {
  const schemas = components?.schemas ?? {};
  const tags = new Set<string>();
  for (const { oneOf, anyOf, discriminator } of Object.values(schemas)) {
    if (!discriminator) continue;
    const { propertyName, mapping = {} } = discriminator;
    tags.add(propertyName);
    const targets = mapped(mapping);
    for (const branch of oneOf ?? anyOf ?? []) {
      const name = schemaName(branch);
      const described = name === undefined ? undefined : schemas[name];
      const values = Object.keys(mapping).filter((_, index) => targets[index] === branch.$ref);
      // A branch that is a choice itself is told apart by its own branches.
      if (described && values.length > 0 && !described.oneOf && !described.anyOf) tag(described, propertyName, values);
    }
  }
  for (const base of bases)
    for (const property of tags) {
      const listed = schemas[base]?.properties?.[property];
      if (listed && !listed.$ref) delete listed.enum;
    }
}

function tag(schema: Schema, property: string, values: string[]): void {
  const known = schema.properties?.[property];
  if (known?.const !== undefined || known?.enum?.length === 1) return;
  const own = schema.allOf && !known ? inline(schema.allOf) : schema;
  own.properties = { ...own.properties, [property]: { ...(known?.$ref ? {} : known), type: "string", enum: values } };
  own.required = [...new Set([...(own.required ?? []), property])];
}

/** The part of an `allOf` that says what is not said elsewhere. */
function inline(parts: Schema[]): Schema {
  const own: Schema = { type: "object" };
  parts.push(own);
  return own;
}
