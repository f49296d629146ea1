/** What to do about each code that the service is known to answer with. A code that is not here has the advice of its class. */
export const advice = {
  ACCESS_FORBIDDEN:
    "Give the service account or key the role that the operation names, in the project's _Access Manager_.",
  BAD_REQUEST:
    "Take the field out of the body: the kind of connection has none such. The types of the client show which ones it has.",
  CONFLICT: "Read what is there, and decide anew; the same request will meet the same answer.",
  GROUP_NOT_FOUND: "Check the project's id, and that the credentials belong to its organization.",
  INVALID_GROUP_ID: "A project's id is 24 hexadecimal digits. This client refuses others before it sends anything.",
  INVALID_VERSION_DATE:
    "Ask for a version that the operation has. This client does so by itself; by hand, see the operation's media type.",
  IP_ADDRESS_NOT_ON_ACCESS_LIST:
    "Put the address, the first of `parameters`, on the access list of the service account or key. The project's list for databases is another one.",
  MISSING_QUERY_PARAMETER:
    "Add the query parameter that `parameters` names. The client's types do not let you leave it out.",
  NOT_IN_GROUP: "Invite the service account or key to the project, or check the project's id.",
  RATE_LIMITED:
    "Keep a token instead of fetching one for each call: one client for the whole process, or [a token for a fleet](/guides/credentials#one-token-for-a-fleet).",
  RATE_LIMITED_TOKEN_BUCKET:
    "Send fewer at a time: all callers of a project share one bucket. The second of `parameters` says in how many seconds to come back; the client waits so long by itself.",
  RESOURCE_NOT_FOUND: "Check the connection's id. After a delete it is what was wanted.",
  STREAM_CONNECTION_NAME_ALREADY_EXISTS: "Take the connection that the workspace has, or another name.",
  STREAM_CONNECTION_NOT_FOUND_FOR_NAME:
    "Check the connection's name, and that of its workspace. After a delete it is what was wanted.",
  STREAM_TENANT_HAS_STREAM_PROCESSORS: "Remove the workspace's stream processors first.",
  STREAM_TENANT_NAME_ALREADY_EXISTS: "Take the workspace that the project has, or another name.",
  STREAM_TENANT_NOT_FOUND_FOR_NAME: "Check the workspace's name. After a delete it is what was wanted.",
  STREAM_PRIVATE_LINK_ALREADY_EXISTS:
    "Take the connection that the project has: [`createOrAdopt`](/guides/waiting#creating-so-that-it-can-be-repeated) does.",
  STREAM_PRIVATE_LINK_IN_USE: "Remove the stream connections that go through it first.",
  UNEXPECTED_ERROR:
    "Go by the status: the code says nothing of what is wrong. With 401, check the credentials. With 5xx, come back later, and look before you repeat a write.",
  USER_UNAUTHORIZED: "Check key or token, and that the role is enough: the service answers so in both cases.",
  VALIDATION_ERROR: "Read `detail`: it names what does not fit.",
  access_denied:
    "The account has a hundred live tokens. Revoke those that nobody needs (`close()`), or let processes [share one](/guides/credentials#one-token-for-a-fleet).",
  invalid_client: "Check id and secret of the service account. A secret that was rotated is refused, too.",
  invalid_grant: "The grant is not one that the account may use. This client asks for the right one.",
  invalid_request:
    "The form lacks a field. This client sends the right one; by hand, see [the operation](/http/createToken).",
  server_error: "Come back later.",
  unsupported_grant_type: "Ask for `grant_type=client_credentials`, as this client does.",
};
