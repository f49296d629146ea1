import type { AtlasClient, CallOptions } from "@atlas-streams/client";
import type { Case } from "./description.js";

type Ids = { readonly groupId: string; readonly connectionId: string };
type Method = (atlas: AtlasClient, ids: Ids, options: CallOptions, each: Case) => Promise<unknown>;

/** The resource method of each operation that has one. */
const methods: { readonly [operationId: string]: Method } = {
  getGroupStreamPrivateLinkConnection: (atlas, ids, options) => atlas.privateLinkConnections.get(ids, options),
};

export function hasMethod({ operationId }: Case): boolean {
  return operationId in methods;
}

export function callMethod(
  atlas: AtlasClient,
  each: Case,
  headers: NonNullable<CallOptions["headers"]>,
): Promise<unknown> {
  const method = methods[each.operationId];
  if (!method) throw new Error(`${each.operationId} has no method`);
  return method(atlas, each.parameters.path as Ids, { headers }, each);
}
