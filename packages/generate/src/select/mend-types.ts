import type { Description, Schema } from "../description/description.js";
import { type Find, isObject, resolver } from "../description/references.js";

/**
 * Takes a type away that contradicts what the schema is a choice of, such as `object` beside a `oneOf` of strings. No
 * value would fit both, so the choice is meant.
 */
export function mendTypes(description: Description): void {
  visit(description.components?.schemas ?? {}, resolver(description));
}

function visit(node: unknown, find: Find): void {
  if (!isObject(node)) return;
  if (isContradiction(node, find)) delete node.type;
  for (const inner of Object.values(node)) visit(inner, find);
}

function isContradiction(schema: Schema, find: Find): boolean {
  const { type, oneOf, anyOf } = schema;
  const branches = oneOf ?? anyOf;
  if (typeof type !== "string" || !Array.isArray(branches) || branches.length === 0) return false;
  return branches.every((branch) => {
    const { type: other } = find<Schema>(branch);
    return typeof other === "string" && other !== type && !(other === "integer" && type === "number");
  });
}
