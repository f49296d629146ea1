import type { PrivateLinkConnection } from "@atlas-streams/types";
import { AtlasError, nameErrors } from "../../../answer/errors.js";

/** Waiting is over without success: the connection has failed, or it is being removed while somebody waits for it to be ready. */
export class WaitFailedError extends AtlasError {
  static {
    nameErrors(WaitFailedError, "WaitFailedError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  readonly code = "WAIT_FAILED";
  /** The state that ended the wait, such as `FAILED`. */
  declare readonly state: PrivateLinkConnection["state"];
  /** Why, in the service's own words. */
  declare readonly errorMessage: string | undefined;
  /** The connection as it was read last. */
  declare readonly connection: PrivateLinkConnection;
}

/** The wait took longer than its `timeoutMs`. The connection goes its way all the same: wait again by its id, from any process. Where the last look failed, its error is the `cause`. */
export class WaitTimeoutError extends AtlasError {
  static {
    nameErrors(WaitTimeoutError, "WaitTimeoutError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  readonly code = "WAIT_TIMEOUT";
  /** The last state that was seen, if any. */
  declare readonly state: PrivateLinkConnection["state"];
}
