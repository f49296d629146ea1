import type { AtlasClient, CallOptions, PrivateLinkConnectionRequest } from "@atlas-streams/client";
import type { Case } from "./description.js";

/** What the description's own examples give for a call: every parameter and body that any operation takes. */
type Arguments = Parameters<AtlasClient["privateLinkConnections"]["update"]>[0] &
  Parameters<AtlasClient["streams"]["getAccountDetails"]>[0];
type Method = (atlas: AtlasClient, parameters: Arguments, options: CallOptions) => Promise<unknown>;

/** The resource method of each operation that has one. */
const methods: { readonly [operationId: string]: Method } = {
  getGroupStreamPrivateLinkConnection: (atlas, parameters, options) =>
    atlas.privateLinkConnections.get(parameters, options),
  listGroupStreamPrivateLinkConnections: (atlas, parameters, options) =>
    atlas.privateLinkConnections.listPage(parameters, options),
  createGroupStreamPrivateLinkConnection: (atlas, { groupId, body }, options) =>
    atlas.privateLinkConnections.create({ groupId, body: body as PrivateLinkConnectionRequest }, options),
  updateGroupStreamPrivateLinkConnection: (atlas, parameters, options) =>
    atlas.privateLinkConnections.update(parameters, options),
  deleteGroupStreamPrivateLinkConnection: (atlas, parameters, options) =>
    atlas.privateLinkConnections.delete(parameters, options),
  getGroupStreamAccountDetails: (atlas, parameters, options) => atlas.streams.getAccountDetails(parameters, options),
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
  return method(atlas, { ...each.parameters.path, ...each.parameters.query, body: each.body } as Arguments, {
    headers,
  });
}
