import type {
  ApiError,
  AuthenticationError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from "./answer/api-error.js";
import {
  type ConnectionError,
  type CredentialError,
  type InvalidArgumentError,
  isOurs,
  type TimeoutError,
  type UnexpectedResponseError,
} from "./answer/errors.js";
import type { AlreadyExistsError } from "./resources/private-link-connections/already-exists-error.js";
import type { WaitFailedError, WaitTimeoutError } from "./resources/private-link-connections/waiting/errors.js";

/** Every error that this client throws: a union that `code` narrows to the class. */
export type AnyAtlasError =
  | (ApiError & { readonly code: "API" })
  | AlreadyExistsError
  | AuthenticationError
  | PermissionError
  | NotFoundError
  | ConflictError
  | RateLimitError
  | ServerError
  | ConnectionError
  | CredentialError
  | InvalidArgumentError
  | TimeoutError
  | UnexpectedResponseError
  | WaitFailedError
  | WaitTimeoutError;

/**
 * Whether something caught is an error of this client, be it of another copy of it or from another
 * realm; `code` then narrows it.
 *
 * @example
 * ```ts
 * if (isAtlasError(error) && error.code === "RATE_LIMIT") console.log(error.retryAfterMs);
 * ```
 */
export function isAtlasError(error: unknown): error is AnyAtlasError {
  return isOurs(error);
}
