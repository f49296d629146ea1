import {
  createGroupStreamPrivateLinkConnection,
  deleteGroupStreamPrivateLinkConnection,
  getGroupStreamPrivateLinkConnection,
  listGroupStreamPrivateLinkConnections,
  type PrivateLinkConnection,
  type PrivateLinkConnectionPage,
  type PrivateLinkConnectionRequest,
  type PrivateLinkConnectionUpdate,
  updateGroupStreamPrivateLinkConnection,
} from "@atlas-streams/types";
import type { Clock } from "../../call/clock.js";
import type { Identity } from "../../call/identity.js";
import type { CallOptions } from "../../call/options.js";
import { refuseBadPathParameters } from "../../call/path-parameters.js";
import { type RawClient, unwrap } from "../../raw.js";
import { readPages, walkPages } from "../paging.js";
import {
  type EnvelopeParameter,
  type ListParameters,
  largestPage,
  type PageParameters,
  type ProjectParameters,
  pageQuery,
  standardPage,
} from "../parameters.js";
import { createOrAdopt } from "./create-or-adopt.js";
import { type CreateOrAdoptOptions, projectOf } from "./project.js";
import type { WaitOptions } from "./waiting/options.js";
import { type Conclude, concludeDeleted, concludeDone, Wait } from "./waiting/wait.js";
import type { Looks } from "./waiting/watch.js";
import { Watches } from "./waiting/watches.js";

/** Names one Private Link connection. */
export interface PrivateLinkConnectionParameters extends ProjectParameters {
  /** The connection's `_id`: 24 hexadecimal digits. */
  readonly connectionId: string;
}

/** The Private Link connections of a project's Stream Processing. */
export class PrivateLinkConnections {
  readonly #raw: RawClient;
  readonly #client: Identity;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #watches: Watches;

  /** `deadlineMs` is that of the client's calls. */
  constructor(raw: RawClient, client: Identity, clock: Clock, deadlineMs: number) {
    this.#raw = raw;
    this.#client = client;
    this.#clock = clock;
    this.#deadlineMs = deadlineMs;
    this.#watches = new Watches((groupId) => this.#looksAt(groupId), clock);
  }

  /**
   * Reads one connection. Needs the role Project Read Only.
   *
   * With `envelope: true` the service is asked to wrap its answer; what comes back is the same.
   *
   * @throws `NotFoundError` where project or connection do not exist; any other `AtlasError`
   * @example
   * ```ts
   * const connection = await atlas.privateLinkConnections.get({ groupId, connectionId });
   * console.log(connection.state);
   * ```
   */
  async get(
    { groupId, connectionId, envelope }: PrivateLinkConnectionParameters & EnvelopeParameter,
    options: CallOptions = {},
  ): Promise<PrivateLinkConnection> {
    const params = { path: { groupId, connectionId }, ...(envelope && { query: { envelope } }) };
    return unwrap(await this.#raw.GET(getGroupStreamPrivateLinkConnection.path, { ...options, params }));
  }

  /**
   * Walks through all connections of a project. Nothing is sent before the first is asked for, and each
   * further page when the one before has been used up. Needs the role Project Read Only. The options, limits among
   * them, are for each page.
   *
   * @throws while iterating: `NotFoundError` where the project does not exist; any other `AtlasError`
   * @example
   * ```ts
   * for await (const connection of atlas.privateLinkConnections.list({ groupId })) console.log(connection._id);
   * ```
   */
  list(
    { groupId, itemsPerPage = standardPage }: ListParameters,
    options: CallOptions = {},
  ): AsyncGenerator<PrivateLinkConnection, void, undefined> {
    return walkPages(listGroupStreamPrivateLinkConnections, itemsPerPage, (pageNum) =>
      this.listPage({ groupId, itemsPerPage, pageNum }, options),
    );
  }

  /**
   * Reads one page of a project's connections; the first is 1. A page after the last is empty.
   *
   * @throws `NotFoundError` where the project does not exist; any other `AtlasError`
   * @example
   * ```ts
   * const { results, totalCount } = await atlas.privateLinkConnections.listPage({ groupId, pageNum: 2 });
   * ```
   */
  async listPage(
    { groupId, ...page }: ProjectParameters & PageParameters,
    options: CallOptions = {},
  ): Promise<PrivateLinkConnectionPage> {
    const params = { path: { groupId }, query: pageQuery(page) };
    return unwrap(await this.#raw.GET(listGroupStreamPrivateLinkConnections.path, { ...options, params }));
  }

  /**
   * Asks for a new connection. The answer comes at once, with an id and without a state: see `waitUntilDone`.
   * Needs the role Project Stream Processing Manager or Organization Stream Processing Admin.
   *
   * Where it is not clear whether the service acted (a time-out, a broken connection, a 5xx) it is not
   * sent again: see `createOrAdopt`.
   *
   * @throws `ApiError` with status 400 where the service refuses the body; any other `AtlasError`
   * @example
   * ```ts
   * const { _id } = await atlas.privateLinkConnections.create({
   *   groupId,
   *   body: { provider: "AWS", vendor: "MSK", arn },
   * });
   * ```
   */
  async create(
    { groupId, body }: ProjectParameters & { readonly body: PrivateLinkConnectionRequest },
    options: CallOptions = {},
  ): Promise<PrivateLinkConnection> {
    return unwrap(
      await this.#raw.POST(createGroupStreamPrivateLinkConnection.path, {
        ...options,
        params: { path: { groupId } },
        body,
      }),
    );
  }

