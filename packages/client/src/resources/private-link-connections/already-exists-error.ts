import type { PrivateLinkConnection } from "@atlas-streams/types";
import { ApiError } from "../../answer/api-error.js";
import { nameErrors } from "../../answer/errors.js";

/** The create was refused because there is a connection to the same far end, and not one that can be taken for it: it has failed, is being removed, or does not show what it reaches. */
export class AlreadyExistsError extends ApiError {
  static {
    nameErrors(AlreadyExistsError, "AlreadyExistsError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  override readonly code = "API";
  /** The connection that is in the way. Where the service does not show what tells connections apart, each that may be it. */
  declare readonly inTheWay: readonly PrivateLinkConnection[];
}
