import {
  createGroupStreamWorkspace,
  deleteGroupStreamWorkspace,
  getGroupStreamWorkspace,
  listGroupStreamWorkspaces,
  type StreamWorkspace,
  type StreamWorkspacePage,
  type StreamWorkspaceRequest,
  type StreamWorkspaceUpdate,
  updateGroupStreamWorkspace,
} from "@atlas-streams/types";
import type { CallOptions } from "../../call/options.js";
import { type RawClient, unwrap } from "../../raw.js";
import { walkPages } from "../paging.js";
import {
  type EnvelopeParameter,
  type ListParameters,
  type PageParameters,
  type ProjectParameters,
  pageQuery,
  standardPage,
  type WorkspaceParameters,
} from "../parameters.js";

/** The stream workspaces of a project: what stream processors run in, and what their connections belong to. */
export class StreamWorkspaces {
  readonly #raw: RawClient;

  constructor(raw: RawClient) {
    this.#raw = raw;
  }

  /**
   * Reads one workspace.
   *
   * @throws `NotFoundError` where project or workspace do not exist; any other `AtlasError`
   * @example
   * ```ts
   * const { hostnames } = await atlas.streamWorkspaces.get({ groupId, tenantName: "orders" });
   * ```
   */
  async get(
    { groupId, tenantName, envelope }: WorkspaceParameters & EnvelopeParameter,
    options: CallOptions = {},
  ): Promise<StreamWorkspace> {
    const params = { path: { groupId, tenantName }, ...(envelope && { query: { envelope } }) };
    return unwrap(await this.#raw.GET(getGroupStreamWorkspace.path, { ...options, params }));
  }

  /**
   * Walks through all workspaces of a project, page by page as they are used up. Needs the role Project Read Only.
   *
   * @throws while iterating: `NotFoundError` where the project does not exist; any other `AtlasError`
   * @example
   * ```ts
   * for await (const workspace of atlas.streamWorkspaces.list({ groupId })) console.log(workspace.name);
   * ```
   */
  list(
    { groupId, itemsPerPage = standardPage }: ListParameters,
    options: CallOptions = {},
  ): AsyncGenerator<StreamWorkspace, void, undefined> {
    return walkPages(listGroupStreamWorkspaces, itemsPerPage, (pageNum) =>
      this.listPage({ groupId, itemsPerPage, pageNum }, options),
    );
  }

  /**
   * Reads one page of a project's workspaces; the first is 1. A page after the last is empty.
   *
   * @throws `NotFoundError` where the project does not exist; any other `AtlasError`
   */
  async listPage(
    { groupId, ...page }: ProjectParameters & PageParameters,
    options: CallOptions = {},
  ): Promise<StreamWorkspacePage> {
    const params = { path: { groupId }, query: pageQuery(page) };
    return unwrap(await this.#raw.GET(listGroupStreamWorkspaces.path, { ...options, params }));
  }

  /**
   * Makes a workspace; it is there when the answer comes. Where it is not clear whether the service acted, it is not
   * sent again: read the workspace before asking once more.
   *
   * @throws `ApiError` with status 400 where the service refuses the body; any other `AtlasError`
   * @example
   * ```ts
   * await atlas.streamWorkspaces.create({
   *   groupId,
   *   body: { name: "orders", dataProcessRegion: { cloudProvider: "AWS", region: "VIRGINIA_USA" } },
   * });
   * ```
   */
  async create(
    { groupId, body }: ProjectParameters & { readonly body: StreamWorkspaceRequest },
    options: CallOptions = {},
  ): Promise<StreamWorkspace> {
    const params = { path: { groupId } };
    return unwrap(await this.#raw.POST(createGroupStreamWorkspace.path, { ...options, params, body }));
  }

  /**
   * Changes where the processors of a workspace run, or how large they are.
   *
   * @throws `NotFoundError`; any other `AtlasError`
   * @example
   * ```ts
   * await atlas.streamWorkspaces.update({ groupId, tenantName: "orders", body: { streamConfig: { tier: "SP50" } } });
   * ```
   */
  async update(
    { groupId, tenantName, body }: WorkspaceParameters & { readonly body: StreamWorkspaceUpdate },
    options: CallOptions = {},
  ): Promise<StreamWorkspace> {
    const params = { path: { groupId, tenantName } };
    return unwrap(await this.#raw.PATCH(updateGroupStreamWorkspace.path, { ...options, params, body }));
  }

  /**
   * Removes a workspace, and its connections with it.
   *
   * @throws `NotFoundError`; `PermissionError` with errorCode `STREAM_TENANT_HAS_STREAM_PROCESSORS` where processors run in it; any other `AtlasError`
   */
  async delete({ groupId, tenantName }: WorkspaceParameters, options: CallOptions = {}): Promise<void> {
    const params = { path: { groupId, tenantName } };
    unwrap(await this.#raw.DELETE(deleteGroupStreamWorkspace.path, { ...options, params }));
  }
}
