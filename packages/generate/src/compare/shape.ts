import type { Schema } from "../description/description.js";
import { type Find, schemaName } from "../description/references.js";
import { mapped } from "../select/reachable.js";
import { intersect, type Range, rangesOf } from "./ranges.js";

/** What a schema allows, said in one way: a choice of shapes, none of which has a choice or a reference left. */
export interface Shape {
  /** The JSON type; undefined where anything goes. */
  readonly type: string | undefined;
  /** The schema that it comes from, where that has a name. */
  readonly name: string | undefined;
  /** What tells it from the other shapes of its choice. */
  readonly tag: Tag | undefined;
  /** The only values, where they are closed. */
  readonly values: readonly unknown[] | undefined;
  /** The known values, where there may be others. */
  readonly open: readonly string[] | undefined;
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: ReadonlySet<string>;
  /** What properties may be whose names match a pattern. */
  readonly byPattern: ReadonlyMap<string, Schema>;
  /** What properties beside these may be; `true` for anything, `false` for none. */
  readonly additional: boolean | Schema;
  readonly items: Schema | undefined;
  readonly ranges: Readonly<Record<string, Range>>;
  readonly patterns: readonly string[];
  readonly format: string | undefined;
  readonly isUnique: boolean;
  readonly multipleOf: number | undefined;
  readonly not: Schema | undefined;
}

/** How a discriminator tells one shape from others. */
export interface Tag {
  readonly property: string;
  /** How it is spelt; a schema that the mapping leaves out is told by its name. */
  readonly values: readonly string[];
  readonly isMapped: boolean;
}

const anything: Shape = {
  type: undefined,
  name: undefined,
  tag: undefined,
  values: undefined,
  open: undefined,
  properties: new Map(),
  byPattern: new Map(),
  required: new Set(),
  additional: true,
  items: undefined,
  ranges: {},
  patterns: [],
  format: undefined,
  isUnique: false,
  multipleOf: undefined,
  not: undefined,
};

/** Makes what gives the shapes of a description's schemas. */
export function shaper(find: Find): (schema: Schema) => readonly Shape[] {
  const known = new WeakMap<Schema, readonly Shape[]>();

  function shapesOf(node: Schema, passed: readonly Schema[] = []): readonly Shape[] {
    const schema = find<Schema>(asObject(node));
    const before = known.get(schema);
    const shapes = before ?? expand(schema, passed);
    if (passed.length === 0) known.set(schema, shapes);
    const name = schemaName(node);
    const named = name === undefined ? shapes : shapes.map((shape) => ({ ...shape, name: shape.name ?? name }));
    return node.$ref === undefined ? named : besideReference(node, named);
  }

  /** What stands beside a reference holds as well (JSON Schema 2020-12, section 8.2.3.1). */
  function besideReference({ $ref, ...beside }: Schema, shapes: readonly Shape[]): readonly Shape[] {
    const isPlain = Object.keys(beside).every((key) => isWording.test(key));
    return isPlain ? shapes : expand({ ...beside, allOf: [...(beside.allOf ?? []), { $ref: $ref ?? "" }] }, []);
  }

  function expand(schema: Schema, passed: readonly Schema[]): readonly Shape[] {
    if (passed.includes(schema)) return [anything];
    const inside = [...passed, schema];
    let shapes: readonly Shape[] = ownShapes(schema);
    for (const part of schema.allOf ?? []) shapes = both(shapes, shapesOf(part, inside));
    for (const branches of [schema.oneOf, schema.anyOf]) {
      if (!branches || branches.length === 0) continue;
      const chosen = branches.flatMap((branch) =>
        shapesOf(branch, inside).map((shape) => tagged(shape, branch, schema)),
      );
      shapes = both(shapes, joined(chosen));
    }
    const isNullable = schema.nullable === true && !shapes.some(isNull);
    return isNullable ? [...shapes, { ...anything, type: "null" }] : shapes;
  }

  return (schema) => shapesOf(schema);
}

/** A schema may be `true` for anything and `false` for nothing (JSON Schema 2020-12, section 4.3.2). */
export function asObject(schema: Schema | boolean): Schema {
  return typeof schema === "object" ? schema : schema ? {} : { not: {} };
}

const isWording = /^(title|description|summary|examples?|externalDocs|default|deprecated|readOnly|writeOnly|\$ref)$/;

export function isNull({ type }: Shape): boolean {
  return type === "null";
}

/** Words that the branches of a choice list are one list, whichever branch has which; it is open where one of them is. */
function joined(shapes: readonly Shape[]): readonly Shape[] {
  const [first, ...others] = shapes.filter(isWord);
  if (!first || others.length === 0) return shapes;
  const words = [first, ...others];
  const all = [...new Set(words.flatMap(({ values = [], open = [] }) => [...values, ...open]))];
  const isOpen = words.some(({ values }) => values === undefined);
  const list = isOpen ? { values: undefined, open: all.map(String) } : { values: all, open: undefined };
  return [...shapes.filter((shape) => !isWord(shape)), { ...first, name: undefined, ...list }];
}