  /**
   * Creates a connection in a way that can be repeated: gives back the one that the project has already
   * (same provider and vendor, and same arn, endpoint or resources), and creates it otherwise. After a
   * failure that leaves open whether the service acted, it looks for the connection that it may have made,
   * and creates again, three times at most, only where there is none; with `retry: false` it creates once.
   * `deadlineMs` is for all of it.
   *
   * One that has failed or is being removed is not adopted. Where the service refuses a second one beside it, the
   * error names it; with `replaceFailed` it is removed first.
   *
   * What it cannot promise: of two callers at the same moment, both may create. And where the service does
   * not show what tells two connections apart, only a single new one of the kind is taken for the one made;
   * with more than one the failure is thrown, and a person has to look.
   *
   * @throws `AlreadyExistsError` where one is in the way; what `create` and `list` throw, and with `replaceFailed` what `delete` and `waitUntilDeleted` throw
   * @example
   * ```ts
   * const { _id } = await atlas.privateLinkConnections.createOrAdopt(
   *   { groupId, body: { provider: "AWS", vendor: "MSK", arn } },
   *   { replaceFailed: true },
   * );
   * ```
   */
  async createOrAdopt(
    { groupId, body }: ProjectParameters & { readonly body: PrivateLinkConnectionRequest },
    options: CreateOrAdoptOptions = {},
  ): Promise<PrivateLinkConnection> {
    const limits = { clock: this.#clock, deadlineMs: this.#deadlineMs };
    return createOrAdopt(body, projectOf(this, groupId, options, limits));
  }

  /**
   * Sets the domain of a connection: allowed where none is set, or while it is `IDLE`.
   *
   * @throws `NotFoundError`, `ConflictError`, any other `AtlasError`
   * @example
   * ```ts
   * await atlas.privateLinkConnections.update({ groupId, connectionId, body: { dnsDomain } });
   * ```
   */
  async update(
    { groupId, connectionId, body }: PrivateLinkConnectionParameters & { readonly body: PrivateLinkConnectionUpdate },
    options: CallOptions = {},
  ): Promise<PrivateLinkConnection> {
    const params = { path: { groupId, connectionId } };
    return unwrap(await this.#raw.PATCH(updateGroupStreamPrivateLinkConnection.path, { ...options, params, body }));
  }

  /**
   * Asks for the removal of a connection; the answer comes before it is gone: see `waitUntilDeleted`.
   *
   * @throws `NotFoundError`; `ApiError` with errorCode `STREAM_PRIVATE_LINK_IN_USE` where a stream still uses it; any other `AtlasError`
   * @example
   * ```ts
   * await atlas.privateLinkConnections.delete({ groupId, connectionId });
   * ```
   */
  async delete({ groupId, connectionId }: PrivateLinkConnectionParameters, options: CallOptions = {}): Promise<void> {
    const params = { path: { groupId, connectionId } };
    unwrap(await this.#raw.DELETE(deleteGroupStreamPrivateLinkConnection.path, { ...options, params }));
  }

  /**
   * Waits until a connection is ready for use, which may take half an hour and longer, and gives it back.
   *
   * It looks again and again, at growing intervals. Waits of one client for the same project share their
   * looks, so that waiting for many costs what waiting for one costs. What may pass (429, 5xx, a broken
   * connection) is waited out, and so is a state that this client does not know. A 404 counts only after
   * the service has had time to show what it was told: fifteen intervals, half a minute by default.
   * The wait can be taken up by the id in another process.
   *
   * @throws `WaitFailedError` with the service's `errorMessage` where the connection has failed or is being removed;
   * `WaitTimeoutError` after `timeoutMs`; `NotFoundError`; any other `AtlasError`; the signal's reason
   * @example
   * ```ts
   * const connection = await atlas.privateLinkConnections.waitUntilDone(
   *   { groupId, connectionId },
   *   { onProgress: ({ state, elapsedMs }) => console.log(state, elapsedMs) },
   * );
   * ```
   */
  waitUntilDone(
    parameters: PrivateLinkConnectionParameters,
    options: WaitOptions = {},
  ): Promise<PrivateLinkConnection> {
    return this.#wait(parameters, options, concludeDone);
  }

  /**
   * Waits until a connection is gone: until the service answers 404, or no longer lists it. It looks as
   * `waitUntilDone` does.
   *
   * @throws `WaitFailedError` with the service's `errorMessage` where the removal has failed; `WaitTimeoutError`; any other `AtlasError`; the signal's reason
   * @example
   * ```ts
   * await atlas.privateLinkConnections.delete({ groupId, connectionId });
   * await atlas.privateLinkConnections.waitUntilDeleted({ groupId, connectionId });
   * ```
   */
  waitUntilDeleted(parameters: PrivateLinkConnectionParameters, options: WaitOptions = {}): Promise<void> {
    return this.#wait(parameters, options, concludeDeleted);
  }

  #wait<Value>(
    parameters: PrivateLinkConnectionParameters,
    options: WaitOptions,
    conclude: Conclude<Value>,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      const { groupId, connectionId } = parameters;
      refuseBadPathParameters(getGroupStreamPrivateLinkConnection, { groupId, connectionId });
      const [watches, client, clock] = [this.#watches, this.#client, this.#clock];
      new Wait({ groupId, connectionId, options, watches, client, clock, conclude, resolve, reject });
    });
  }

  /** How waits look at a project. Looks are not retried: one that fails is taken up by the next. */
  #looksAt(groupId: string): Looks {
    return {
      one: (connectionId, signal) => this.get({ groupId, connectionId }, { signal, retry: false }),
      pages: (signal) =>
        readPages(listGroupStreamPrivateLinkConnections, largestPage, (pageNum) =>
          this.listPage({ groupId, itemsPerPage: largestPage, pageNum }, { signal, retry: false }),
        ),
    };
  }
}
