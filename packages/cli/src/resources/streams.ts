import type { StreamConnection, StreamWorkspace } from "@atlas-streams/client";
import type { Screen } from "../terminal/terminal.js";
import { printable } from "../terminal/text.js";
import type { Resource } from "./resource.js";

const workspaceName = { name: "workspaceName", description: "the workspace's name" };

/** Field by field, for what nobody has drawn yet. */
async function fieldsOf(item: object, { screen }: { readonly screen: Screen }): Promise<string> {
  const fields = Object.entries(item).filter(([name]) => name !== "links");
  const width = Math.max(...fields.map(([name]) => name.length)) + 2;
  return fields.map(([name, value]) => `${screen.paint("bold", name.padEnd(width))}${printable(value)}\n`).join("");
}

export const workspace: Resource<StreamWorkspace> = {
  command: "workspace",
  aliases: ["workspaces"],
  noun: "stream workspace",
  plural: "stream workspaces",
  key: [workspaceName],
  get: (atlas, groupId, [tenantName = ""], options) => atlas.streamWorkspaces.get({ groupId, tenantName }, options),
  list: (atlas, groupId, _scope, options) => atlas.streamWorkspaces.list({ groupId }, options),
  delete: (atlas, groupId, [tenantName = ""], options) =>
    atlas.streamWorkspaces.delete({ groupId, tenantName }, options),
  columns: () => [
    { title: "NAME", value: ({ name }) => name, isWhole: true },
    { title: "PROVIDER", value: ({ dataProcessRegion }) => dataProcessRegion?.cloudProvider },
    { title: "REGION", value: ({ dataProcessRegion }) => dataProcessRegion?.region },
    { title: "TIER", value: ({ streamConfig }) => streamConfig?.tier },
    { title: "HOST", value: ({ hostnames }) => hostnames?.join(", "), dropOrder: 1 },
  ],
  remark: () => undefined,
  draw: fieldsOf,
  filters: [],
};

export const connection: Resource<StreamConnection> = {
  command: "connection",
  aliases: ["connections"],
  noun: "stream connection",
  plural: "stream connections",
  key: [workspaceName, { name: "connectionName", description: "the connection's name" }],
  get: (atlas, groupId, [tenantName = "", connectionName = ""], options) =>
    atlas.streamConnections.get({ groupId, tenantName, connectionName }, options),
  list: (atlas, groupId, [tenantName = ""], options) => atlas.streamConnections.list({ groupId, tenantName }, options),
  delete: (atlas, groupId, [tenantName = "", connectionName = ""], options) =>
    atlas.streamConnections.delete({ groupId, tenantName, connectionName }, options),
  columns: () => [
    { title: "NAME", value: ({ name }) => name, isWhole: true },
    { title: "TYPE", value: ({ type }) => type },
    { title: "STATE", value: ({ state }) => state },
    { title: "PRIVATE LINK", value: ({ networking }) => networking?.access?.connectionId, isWhole: true },
  ],
  remark: () => undefined,
  draw: fieldsOf,
  filters: [
    { option: "type", description: "only those of this type, such as Kafka", value: ({ type }) => type },
    { option: "state", description: "only those in this state, such as READY", value: ({ state }) => state },
  ],
};
