import { getGroupStreamPrivateLinkConnection, type PrivateLinkConnection } from "@atlas-streams/types";
import type { CallOptions } from "./options.js";
import { type RawClient, unwrap } from "./raw.js";

/** Names one Private Link connection. */
export interface PrivateLinkConnectionParameters {
  /** The project's id: 24 hexadecimal digits, lower case. Atlas calls a project a group. */
  readonly groupId: string;
  /** The connection's `_id`: 24 hexadecimal digits. */
  readonly connectionId: string;
}

/** The Private Link connections of a project's Stream Processing. */
export class PrivateLinkConnections {
  readonly #raw: RawClient;

  constructor(raw: RawClient) {
    this.#raw = raw;
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
    { groupId, connectionId, envelope }: PrivateLinkConnectionParameters & { readonly envelope?: boolean },
    options: CallOptions = {},
  ): Promise<PrivateLinkConnection> {
    const params = { path: { groupId, connectionId }, ...(envelope && { query: { envelope } }) };
    return unwrap(await this.#raw.GET(getGroupStreamPrivateLinkConnection.path, { ...options, params }));
  }
}
