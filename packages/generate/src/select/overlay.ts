import type { Description, Parameter, Schema } from "../description/description.js";
import { listOperations, nameOf, type Place, parametersOf } from "../description/operations.js";
import { type Find, isObject, resolver } from "../description/references.js";
import { UsageError } from "../usage-error.js";

type Facts = Readonly<Record<string, unknown>>;

/** What is known of an API beyond its description. */
export interface Overlay {
  /** By operation id: extensions such as `x-repeatable`, and by name what is known of `parameters`. */
  readonly operations?: Readonly<Record<string, Facts>>;
  /** By name: what is known of each parameter of that name, such as its `pattern`. */
  readonly parameters?: Readonly<Record<string, Facts>>;
  /** By name: what is laid over a schema, properties and all. */
  readonly schemas?: Readonly<Record<string, Facts>>;
}

const rooms = ["operations", "parameters", "schemas"];

/**
 * Lays facts over a description.
 *
 * @throws `UsageError` where they are about something that the description does not have
 */
export function lay(overlay: unknown, description: Description): void {
  const { operations = {}, parameters = {}, schemas = {} } = requireOverlay(overlay);
  const places = listOperations(description);
  const find = resolver(description);
  for (const [id, { parameters: own, ...facts }] of Object.entries(operations)) {
    const place = places.find((each) => nameOf(each) === id);
    if (!place) throw new UsageError(`the overlay speaks of the operation ${id}, which the description has not`);
    const repeatable = facts["x-repeatable"] ?? true;
    if (typeof repeatable !== "boolean") throw new UsageError(`the overlay's x-repeatable of ${id} is true or false`);
    merge(place.operation, facts, find);
    for (const [name, known] of entriesOf(own, `operations.${id}.parameters`))
      layParameter(name, known, [place], description);
  }
  for (const [name, known] of Object.entries(parameters)) layParameter(name, known, places, description);
  for (const [name, facts] of Object.entries(schemas)) {
    const schema = description.components?.schemas?.[name];
    if (!schema) throw new UsageError(`the overlay speaks of the schema ${name}, which the description has not`);
    requireProperties(name, schema, facts, find);
    merge(schema, facts, find);
  }
}

/** An operation gets a parameter of its own, since the one that it shares with others may mean another thing there. */
function layParameter(name: string, facts: Facts, places: readonly Place[], description: Description): void {
  const find = resolver(description);
  const having = places.flatMap((place) => {
    const parameter = parametersOf(place, find).find((each) => each.name === name);
    return parameter ? [{ place, parameter }] : [];
  });
  if (having.length === 0)
    throw new UsageError(
      `the overlay speaks of the parameter ${name}, which no operation of the description has there`,
    );
  for (const { place, parameter } of having) {
    const schema: Schema = { ...find<Schema>(parameter.schema ?? {}) };
    merge(schema, facts, find);
    const others = (place.operation.parameters ?? []).filter((each) => find<Parameter>(each) !== parameter);
    place.operation.parameters = [...others, { ...parameter, schema }];
  }
}

/** A property that the description has not is a slip of the pen, unless the overlay says what it is. */
function requireProperties(name: string, schema: Schema, facts: Facts, find: Find): void {
  for (const [property, known] of entriesOf(facts.properties, `schemas.${name}.properties`))
    if (!("type" in known) && !hasProperty(schema, property, find))
      throw new UsageError(`the overlay speaks of the property ${name}.${property}, which the description has not`);
}

function hasProperty(node: Schema, name: string, find: Find, passed: readonly Schema[] = []): boolean {
  const schema = find<Schema>(node);
  if (passed.includes(schema)) return false;
  const { properties = {}, allOf = [], oneOf = [], anyOf = [] } = schema;
  return (
    name in properties ||
    [...allOf, ...oneOf, ...anyOf].some((part) => hasProperty(part, name, find, [...passed, schema]))
  );
}

/**
 * Objects are merged, anything else replaces what was there; a list of open values replaces a closed one. What is only
 * referred to becomes a copy of its own, since others refer to it too.
 */
function merge(target: object, facts: Facts, find: Find): void {
  const fields = target as Record<string, unknown>;
  const open = facts["x-extensible-enum"];
  if (open !== undefined) {
    if (!Array.isArray(open)) throw new UsageError("the overlay's x-extensible-enum is a list of values");
    delete fields.enum;
  }
  for (const [key, value] of Object.entries(facts)) {
    const before = ownCopy(fields[key], find);
    if (!isObject(value) || !isObject(before) || Array.isArray(value)) fields[key] = value;
    else {
      merge(before, value, find);
      fields[key] = before;
    }
  }
}

function ownCopy(value: unknown, find: Find): unknown {
  return isObject(value) && "$ref" in value ? structuredClone(find(value)) : value;
}

/** @throws `UsageError` where something else stands in the place of facts by name */
function entriesOf(value: unknown, where: string): [string, Facts][] {
  if (value === undefined) return [];
  const entries = isObject(value) && !Array.isArray(value) ? Object.entries(value) : undefined;
  if (!entries) throw new UsageError(`the overlay says nothing that fits of ${where}`);
  return entries.map(([name, facts]) => {
    if (!isObject(facts) || Array.isArray(facts))
      throw new UsageError(`the overlay says nothing that fits of ${where}.${name}`);
    return [name, facts];
  });
}

function requireOverlay(value: unknown): Overlay {
  const unknown = isObject(value) ? Object.keys(value).find((key) => !rooms.includes(key)) : undefined;
  if (!isObject(value) || unknown !== undefined)
    throw new UsageError(`an overlay has ${rooms.join(", ")}, by name${unknown ? `, and no ${unknown}` : ""}`);
  return Object.fromEntries(rooms.map((room) => [room, Object.fromEntries(entriesOf(value[room], room))]));
}
