import type { Description, Response, Schema } from "../description/description.js";
import { isSuccess, listOperations } from "../description/operations.js";
import { type Find, isObject, resolver } from "../description/references.js";

/**
 * Opens the enumerations of answers: the service adds values without a new version, so an answer may hold one that is
 * not listed. What a request alone takes stays closed, and so does what tells the branches of a choice apart.
 */
export function openAnswers(description: Description): void {
  const find = resolver(description);
  const seen = new Set<Schema>();
  const kept = new Set<Schema>();
  const roots = listOperations(description).flatMap(({ operation }) =>
    Object.entries(operation.responses)
      .filter(([status]) => isSuccess(status))
      .flatMap(([, response]) => Object.values(find<Response>(response).content ?? {}))
      .flatMap(({ schema }) => schema ?? []),
  );
  for (const root of roots) visit(root, find, seen, (schema) => keepTags(schema, find, kept));
  for (const schema of seen) if (!kept.has(schema)) openValues(schema);
}

function visit(node: Schema, find: Find, seen: Set<Schema>, keep: (schema: Schema) => void): void {
  const schema = find<Schema>(node);
  if (!isObject(schema) || seen.has(schema)) return;
  seen.add(schema);
  keep(schema);
  for (const part of partsOf(schema)) visit(part, find, seen, keep);
}

/** The schemas right inside of a schema. */
export function partsOf(schema: Schema): Schema[] {
  const { properties = {}, patternProperties = {}, additionalProperties, items, allOf, oneOf, anyOf } = schema;
  const rest = typeof additionalProperties === "object" ? [additionalProperties] : [];
  const compound = [...(allOf ?? []), ...(oneOf ?? []), ...(anyOf ?? [])];
  const named = [...Object.values(properties), ...Object.values(patternProperties)];
  return [...named, ...rest, ...(items ? [items] : []), ...compound];
}

/** The property that a discriminator reads stays closed, in the schema and in each of its branches. */
function keepTags(
  schema: Schema,
  find: Find,
  kept: Set<Schema>,
  tag = schema.discriminator?.propertyName,
  passed: readonly Schema[] = [],
): void {
  if (tag === undefined || passed.includes(schema)) return;
  const property = schema.properties?.[tag];
  if (property) kept.add(find<Schema>(property));
  for (const part of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])])
    keepTags(find<Schema>(part), find, kept, tag, [...passed, schema]);
}

function openValues(schema: Schema): void {
  const { enum: values } = schema;
  // A single value is how a branch is told apart without a discriminator.
  if (!values || values.length < 2 || !values.every((value) => value === null || typeof value === "string")) return;
  if (values.includes(null)) schema.nullable = true;
  schema["x-extensible-enum"] ??= values.filter((value) => value !== null);
  delete schema.enum;
}
