export type {
  AccountDetails,
  ApiErrorBody,
  components,
  PrivateLinkConnection,
  PrivateLinkConnectionKind,
  PrivateLinkConnectionPage,
  PrivateLinkConnectionRequest,
  PrivateLinkConnectionUpdate,
  paths,
  Unlisted,
} from "@atlas-streams/types";
export { type AnyAtlasError, isAtlasError } from "./any-error.js";
export {
  ApiError,
  type ApiErrorCode,
  AuthenticationError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from "./api-error.js";
export type {
  BoundCredentials,
  CallLimits,
  CredentialCall,
  CredentialContext,
  Credentials,
} from "./auth/credentials.js";
export { type DigestOptions, digest } from "./auth/digest.js";
export { type ServiceAccountOptions, serviceAccount } from "./auth/service-account.js";
export type { StoredToken, TokenStore } from "./auth/token-store.js";
export { type AtlasClient, createClient } from "./client.js";
export type { Clock } from "./clock.js";
export { credentialsFromEnvironment, type Environment, type EnvironmentSettings } from "./environment.js";
export {
  AtlasError,
  ConnectionError,
  CredentialError,
  InvalidArgumentError,
  OperationError,
  TimeoutError,
  UnexpectedResponseError,
} from "./errors.js";
export type { DeprecationEvent, RequestEvent, ResponseEvent, RetryEvent, TokenEvent, WaitEvent } from "./events.js";
export { isConnectionOf, type KnownProvider, type KnownVendor, unlisted } from "./kinds.js";
export type { Fetch, Layer } from "./layer.js";
export type { CallOptions, ClientOptions, NetworkFetch, RetryOptions } from "./options.js";
export type {
  ListParameters,
  PrivateLinkConnectionParameters,
  PrivateLinkConnections,
  ProjectParameters,
} from "./private-link-connections.js";
export type { RawClient, RawResult } from "./raw.js";
export type { AccountDetailsParameters, Streams } from "./streams.js";
export { WaitFailedError, WaitTimeoutError } from "./waiting/errors.js";
export type { WaitOptions, WaitProgress } from "./waiting/options.js";
