export { createClient, type AtlasClient } from "./client.js";
export type { CallOptions, ClientOptions, RetryOptions } from "./options.js";
export type { PrivateLinkConnectionParameters, PrivateLinkConnections } from "./private-link-connections.js";
export type { RawClient, RawResult } from "./raw.js";

export { digest } from "./auth/digest.js";
export { serviceAccount, type ServiceAccountOptions } from "./auth/service-account.js";
export type { StoredToken, TokenStore } from "./auth/token-store.js";
export type { BoundCredentials, CredentialContext, Credentials } from "./auth/credentials.js";
export { credentialsFromEnvironment, type Environment, type EnvironmentSettings } from "./environment.js";

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
export {
  AtlasError,
  ConnectionError,
  CredentialError,
  InvalidArgumentError,
  OperationError,
  TimeoutError,
  UnexpectedResponseError,
} from "./errors.js";

export type { Clock } from "./clock.js";
export type { Fetch, Layer } from "./layer.js";
export type { ApiErrorBody, components, paths, PrivateLinkConnection } from "@atlas-streams/types";
