import type { IHttpOperation } from "@stoplight/types";
import { examplesOf, operationOf } from "../operations.js";
import { kindOf, type RequestKind, requestKinds } from "../request-kinds.js";
import type { Fields } from "./connections.js";
import type { States } from "./scenario.js";

/** What the description says of connections: how they are asked for, and what the service makes of that. */
export interface ConnectionKinds {
  /** The states, by what they mean to somebody who waits. */
  readonly states: States;
  meaningOf(state: string | null): string | undefined;
  /** Connections as they are read. */
  readonly examples: readonly Fields[];
  /** Whether two requests mean the same far end. */
  isSame(one: Fields, other: Fields): boolean;
  /** What the service adds to a request by itself: some of it at once, some only when the connection is ready. */
  additions(id: string, request: Fields): { readonly atOnce: Fields; readonly whenReady: Fields };
  /** A connection as it is read: what tells the kinds apart in upper case, and the standard where it was left out. */
  asRead(fields: Fields): Fields;
}

export function connectionKinds(operations: readonly IHttpOperation[]): ConnectionKinds {
  const create = operationOf(operations, "createGroupStreamPrivateLinkConnection");
  const get = operationOf(operations, "getGroupStreamPrivateLinkConnection");
  const kinds = requestKinds(create);
  const made = examplesOf(create, (code) => code.startsWith("2"));
  const read = examplesOf(get, (code) => code.startsWith("2")) as ReadonlyMap<string, Fields>;

  const meanings = Object.entries(stateMeaning(get));
  const telling = new Set(kinds.flatMap(({ constants }) => Object.keys(constants)));
  const standard = Object.assign({}, ...kinds.map(({ defaults }) => defaults)) as Fields;

  return {
    states: new Map(
      meanings.map(([, meaning]) => [
        meaning,
        meanings.filter(([, other]) => other === meaning).map(([state]) => state),
      ]),
    ),
    meaningOf: (state) => meanings.find(([name]) => name === state)?.[1],
    examples: [...read.values()],
    isSame(one, other) {
      const kind = kindOf(one, kinds);
      if (kind !== kindOf(other, kinds)) return false;
      const names = kind?.schema["x-identified-by"] ?? Object.keys(one);
      // What one side does not have decides nothing.
      return names.every((name) => !(name in one && name in other) || plain(one[name]) === plain(other[name]));
    },
    additions(id, request) {
      const kind = kindOf(request, kinds);
      const [name, ready] =
        [...read].find(([name, example]) => made.has(`created-${name}`) && kind === kindOf(example, kinds)) ?? [];
      if (!kind || !ready) return { atOnce: {}, whenReady: {} };
      const example = renamed(ready, {
        [`${ready._id}`]: id,
        [`${ready.region}`]: regionOf(request) ?? `${ready.region}`,
      });
      const added = Object.entries(example).filter(([field]) => isAdded(field, kind) && !(field in request));
      const isEarly = ([field]: [string, unknown]) => field in (made.get(`created-${name}`) as Fields);
      return {
        atOnce: Object.fromEntries(added.filter(isEarly)),
        whenReady: Object.fromEntries(added.filter((entry) => !isEarly(entry))),
      };
    },
    asRead(fields) {
      const whole = { ...standard, ...fields };
      return {
        ...whole,
        ...Object.fromEntries(Array.from(telling, (name) => [name, String(whole[name]).toUpperCase()])),
      };
    },
  };
}

function stateMeaning(get: IHttpOperation): Readonly<Record<string, string>> {
  type Schema = {
    readonly properties?: { readonly state?: { readonly "x-state-meaning"?: Readonly<Record<string, string>> } };
  };
  const success = get.responses.find(({ code }) => code.startsWith("2"));
  const schema = success?.contents?.[0]?.schema as Schema | undefined;
  const meaning = schema?.properties?.state?.["x-state-meaning"];
  if (!meaning) throw new Error("the description does not say what the states of a connection mean");
  return meaning;
}

/** A value for comparing: the order in a list does not matter. */
function plain(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}

/** A field that the caller cannot send, or that the service finds by itself. */
function isAdded(field: string, { schema }: RequestKind): boolean {
  if (["_id", "state", "errorMessage", "links"].includes(field)) return false;
  return !(field in (schema.properties ?? {})) || (schema["x-assigned"]?.includes(field) ?? false);
}

/** The service reads the region of MSK from the ARN. */
function regionOf({ region, arn }: Fields): string | undefined {
  if (typeof region === "string") return region;
  return typeof arn === "string" ? arn.split(":")[3] : undefined;
}

function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  let text = JSON.stringify(fields);
  for (const [old, its] of Object.entries(names)) text = text.replaceAll(old, its);
  return JSON.parse(text) as Fields;
}
