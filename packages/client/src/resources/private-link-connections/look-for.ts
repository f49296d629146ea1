import {
  connectionStateMeaning,
  defaultPrivateLinkConnection,
  identifyingPrivateLinkConnectionFields as identifyingFields,
  type PrivateLinkConnection,
  type PrivateLinkConnectionRequest,
} from "@atlas-streams/types";
import { asText } from "../../answer/json.js";
import { spellingOf } from "./same-far-end.js";

/** What a project has of the kind that is asked for. */
export interface Found {
  /** The one that is asked for, pending or ready. */
  readonly same: PrivateLinkConnection | undefined;
  /** Pending or ready, and perhaps the one: the service does not show what would tell. */
  readonly possible: readonly PrivateLinkConnection[];
  /** The one that is asked for, but failed or being removed. */
  readonly inTheWay: readonly PrivateLinkConnection[];
  /** Failed or being removed, and perhaps the one. */
  readonly perhapsInTheWay: readonly PrivateLinkConnection[];
}

const meanings = new Map<string | undefined, string>(Object.entries(connectionStateMeaning));

/** What a connection's state means; one that nobody knows yet is none to give up in. */
export function meaningOf({ state }: PrivateLinkConnection): string {
  return meanings.get(state) ?? "pending";
}

/** Goes through a project's connections until the one that is asked for is found. */
export async function lookFor(
  body: PrivateLinkConnectionRequest,
  connections: AsyncIterable<PrivateLinkConnection>,
): Promise<Found> {
  const possible: PrivateLinkConnection[] = [];
  const inTheWay: PrivateLinkConnection[] = [];
  const perhapsInTheWay: PrivateLinkConnection[] = [];
  for await (const connection of connections) {
    const meaning = meaningOf(connection);
    const likeness = likenessOf(body, connection);
    if (likeness === "other" || meaning === "deleted") continue;
    const isUsable = meaning === "pending" || meaning === "ready";
    if (likeness === "same" && isUsable) return { same: connection, possible, inTheWay, perhapsInTheWay };
    if (likeness === "same") inTheWay.push(connection);
    else (isUsable ? possible : perhapsInTheWay).push(connection);
  }
  return { same: undefined, possible, inTheWay, perhapsInTheWay };
}

/** Whether a connection reaches what is asked for, as far as the service shows what tells connections of the kind apart. */
function likenessOf(
  body: PrivateLinkConnectionRequest,
  connection: PrivateLinkConnection,
): "same" | "perhaps the same" | "other" {
  const kind = kindOf(body);
  if (kindOf(connection) !== kind) return "other";
  const asked = body as { readonly [field: string]: unknown };
  const shown = connection as { readonly [field: string]: unknown };
  const telling = (identifyingFields[kind] ?? []).filter((field) => field in asked);
  const comparable = telling.filter((field) => field in shown);
  if (comparable.some((field) => spellingOf(kind, field, asked[field]) !== spellingOf(kind, field, shown[field])))
    return "other";
  return comparable.length > 0 && comparable.length === telling.length ? "same" : "perhaps the same";
}

/** Provider and vendor; the service takes them in any case, and fills in what is left out. */
function kindOf({
  provider,
  vendor = defaultPrivateLinkConnection.vendor,
}: {
  provider: unknown;
  vendor?: unknown;
}): string {
  return `${asText(provider)} ${asText(vendor)}`.toUpperCase();
}
