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
  getGroupStreamAccountDetails: "streams.getAccountDetails",
};