function isWord({ type, tag, values, open, patterns, ranges, format }: Shape): boolean {
  const isFree = Object.values(ranges).every(({ least, greatest }) => least === undefined && greatest === undefined);
  const isPlain = isFree && patterns.length === 0 && format === undefined;
  return type === "string" && tag === undefined && (values ?? open) !== undefined && isPlain;
}

function tagged(shape: Shape, branch: Schema, { discriminator }: Schema): Shape {
  if (!discriminator || isNull(shape)) return shape;
  const { propertyName: property, mapping = {} } = discriminator;
  const values = Object.keys(mapping).filter((_, index) => mapped(mapping)[index] === branch.$ref);
  const isMapped = values.length > 0;
  const name = schemaName(branch);
  if (!isMapped && name === undefined) return shape;
  return { ...shape, tag: { property, values: isMapped ? values : [name ?? ""], isMapped } };
}

/** What the schema says beside what it is made or chosen of: a shape for each type. */
function ownShapes(schema: Schema): Shape[] {
  const listed = schema.const === undefined ? schema.enum : [schema.const];
  const open = openValues(schema);
  const shape: Shape = {
    ...anything,
    values: open ? undefined : listed?.filter((value) => value !== null),
    open,
    properties: new Map(Object.entries(schema.properties ?? {})),
    byPattern: new Map(Object.entries(schema.patternProperties ?? {})),
    required: new Set(schema.required),
    additional: schema.additionalProperties ?? schema.unevaluatedProperties ?? true,
    items: schema.items,
    ranges: rangesOf(schema),
    patterns: schema.pattern === undefined ? [] : [schema.pattern],
    format: schema.format,
    isUnique: schema.uniqueItems === true,
    multipleOf: schema.multipleOf,
    not: schema.not,
  };
  return typesOf(schema, listed).map((type) => (type === "null" ? { ...anything, type } : { ...shape, type }));
}

/** The values that the description knows; a list of what states mean is one too. */
function openValues(schema: Schema): string[] | undefined {
  const { "x-extensible-enum": listed, "x-state-meaning": meaning } = schema;
  if (Array.isArray(listed)) return listed.map(String);
  return meaning && typeof meaning === "object" ? Object.keys(meaning) : undefined;
}

function typesOf(schema: Schema, listed: readonly unknown[] | undefined): (string | undefined)[] {
  const { type, properties, patternProperties, required, additionalProperties, items, pattern } = schema;
  if (Array.isArray(type)) return type.filter((one) => one !== "null" || !listed || listed.includes(null));
  if (type) return listed?.includes(null) && type !== "null" ? [type, "null"] : [type];
  if (listed) return [...new Set(listed.map(typeOfValue))];
  if (properties || patternProperties || required || additionalProperties !== undefined) return ["object"];
  if (items) return ["array"];
  return pattern === undefined && !openValues(schema) ? [undefined] : ["string"];
}

function typeOfValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** The shapes of what has to be in both; what contradicts itself is none. Where all does, the choice is meant. */
function both(some: readonly Shape[], others: readonly Shape[]): readonly Shape[] {
  const combined = some.flatMap((one) => others.flatMap((other) => merge(one, other) ?? []));
  return combined.length > 0 ? combined : others;
}

function merge(one: Shape, other: Shape): Shape | undefined {
  const type = commonType(one.type, other.type);
  if (type === "none") return undefined;
  return {
    type,
    name: other.name ?? one.name,
    tag: other.tag ?? one.tag,
    values:
      one.values && other.values
        ? one.values.filter((value) => other.values?.includes(value))
        : (other.values ?? one.values),
    open: other.open ?? one.open,
    properties: mergeNamed(one.properties, other.properties),
    byPattern: mergeNamed(one.byPattern, other.byPattern),
    required: new Set([...one.required, ...other.required]),
    additional: bothOthers(one.additional, other.additional),
    items: other.items ?? one.items,
    ranges: intersect(one.ranges, other.ranges),
    patterns: [...new Set([...one.patterns, ...other.patterns])],
    format: other.format ?? one.format,
    isUnique: one.isUnique || other.isUnique,
    multipleOf: other.multipleOf ?? one.multipleOf,
    not: other.not ?? one.not,
  };
}

function bothOthers(one: boolean | Schema, other: boolean | Schema): boolean | Schema {
  if (one === true || other === false) return other;
  return other === true || one === false ? one : { allOf: [one, other] };
}

function mergeNamed(some: ReadonlyMap<string, Schema>, others: ReadonlyMap<string, Schema>): Map<string, Schema> {
  const merged = new Map(some);
  for (const [name, schema] of others) {
    const before = merged.get(name);
    merged.set(name, before === undefined || isSame(before, schema) ? schema : { allOf: [before, schema] });
  }
  return merged;
}

function commonType(one: string | undefined, other: string | undefined): string | undefined {
  if (one === other || other === undefined) return one;
  if (one === undefined) return other;
  const isNumber = [one, other].every((type) => type === "integer" || type === "number");
  return isNumber ? "integer" : "none";
}

function isSame(one: Schema, other: Schema): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
