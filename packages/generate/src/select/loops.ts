import type { Description, Schema } from "../description/description.js";
import { schemaName } from "../description/references.js";

type Schemas = Readonly<Record<string, Schema>>;

const kinds = ["oneOf", "anyOf", "allOf"] as const;

/**
 * Takes out what a schema is chosen or made of where that leads back to the schema itself with no property or item in
 * between: it adds no value, and no type can be made of it. Runs after `breakCircles`, which keeps more.
 */
export function cutLoops({ components }: Description): void {
  const schemas = components?.schemas ?? {};
  for (const [name, schema] of Object.entries(schemas)) cut(schema, name, schemas);
}

function cut(schema: Schema, home: string, schemas: Schemas): void {
  for (const kind of kinds) {
    const parts = schema[kind];
    if (!parts) continue;
    const left = parts.flatMap((part) => withoutLoop(part, kind, schemas, [home]));
    for (const part of left) if (part.$ref === undefined) cut(part, home, schemas);
    if (left.length > 0) schema[kind] = left;
    else delete schema[kind];
  }
}

/** The part as it is, or what is left of it: of a choice alone the branches that do not lead back. */
function withoutLoop(
  part: Schema,
  kind: (typeof kinds)[number],
  schemas: Schemas,
  passed: readonly [home: string, ...others: string[]],
): Schema[] {
  const name = schemaName(part);
  if (name === undefined || !leadsTo(passed[0], name, schemas)) return [part];
  const branches = schemas[name]?.[kind] ?? [];
  const isChoiceAlone =
    kind !== "allOf" && Object.keys(schemas[name] ?? {}).every((key) => key === kind || isWords(key));
  if (passed.includes(name) || !isChoiceAlone) return [];
  return branches.flatMap((branch) => withoutLoop(branch, kind, schemas, [...passed, name]));
}

function isWords(key: string): boolean {
  return key === "title" || key === "description";
}

function leadsTo(home: string, from: string, schemas: Schemas, passed = new Set<string>()): boolean {
  if (from === home) return true;
  if (passed.has(from)) return false;
  passed.add(from);
  return namesIn(schemas[from]).some((name) => leadsTo(home, name, schemas, passed));
}

/** The schemas that a schema is chosen or made of. */
function namesIn(schema: Schema | undefined): string[] {
  const own = schemaName(schema);
  const parts = kinds.flatMap((kind) => schema?.[kind] ?? []).flatMap(namesIn);
  return own === undefined ? parts : [own, ...parts];
}
