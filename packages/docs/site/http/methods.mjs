/**
 * The client's method for each operation that has one. Others can be called as `raw` calls them.
 * @type {{ readonly [operationId: string]: string }}
 */
export const methods = {
  listGroupStreamPrivateLinkConnections: "privateLinkConnections.list",
  createGroupStreamPrivateLinkConnection: "privateLinkConnections.create",
  getGroupStreamPrivateLinkConnection: "privateLinkConnections.get",
  updateGroupStreamPrivateLinkConnection: "privateLinkConnections.update",
  deleteGroupStreamPrivateLinkConnection: "privateLinkConnections.delete",
  listGroupStreamWorkspaces: "streamWorkspaces.list",
  createGroupStreamWorkspace: "streamWorkspaces.create",
  getGroupStreamWorkspace: "streamWorkspaces.get",
  updateGroupStreamWorkspace: "streamWorkspaces.update",
  deleteGroupStreamWorkspace: "streamWorkspaces.delete",
  listGroupStreamConnections: "streamConnections.list",
  createGroupStreamConnection: "streamConnections.create",
  getGroupStreamConnection: "streamConnections.get",
  updateGroupStreamConnection: "streamConnections.update",
  deleteGroupStreamConnection: "streamConnections.delete",
  getGroupStreamAccountDetails: "streams.getAccountDetails",
};
