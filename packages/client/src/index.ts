export type {
  AccountDetails,
  ApiErrorBody,
  AwsConfluentPrivateLinkConnection,
  AwsConfluentRequest,
  AwsKinesisPrivateLinkConnection,
  AwsKinesisRequest,
  AwsLambdaPrivateLinkConnection,
  AwsLambdaRequest,
  AwsMskPrivateLinkConnection,
  AwsMskRequest,
  AwsS3PrivateLinkConnection,
  AwsS3Request,
  AzureBlobStoragePrivateLinkConnection,
  AzureBlobStorageRequest,
  AzureConfluentPrivateLinkConnection,
  AzureConfluentRequest,
  AzureEventHubPrivateLinkConnection,
  AzureEventHubRequest,
  AzureGenericPrivateLinkConnection,
  AzureGenericRequest,
  components,
  GcpConfluentPrivateLinkConnection,
  GcpConfluentRequest,
  GcpPubSubPrivateLinkConnection,
  GcpPubSubRequest,
  PrivateLinkConnection,
  PrivateLinkConnectionKind,
  PrivateLinkConnectionPage,
  PrivateLinkConnectionRequest,
  PrivateLinkConnectionUpdate,
  paths,
  StreamConnection,
  StreamConnectionPage,
  StreamConnectionRequest,
  StreamWorkspace,
  StreamWorkspacePage,
  StreamWorkspaceRequest,
  StreamWorkspaceUpdate,
  Unlisted,
  UnlistedVendorRequest,
} from "@atlas-streams/types";
export {
  ApiError,
  type ApiErrorCode,
  AuthenticationError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from "./answer/api-error.js";
export {
  AtlasError,
  ConnectionError,
  CredentialError,
  InvalidArgumentError,
  OperationError,
  TimeoutError,
  UnexpectedResponseError,
} from "./answer/errors.js";
export { type AnyAtlasError, isAtlasError } from "./any-error.js";
export type {
  BoundCredentials,
  CredentialCall,
  CredentialContext,
  Credentials,
} from "./auth/credentials.js";
export { type DigestOptions, digest } from "./auth/digest.js";
export { credentialsFromEnvironment, type Environment, type EnvironmentSettings } from "./auth/environment.js";
export { type ServiceAccountOptions, serviceAccount } from "./auth/service-account.js";
export type { StoredToken, TokenStore } from "./auth/token-store.js";
export type { Clock } from "./call/clock.js";
export type {
  ClientEvent,
  DeprecationEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TokenEvent,
  WaitEvent,
} from "./call/events.js";
export type { Answer, AnswerHeaders, Layer, PlainHeaders, PlainRequest, Send } from "./call/layer.js";
export type { NetworkOptions } from "./call/network.js";
export type { CallLimits, CallOptions, HeaderOptions, RetryOptions } from "./call/options.js";
export { type AtlasClient, createClient } from "./client.js";
export type { ClientOptions } from "./client-options.js";
export type { RawClient, RawResult } from "./raw.js";
export type { AccountDetailsParameters, Streams } from "./resources/account-details/account-details.js";
export type {
  EnvelopeParameter,
  ListParameters,
  PageParameters,
  PageSize,
  ProjectParameters,
  WorkspaceParameters,
} from "./resources/parameters.js";
export { AlreadyExistsError } from "./resources/private-link-connections/already-exists-error.js";
export type {
  PrivateLinkConnectionParameters,
  PrivateLinkConnections,
} from "./resources/private-link-connections/private-link-connections.js";
export type { CreateOrAdoptOptions } from "./resources/private-link-connections/project.js";
export {
  isConnectionOf,
  type KnownProvider,
  type KnownVendor,
  unlisted,
} from "./resources/private-link-connections/vendors.js";
export { WaitFailedError, WaitTimeoutError } from "./resources/private-link-connections/waiting/errors.js";
export type { WaitOptions, WaitProgress } from "./resources/private-link-connections/waiting/options.js";
export type {
  StreamConnectionParameters,
  StreamConnections,
} from "./resources/stream-connections/stream-connections.js";
export type { StreamWorkspaces } from "./resources/stream-workspaces/stream-workspaces.js";
export type { NetworkFetch } from "./transport/fetch.js";
