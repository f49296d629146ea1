import type { Description, Parameter, Schema } from "../description/description.js";
import { listOperations, nameOf, type Place, parametersOf } from "../description/operations.js";
import { isObject, resolver } from "../description/references.js";
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
  for (const [id, { parameters: own, ...facts }] of Object.entries(operations)) {
    const place = places.find((each) => nameOf(each) === id);
    if (!place) throw new UsageError(`the overlay speaks of the operation ${id}, which the description has not`);
    merge(place.operation, facts);
    for (const [name, known] of entriesOf(own)) layParameter(name, known, [place], description);
  }
  for (const [name, known] of entriesOf(parameters)) layParameter(name, known, places, description);
  for (const [name, facts] of Object.entries(schemas)) {
    const schema = description.components?.schemas?.[name];
    if (!schema) throw new UsageError(`the overlay speaks of the schema ${name}, which the description has not`);
    merge(schema, facts);
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
    merge(schema, facts);
    const others = (place.operation.parameters ?? []).filter((each) => find<Parameter>(each) !== parameter);
    place.operation.parameters = [...others, { ...parameter, schema }];
  }
}

/** Objects are merged, anything else replaces what was there; a list of open values replaces a closed one. */
function merge(target: object, facts: Facts): void {
  const fields = target as Record<string, unknown>;
  if ("x-extensible-enum" in facts) delete fields.enum;
  for (const [key, value] of Object.entries(facts)) {
    const before = fields[key];
    if (isObject(value) && isObject(before) && !Array.isArray(value)) merge(before, value);
    else fields[key] = value;
  }
}

function entriesOf(value: unknown): [string, Facts][] {
  return isObject(value) ? (Object.entries(value) as [string, Facts][]) : [];
}

function requireOverlay(value: unknown): Overlay {
  const unknown = isObject(value) ? Object.keys(value).find((key) => !rooms.includes(key)) : undefined;
  if (!isObject(value) || unknown !== undefined)
    throw new UsageError(`an overlay has ${rooms.join(", ")}, by name${unknown ? `, and no ${unknown}` : ""}`);
  for (const room of rooms)
    for (const [name, facts] of entriesOf(value[room]))
      if (!isObject(facts)) throw new UsageError(`the overlay says nothing that fits of ${room}.${name}`);
  return value as Overlay;
}
