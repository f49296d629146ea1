import type { RequestKind } from "../request-kinds.js";
import type { Connection, Fields } from "./connections.js";

/**
 * What tells a far end from others, as keys: two mean the same if one is found under a key that the other asks for. A
 * field that either side lacks decides nothing, so there is a key for every choice of fields that the other side may have.
 */
export interface Identity {
  readonly under: readonly string[];
  readonly asks: readonly string[];
}

/** Without a word on what identifies a kind, only all of its fields do. */
export function identityOf(fields: Fields, kind: RequestKind | undefined, kinds: readonly RequestKind[]): Identity {
  const names = kind?.schema["x-identified-by"];
  const name = kind ? kinds.indexOf(kind) : "none";
  if (!names) {
    const key = `${name} ${keyOf(fields, Object.keys(fields).sort())}`;
    return { under: [key], asks: [key] };
  }
  const has = names.filter((each) => each in fields);
  const key = (had: readonly string[], common: readonly string[]) => `${name} ${had} ${keyOf(fields, common)}`;
  return {
    under: choices(has).map((common) => key(has, common)),
    asks: choices(names).map((had) =>
      key(
        had,
        had.filter((each) => has.includes(each)),
      ),
    ),
  };
}

/** The connections of a project, to be found by their far ends. */
export interface Twins {
  add(connection: Connection): void;
  /** One that is there and has the same far end. */
  find(fields: Fields): Connection | undefined;
}

export function createTwins(identity: (fields: Fields) => Identity): Twins {
  const byKey = new Map<string, Set<Connection>>();
  return {
    add(connection) {
      for (const key of identity(connection.fields).under) {
        const known = byKey.get(key) ?? new Set();
        byKey.set(key, known.add(connection));
      }
    },
    find(fields) {
      for (const key of identity(fields).asks) {
        for (const connection of byKey.get(key) ?? []) {
          if (connection.progress.current().state !== null) return connection;
          if (connection.progress.rest().length === 1) byKey.get(key)?.delete(connection);
        }
      }
      return undefined;
    },
  };
}

/** All lists that leave some of the names out, none of them too. */
function choices(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((lists, name) => lists.concat(lists.map((list) => [...list, name])), [[]]);
}

/** Values as text: the order in a list does not matter. */
function keyOf(fields: Fields, names: readonly string[]): string {
  const values = names.map((name) => {
    const value = fields[name];
    return [name, Array.isArray(value) ? [...value].sort() : value];
  });
  return JSON.stringify(values);
}
