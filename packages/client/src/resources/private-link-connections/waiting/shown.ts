import { connectionStateMeaning, type PrivateLinkConnection } from "@atlas-streams/types";
import { redactJson } from "../../../answer/redact-json.js";
import { secretsKeptFor } from "../../../answer/secrets.js";
import type { Sight } from "./watch.js";

/** The connection as it may stand in an error: a success, too, may show what it was asked with. */
export function shownConnection(connection: PrivateLinkConnection, source: object): PrivateLinkConnection {
  return redactJson(connection, secretsKeptFor(source));
}

/** The state as it may be told: one that the description knows is no secret. */
export function shownState({
  connection,
  source,
}: Pick<Sight, "connection" | "source">): PrivateLinkConnection["state"] {
  const state = connection?.state;
  const isKnown = typeof state === "string" && Object.hasOwn(connectionStateMeaning, state);
  if (source === undefined || state === undefined || isKnown) return state;
  return redactJson(state, secretsKeptFor(source));
}
