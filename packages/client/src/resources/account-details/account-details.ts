import { type AccountDetails, getGroupStreamAccountDetails, type ParameterCloudProvider } from "@atlas-streams/types";
import type { CallOptions } from "../../call/options.js";
import { type RawClient, unwrap } from "../../raw.js";
import type { ProjectParameters } from "../parameters.js";

/** Names the account of Stream Processing behind a project, by the cloud it runs in. */
export interface AccountDetailsParameters extends ProjectParameters {
  /** The cloud provider, in lower case. */
  readonly cloudProvider: ParameterCloudProvider;
  /** The region, as Atlas spells regions: `US_EAST_1`. */
  readonly regionName: string;
}

/** What Stream Processing tells of itself. */
export class Streams {
  readonly #raw: RawClient;

  constructor(raw: RawClient) {
    this.#raw = raw;
  }

  /**
   * Reads the account and the network from which Stream Processing reaches a data source: what the other
   * side has to let in. `cloudProvider` tells which fields there are. Needs the role Project Read Only.
   *
   * @throws `NotFoundError` where the project does not exist; any other `AtlasError`
   * @example
   * ```ts
   * const account = await atlas.streams.getAccountDetails({ groupId, cloudProvider: "aws", regionName: "US_EAST_1" });
   * ```
   */
  async getAccountDetails(
    { groupId, cloudProvider, regionName }: AccountDetailsParameters,
    options: CallOptions = {},
  ): Promise<AccountDetails> {
    const params = { path: { groupId }, query: { cloudProvider, regionName } };
    return unwrap(await this.#raw.GET(getGroupStreamAccountDetails.path, { ...options, params }));
  }
}
