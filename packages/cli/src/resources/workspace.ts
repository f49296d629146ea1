import type { StreamWorkspace } from "@atlas-streams/client";
import {
  createGroupStreamWorkspace,
  type StreamWorkspaceRequest,
  type StreamWorkspaceUpdate,
  updateGroupStreamWorkspace,
} from "@atlas-streams/types";
import { fieldsOf } from "./fields.js";
import type { KeyWord, NamedResource } from "./resource.js";

export const workspaceName: KeyWord = {
  name: "workspaceName",
  description: "the workspace's name",
  pattern: updateGroupStreamWorkspace.pathParameters.tenantName,
};

export const workspace: NamedResource<StreamWorkspace> = {
  command: "workspace",
  aliases: ["workspaces"],
  noun: "stream workspace",
  plural: "stream workspaces",
  place: "project",
  key: [workspaceName],
  nameOf: ({ name }) => name,
  stateOf: () => undefined,
  get: ({ atlas, groupId }, [tenantName = ""], options) => atlas.streamWorkspaces.get({ groupId, tenantName }, options),
  list: ({ atlas, groupId }, _scope, options) => atlas.streamWorkspaces.list({ groupId }, options),
  delete: ({ atlas, groupId }, [tenantName = ""], options) =>
    atlas.streamWorkspaces.delete({ groupId, tenantName }, options),
  waiting: {
    goals: ["deleted"], // it has no state that it could be waited for in
    until: async (...wanted) => (await import("../waiting/poll.js")).poll(workspace, ...wanted),
    usual: () => undefined,
  },
  making: {
    operation: createGroupStreamWorkspace,
    schemaName: "StreamWorkspaceRequest",
    hasFlags: true,
    about: "",
    send: ({ atlas, groupId }, _scope, body, options) =>
      atlas.streamWorkspaces.create({ groupId, body: body as StreamWorkspaceRequest }, options),
  },
  changing: {
    operation: updateGroupStreamWorkspace,
    schemaName: "StreamWorkspaceUpdate",
    hasFlags: true,
    isWhole: false,
    about: "What is not said stays as it is.",
    send: ({ atlas, groupId }, [tenantName = ""], body, options) =>
      atlas.streamWorkspaces.update({ groupId, tenantName, body: body as StreamWorkspaceUpdate }, options),
  },
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
