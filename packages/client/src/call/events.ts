import type { Operation } from "@atlas-streams/types";
import type { EventChannel, Platform } from "../platform/platform.js";
import type { Identity } from "./identity.js";

/** What every event says. */
export interface ClientEvent {
  /** The `id` of the client that tells it. */
  readonly client: string;
}

/** Published on `atlas-streams:request` before each request is sent, the requests of a login included. */
export interface RequestEvent extends ClientEvent {
  /** The operation's id in the description, such as `getGroupStreamPrivateLinkConnection`. */
  readonly operationId: string;
  /** The HTTP method, such as `GET`. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
}

/** Published on `atlas-streams:response`: how a request ended. */
export interface ResponseEvent extends ClientEvent {
  /** The event that the request began with: the same object. */
  readonly request: RequestEvent;
  /** From the request to its end, the body included, in milliseconds. */
  readonly durationMs: number;
  /** Absent where there was no whole answer. */
  readonly status?: number;
  /** Why there was no whole answer. */
  readonly error?: unknown;
}

/** Published on `atlas-streams:retry` when a call is going to be repeated. */
export interface RetryEvent extends RequestEvent {
  /** How often the call has been sent so far. */
  readonly attempt: number;
  /** How long the client waits before it repeats the call, in milliseconds. */
  readonly delayMs: number;
  /** The status of the answer that is not good enough, where there was one. */
  readonly status?: number | undefined;
  /** Why there was no whole answer, where there was none. */
  readonly error?: unknown;
}

/** Published on `atlas-streams:token` when a service account has been given a new token, or could not be given one, and when closing has failed. */
export interface TokenEvent extends ClientEvent {
  /** When the token expires, in milliseconds since the epoch, where the service says so. */
  readonly expiresAt?: number | undefined;
  /** Why there is no new token, or none that could be kept in the store. Calls go on with the one at hand while that lives, so this may be the only sign. */
  readonly error?: unknown;
}

/** Published on `atlas-streams:wait` after each look of a wait. */
export interface WaitEvent extends ClientEvent {
  /** The connection that is waited for. */
  readonly connectionId: string;
  /** The state that was seen; undefined where the connection was not there, or shows none. */
  readonly state: string | undefined;
  /** Since the wait began, in milliseconds. */
  readonly elapsedMs: number;
  /** How many looks there have been, this one included. */
  readonly attempt: number;
}

/** Published on `atlas-streams:deprecation` once per client and operation, when an answer says that its version is going away. */
export interface DeprecationEvent extends RequestEvent {
  /** The `Deprecation` header. */
  readonly deprecation: string | null;
  /** The `Sunset` header (RFC 8594): when the version ends. */
  readonly sunset: string | null;
}

/** A channel that is silent until the platform has opened it. */
class LateChannel implements EventChannel {
  readonly #name: string;
  #channel: EventChannel | undefined;

  constructor(name: string) {
    this.#name = `atlas-streams:${name}`;
  }

  get hasSubscribers(): boolean {
    return this.#channel?.hasSubscribers ?? false;
  }

  publish(message: unknown): void {
    this.#channel?.publish(message);
  }

  open(openChannel: NonNullable<Platform["openChannel"]>): void {
    this.#channel ??= openChannel(this.#name);
  }
}

const requests = new LateChannel("request");
const responses = new LateChannel("response");

/** Where the client tells what it does, on Node's diagnostics channels. A message is only made where somebody listens. */
export const retries = new LateChannel("retry");
export const tokens = new LateChannel("token");
export const waits = new LateChannel("wait");
export const deprecations = new LateChannel("deprecation");

/** Opens the channels where the runtime has any; nothing can be told before the first call opens the network. */
export function connectChannels(openChannel: Platform["openChannel"]): void {
  if (!openChannel) return;
  for (const channel of [requests, responses, retries, tokens, waits, deprecations]) channel.open(openChannel);
}

/** What every event about an operation says of it. */
export function naming({ operationId, method, path }: Operation, { id }: Identity): RequestEvent {
  return { client: id, operationId, method, path };
}

/** Tells of a request; the function that it gives tells of its end. */
export function reportRequest(
  operation: Operation,
  identity: Identity,
): ((end: { status: number } | { error: unknown }) => void) | undefined {
  if (!requests.hasSubscribers && !responses.hasSubscribers) return undefined;
  const request = naming(operation, identity);
  const startedAt = performance.now();
  requests.publish(request);
  return (end) =>
    responses.publish({ client: identity.id, request, durationMs: performance.now() - startedAt, ...end });
}
