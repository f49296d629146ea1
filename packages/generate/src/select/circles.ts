import type { Description, Schema } from "../description/description.js";
import { schemaName } from "../description/references.js";
import { mapped } from "./reachable.js";

type Schemas = Record<string, Schema>;

/**
 * Breaks the circles in which a schema is a choice (`oneOf`, `anyOf`, or a discriminator alone) of schemas that are
 * each made of it (`allOf`): no type can be made of such a circle, and compilers take it for `any`. What the schema has
 * beside its choice becomes a schema of its own, which the others are then made of. Gives the names of these.
 */
export function breakCircles({ components }: Description): string[] {
  const schemas = components?.schemas ?? {};
  for (const [name, schema] of Object.entries(schemas)) nameChildren(name, schema, schemas);
  const bases = new Map<string, string>();
  for (const name of Object.keys(schemas)) inheritFromBase(name, schemas[name], schemas, bases);
  for (const [parent, base] of bases) {
    const schema = schemas[parent];
    if (schema) schemas[parent] = choiceOf(schema, base, schemas);
  }
  return Array.from(bases.values());
}

/**
 * Maps a discriminator that stands alone and maps nothing: it means whatever schemas are made of its own, each by its
 * name (OpenAPI 3.1, section 4.8.25.4).
 */
function nameChildren(parent: string, { oneOf, anyOf, discriminator }: Schema, schemas: Schemas): void {
  if (oneOf || anyOf || !discriminator || discriminator.mapping) return;
  const children = Object.keys(schemas).filter((name) => name !== parent && isMadeOf(name, parent, schemas));
  if (children.length === 0) return;
  discriminator.mapping = Object.fromEntries(children.map((name) => [name, `#/components/schemas/${name}`]));
}

/** Turns each `allOf` of a schema that leads to a choice of the schema itself to the base of that choice. */
function inheritFromBase(name: string, schema: Schema | undefined, schemas: Schemas, bases: Map<string, string>): void {
  for (const [index, part] of (schema?.allOf ?? []).entries()) {
    const parent = schemaName(part);
    const described = schemas[parent ?? ""];
    if (parent === undefined) inheritFromBase(name, part, schemas, bases);
    if (parent === undefined || !described || !isChosenFrom(name, parent, schemas)) continue;
    let base = bases.get(parent);
    if (base === undefined) {
      base = freeName(`${parent}Base`, schemas);
      bases.set(parent, base);
      const { oneOf, anyOf, discriminator, nullable, ...own } = described;
      schemas[base] = own;
    }
    schema?.allOf?.splice(index, 1, { $ref: `#/components/schemas/${base}` });
  }
}

/** Whether a schema is among the choices of another, at any depth. */
function isChosenFrom(name: string, from: string, schemas: Schemas, passed = new Set<string>()): boolean {
  if (passed.has(from)) return false;
  passed.add(from);
  return choicesIn(schemas[from]).some((choice) => choice === name || isChosenFrom(name, choice, schemas, passed));
}

function choicesIn(schema: Schema | undefined): string[] {
  return branchesOf(schema).flatMap((choice) => schemaName(choice) ?? choicesIn(choice));
}

/** What a schema is a choice of. With a discriminator alone it is one of those that the discriminator names. */
function branchesOf({ oneOf, anyOf, discriminator }: Schema = {}): Schema[] {
  if (oneOf || anyOf) return [...(oneOf ?? []), ...(anyOf ?? [])];
  return [...new Set(mapped(discriminator?.mapping ?? {}))].map(($ref) => ({ $ref }));
}

/** The schema as the choice alone, or, where some of its choices are not made of it, as the choice and its base. */
function choiceOf(schema: Schema, base: string, schemas: Schemas): Schema {
  const { title, description, nullable, oneOf, anyOf, discriminator } = schema;
  const choice: Schema = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(nullable !== undefined && { nullable }),
    ...(anyOf && { anyOf }),
    ...((oneOf || !anyOf) && { oneOf: oneOf ?? branchesOf(schema) }),
    ...(discriminator && { discriminator }),
  };
  const isWhole = choicesIn(schema).every((name) => isMadeOf(name, base, schemas));
  return isWhole ? choice : { ...choice, allOf: [{ $ref: `#/components/schemas/${base}` }] };
}

function isMadeOf(name: string, base: string, schemas: Schemas, passed: readonly string[] = []): boolean {
  if (name === base) return true;
  if (passed.includes(name)) return false;
  const parts = (schemas[name]?.allOf ?? []).flatMap((part) => schemaName(part) ?? []);
  return parts.some((part) => isMadeOf(part, base, schemas, [...passed, name]));
}

function freeName(wanted: string, schemas: Schemas): string {
  let name = wanted;
  for (let count = 2; schemas[name]; count++) name = `${wanted}${count}`;
  return name;
}
