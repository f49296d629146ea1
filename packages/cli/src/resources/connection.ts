import type { StreamConnection } from "@atlas-streams/client";
import {
  createGroupStreamConnection,
  type StreamConnectionRequest,
  updateGroupStreamConnection,
} from "@atlas-streams/types";
import { paintState } from "../drawing/state.js";
import { fieldsOf } from "./fields.js";
import type { NamedResource } from "./resource.js";
import { workspaceName } from "./workspace.js";

/** Which field names it depends on the type. */
function privateLinkOf({ networking, publicPrivateNetworking }: StreamConnection): string | undefined {
  return networking?.access?.connectionId ?? publicPrivateNetworking?.access?.connectionId;
}

export const connection: NamedResource<StreamConnection> = {
  command: "connection",
  aliases: ["connections"],
  noun: "stream connection",
  plural: "stream connections",
  place: "stream workspace",
  key: [
    workspaceName,
    {
      name: "connectionName",
      description: "the connection's name",
      pattern: updateGroupStreamConnection.pathParameters.connectionName,
    },
  ],
  nameOf: ({ name }) => name,
  stateOf: ({ state }) => state,
  get: ({ atlas, groupId }, [tenantName = "", connectionName = ""], options) =>
    atlas.streamConnections.get({ groupId, tenantName, connectionName }, options),
  list: ({ atlas, groupId }, [tenantName = ""], options) =>
    atlas.streamConnections.list({ groupId, tenantName }, options),
  delete: ({ atlas, groupId }, [tenantName = "", connectionName = ""], options) =>
    atlas.streamConnections.delete({ groupId, tenantName, connectionName }, options),
  waiting: {
    goals: ["done", "deleted"],
    until: async (...wanted) => (await import("../waiting/poll.js")).poll(connection, ...wanted),
    usual: () => undefined,
  },
  making: {
    operation: createGroupStreamConnection,
    schemaName: "StreamConnectionRequest",
    hasFlags: false,
    about: "One that goes through a Private Link names it; wait until that is DONE first.",
    send: ({ atlas, groupId }, [tenantName = ""], body, options) =>
      atlas.streamConnections.create({ groupId, tenantName, body: body as StreamConnectionRequest }, options),
  },
  changing: {
    operation: updateGroupStreamConnection,
    schemaName: "StreamConnectionRequest",
    hasFlags: false,
    isWhole: true,
    about: "The file has the whole connection, as for create.",
    send: ({ atlas, groupId }, [tenantName = "", connectionName = ""], body, options) =>
      atlas.streamConnections.update(
        { groupId, tenantName, connectionName, body: body as StreamConnectionRequest },
        options,
      ),
  },
  columns: (screen) => [
    { title: "NAME", value: ({ name }) => name, isWhole: true },
    { title: "TYPE", value: ({ type }) => type },
    { title: "STATE", value: ({ state }) => state, paint: (text, { state }) => paintState(screen, state, text) },
    { title: "PRIVATE LINK", value: privateLinkOf, isWhole: true },
  ],
  remark: () => undefined,
  draw: fieldsOf,
  filters: [
    { option: "type", description: "only those of this type, such as Kafka", value: ({ type }) => type },
    { option: "state", description: "only those in this state, such as READY", value: ({ state }) => state },
  ],
};
