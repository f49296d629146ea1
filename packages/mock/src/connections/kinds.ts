import type { IHttpOperation } from "@stoplight/types";
import { examplesOf, operationOf } from "../operations.js";
import { kindOf, type RequestKind, requestKinds } from "../request-kinds.js";
import type { Fields } from "./connections.js";
import { identityOf } from "./far-end.js";
import type { Identity } from "./identity.js";
import { likeTheModel } from "./like-the-model.js";
import type { States } from "./scenario.js";

/** What the description says of connections: how they are asked for, and what the service makes of that. */
export interface ConnectionKinds {
  /** The states, by what they mean to somebody who waits. */
  readonly states: States;
  meaningOf(state: string | null): string | undefined;
  /** Connections as they are read. */
  readonly examples: readonly Fields[];
  /** What tells the far end of a connection, or of a request for one, from others. */
  identity(fields: Fields): Identity;
  /** Whether a connection of this kind has such a field because somebody sends it, or at all. */
  takes(fields: Fields, name: string): "from the caller" | "from the service" | false;
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
  const models = [...read].flatMap(([name, ready]) => {
    const created = made.get(`created-${name}`) as Fields | undefined;
    return created ? [{ kind: kindOf(ready, kinds), ready, created }] : [];
  });

  return {
    states: new Map(
      meanings.map(([, meaning]) => [
        meaning,
        meanings.filter(([, other]) => other === meaning).map(([state]) => state),
      ]),
    ),
    meaningOf: (state) => meanings.find(([name]) => name === state)?.[1],
    examples: [...read.values()],
    identity: (fields) => identityOf(fields, kindOf(fields, kinds), kinds),
    takes(fields, name) {
      const { properties = {}, "x-assigned": assigned = [] } = kindOf(fields, kinds)?.schema ?? {};
      if (name in properties) return "from the caller";
      return assigned.includes(name) && "from the service";
    },
    additions(id, request) {
      const kind = kindOf(request, kinds);
      const model = models.find((each) => each.kind === kind);
      if (!kind || !model) return { atOnce: {}, whenReady: {} };
      const added = Object.entries(likeTheModel(model.ready, id, request)).filter(
        ([field]) => isAdded(field, kind) && !(field in request),
      );
      const isEarly = ([field]: [string, unknown]) => field in model.created;
      return {
        atOnce: Object.fromEntries(added.filter(isEarly)),
        whenReady: Object.fromEntries(added.filter((entry) => !isEarly(entry))),
      };
    },
    asRead(fields) {
      const whole: Fields = { ...kindOf(fields, kinds)?.defaults, ...fields };
      const told = Array.from(telling).filter((name) => name in whole);
      return { ...whole, ...Object.fromEntries(told.map((name) => [name, String(whole[name]).toUpperCase()])) };
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

/** A field that the caller cannot send, or that the service finds by itself. */
function isAdded(field: string, { schema }: RequestKind): boolean {
  if (["_id", "state", "errorMessage", "links"].includes(field)) return false;
  return !(field in (schema.properties ?? {})) || (schema["x-assigned"]?.includes(field) ?? false);
}
