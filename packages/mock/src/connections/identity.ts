import type { Connection, Fields } from "./connections.js";

/**
 * What tells a far end from others, as keys: two mean the same if one is found under a key that the other asks for. A
 * field that either side lacks decides nothing, so there is a key for every choice of fields that the other side may have.
 */
export interface Identity {
  readonly under: readonly string[];
  readonly asks: readonly string[];
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
