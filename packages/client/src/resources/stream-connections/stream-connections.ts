import {
  createGroupStreamConnection,
  deleteGroupStreamConnection,
  getGroupStreamConnection,
  listGroupStreamConnections,
  type StreamConnection,
  type StreamConnectionPage,
  type StreamConnectionRequest,
  updateGroupStreamConnection,
} from "@atlas-streams/types";
import type { CallOptions } from "../../call/options.js";
import { type RawClient, unwrap } from "../../raw.js";
import { walkPages } from "../paging.js";
import {
  type EnvelopeParameter,
  type PageParameters,
  type PageSize,
  pageQuery,
  standardPage,
  type WorkspaceParameters,
} from "../parameters.js";

/** Names one connection of a stream workspace. */
export interface StreamConnectionParameters extends WorkspaceParameters {
  /** The connection's `name`. */
  readonly connectionName: string;
}

/** The connections of a stream workspace: what its processors read from and write to. */
export class StreamConnections {
  readonly #raw: RawClient;

  constructor(raw: RawClient) {
    this.#raw = raw;
  }

  /**
   * Reads one connection. Passwords, keys and secrets never come back. Needs the role Project Read Only.
   *
   * @throws `NotFoundError` where project, workspace or connection do not exist; any other `AtlasError`
   * @example
   * ```ts
   * const { state } = await atlas.streamConnections.get({ groupId, tenantName, connectionName: "orders-kafka" });
   * ```
   */
  async get(
    { groupId, tenantName, connectionName, envelope }: StreamConnectionParameters & EnvelopeParameter,
    options: CallOptions = {},
  ): Promise<StreamConnection> {
    const params = { path: { groupId, tenantName, connectionName }, ...(envelope && { query: { envelope } }) };
    return unwrap(await this.#raw.GET(getGroupStreamConnection.path, { ...options, params }));
  }

  /**
   * Walks through all connections of a workspace, page by page as they are used up.
   *
   * @throws while iterating: `NotFoundError` where project or workspace do not exist; any other `AtlasError`
   * @example
   * ```ts
   * for await (const { name } of atlas.streamConnections.list({ groupId, tenantName })) console.log(name);
   * ```
   */
  list(
    { groupId, tenantName, itemsPerPage = standardPage }: WorkspaceParameters & PageSize,
    options: CallOptions = {},
  ): AsyncGenerator<StreamConnection, void, undefined> {
    return walkPages(listGroupStreamConnections, itemsPerPage, (pageNum) =>
      this.listPage({ groupId, tenantName, itemsPerPage, pageNum }, options),
    );
  }

  /**
   * Reads one page of a workspace's connections; the first is 1. A page after the last is empty.
   *
   * @throws `NotFoundError` where project or workspace do not exist; any other `AtlasError`
   */
  async listPage(
    { groupId, tenantName, ...page }: WorkspaceParameters & PageParameters,
    options: CallOptions = {},
  ): Promise<StreamConnectionPage> {
    const params = { path: { groupId, tenantName }, query: pageQuery(page) };
    return unwrap(await this.#raw.GET(listGroupStreamConnections.path, { ...options, params }));
  }

  /**
   * Makes a connection. One that goes through a Private Link names it in `networking.access` (for Lambda, Blob Storage
   * and Pub/Sub in `publicPrivateNetworking.access`): wait until that is `DONE` first. Where it is not clear whether
   * the service acted, it is not sent again: read the connection before asking once more.
   *
   * @throws `ApiError` with status 400 where the service refuses the body; `ConflictError` where the workspace has one of that name; any other `AtlasError`
   * @example
   * ```ts
   * await atlas.privateLinkConnections.waitUntilDone({ groupId, connectionId });
   * await atlas.streamConnections.create({
   *   groupId,
   *   tenantName: "orders",
   *   body: {
   *     name: "orders-kafka",
   *     type: "Kafka",
   *     bootstrapServers: "b-1.orders.example.com:9098",
   *     authentication: { mechanism: "SCRAM-512", username, password },
   *     security: { protocol: "SASL_SSL" },
   *     networking: { access: { type: "PRIVATE_LINK", connectionId } },
   *   },
   * });
   * ```
   */
  async create(
    { groupId, tenantName, body }: WorkspaceParameters & { readonly body: StreamConnectionRequest },
    options: CallOptions = {},
  ): Promise<StreamConnection> {
    const params = { path: { groupId, tenantName } };
    return unwrap(await this.#raw.POST(createGroupStreamConnection.path, { ...options, params, body }));
  }

  /**
   * Changes a connection. The body is the whole connection, as for `create`.
   *
   * @throws `NotFoundError`, `ConflictError`, any other `AtlasError`
   */
  async update(
    {
      groupId,
      tenantName,
      connectionName,
      body,
    }: StreamConnectionParameters & { readonly body: StreamConnectionRequest },
    options: CallOptions = {},
  ): Promise<StreamConnection> {
    const params = { path: { groupId, tenantName, connectionName } };
    return unwrap(await this.#raw.PATCH(updateGroupStreamConnection.path, { ...options, params, body }));
  }

  /**
   * Removes a connection. The Private Link that it goes through, if any, stays, and can be removed then.
   *
   * @throws `NotFoundError`, `ConflictError`, any other `AtlasError`
   */
  async delete(
    { groupId, tenantName, connectionName }: StreamConnectionParameters,
    options: CallOptions = {},
  ): Promise<void> {
    const params = { path: { groupId, tenantName, connectionName } };
    unwrap(await this.#raw.DELETE(deleteGroupStreamConnection.path, { ...options, params }));
  }
}
