import type { PrivateLinkConnection, PrivateLinkConnectionUpdate, WaitProgress } from "@atlas-streams/client";
import { updateGroupStreamPrivateLinkConnection } from "@atlas-streams/types";
import { paintState } from "../drawing/state.js";
import { usualTime } from "../waiting/usual-time.js";
import type { Resource } from "./resource.js";

/** What a connection leads to, in the provider's own terms: whichever of the fields there is. */
export function targetOf(connection: PrivateLinkConnection): string | undefined {
  const { arn, serviceEndpointId, azureResourceIds, gcpServiceAttachmentUris } = connection;
  const several = azureResourceIds ?? gcpServiceAttachmentUris;
  const more = several && several.length > 1 ? ` +${several.length - 1}` : "";
  return arn ?? serviceEndpointId ?? (several?.[0] && several[0] + more);
}

export const privateLink: Resource<PrivateLinkConnection> = {
  command: "private-link",
  aliases: ["privateLink", "privateLinks", "private-links"],
  noun: "Private Link connection",
  plural: "Private Link connections",
  place: "project",
  key: [
    {
      name: "connectionId",
      description: "the connection's _id, 24 hexadecimal digits",
      pattern: updateGroupStreamPrivateLinkConnection.pathParameters.connectionId,
    },
  ],
  nameOf: ({ _id }) => _id,
  stateOf: ({ state }) => state,
  get: ({ atlas, groupId }, [connectionId = ""], options) =>
    atlas.privateLinkConnections.get({ groupId, connectionId }, options),
  list: ({ atlas, groupId }, _scope, options) => atlas.privateLinkConnections.list({ groupId }, options),
  delete: ({ atlas, groupId }, [connectionId = ""], options) =>
    atlas.privateLinkConnections.delete({ groupId, connectionId }, options),
  waiting: {
    goals: ["done", "deleted"],
    async until(goal, { atlas, groupId }, [connectionId = ""], { onLook, ...how }) {
      const parameters = { groupId, connectionId };
      const options = {
        ...how,
        onProgress: ({ connection, ...look }: WaitProgress) => onLook({ ...look, item: connection }),
      };
      if (goal === "done") return atlas.privateLinkConnections.waitUntilDone(parameters, options);
      await atlas.privateLinkConnections.waitUntilDeleted(parameters, options);
      return undefined;
    },
    usual: usualTime,
  },
  changing: {
    operation: updateGroupStreamPrivateLinkConnection,
    schemaName: "PrivateLinkConnectionUpdate",
    hasFlags: true,
    isWhole: false,
    about: "The service allows it where none is set, or while the connection is IDLE; it has no other update.",
    send: ({ atlas, groupId }, [connectionId = ""], body, options) =>
      atlas.privateLinkConnections.update(
        { groupId, connectionId, body: body as PrivateLinkConnectionUpdate },
        options,
      ),
  },
  columns: (screen) => [
    { title: "ID", value: ({ _id }) => _id, isWhole: true },
    {
      title: "STATE",
      value: ({ state }) => state,
      paint: (text, { state }) => paintState(screen, state, text),
      isWhole: true,
    },
    { title: "PROVIDER", value: ({ provider }) => provider, dropOrder: 4 },
    { title: "VENDOR", value: ({ vendor }) => vendor, dropOrder: 1 },
    { title: "REGION", value: ({ region }) => region, dropOrder: 5 },
    { title: "TARGET", value: targetOf, dropOrder: 3 },
    { title: "DOMAIN", value: ({ dnsDomain }) => dnsDomain, dropOrder: 6 },
  ],
  remark: ({ _id, errorMessage }) => errorMessage && `${_id} failed: ${errorMessage}`,
  draw: async (connection, place) => (await import("../drawing/connection.js")).drawConnection(connection, place),
  filters: [
    { option: "state", description: "only those in this state, such as FAILED", value: ({ state }) => state },
    { option: "vendor", description: "only those of this vendor, such as MSK", value: ({ vendor }) => vendor },
    { option: "provider", description: "only those at this provider, such as AWS", value: ({ provider }) => provider },
  ],
};
