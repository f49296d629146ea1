/// <reference lib="esnext.disposable" preserve="true" />
import type { paths } from "@atlas-streams/types";
import { serverUrl } from "@atlas-streams/types/constants";
import { AtlasError, InvalidArgumentError } from "./answer/errors.js";
import { plainCause } from "./answer/plain-cause.js";
import { credentialsFromEnvironment } from "./auth/environment.js";
import { systemClock } from "./call/clock.js";
import { tokens } from "./call/events.js";
import { checkHeaders, headersOf } from "./call/headers.js";
import { Identity } from "./call/identity.js";
import { openNetwork } from "./call/network.js";
import { requireBaseUrl, requireDuration, resolveRetry } from "./call/options.js";
import { runCall, type Settings } from "./call/pipeline.js";
import { userAgentOf } from "./call/user-agent.js";
import type { ClientOptions } from "./client-options.js";
import { createRawClients, type RawClient, type Run } from "./raw.js";
import { Streams } from "./resources/account-details/account-details.js";
import { bound } from "./resources/bound.js";
import { PrivateLinkConnections } from "./resources/private-link-connections/private-link-connections.js";
import { StreamConnections } from "./resources/stream-connections/stream-connections.js";
import { StreamWorkspaces } from "./resources/stream-workspaces/stream-workspaces.js";

/** A client of one Atlas service, with one set of credentials. */
export interface AtlasClient<Paths extends object = paths> extends AsyncDisposable {
  /** Names this client in the messages of the diagnostics channels. A random id, and no secret. */
  readonly id: string;
  /** The Private Link connections of a project's Stream Processing. */
  readonly privateLinkConnections: PrivateLinkConnections;
  /** The stream workspaces of a project. */
  readonly streamWorkspaces: StreamWorkspaces;
  /** The connections of a stream workspace, over a Private Link or not. */
  readonly streamConnections: StreamConnections;
  /** What Stream Processing tells of itself. */
  readonly streams: Streams;
  /** Every operation of the description, or those of `operations`, as openapi-fetch calls it: `{ data, error, response }`. */
  readonly raw: RawClient<Paths>;
  /**
   * Revokes the token that this client holds, if it holds one, and closes the connections that are not in use. The client
   * stays usable. Closing is best effort: it never rejects, so that in a `finally` it hides no error; what went wrong is
   * told on the channel `atlas-streams:token`. `await using` closes too.
   */
  close(): Promise<void>;
}

/**
 * Makes a client. Nothing is sent before the first call.
 *
 * @throws `InvalidArgumentError` where an option is out of range, there are no credentials, or they would travel over plain http and nobody has allowed that
 * @example
 * ```ts
 * const atlas = createClient({ auth: serviceAccount({ clientId, clientSecret }) });
 * const connection = await atlas.privateLinkConnections.get({ groupId, connectionId });
 * await atlas.close();
 * ```
 */
export function createClient<Paths extends object = paths>(options: ClientOptions = {}): AtlasClient<Paths> {
  const environment = options.auth ? undefined : credentialsFromEnvironment();
  const auth = options.auth ?? environment?.auth;
  if (!auth) throw new InvalidArgumentError(noCredentials);
  if (typeof auth !== "function")
    throw new InvalidArgumentError("auth must be what serviceAccount(…) or digest(…) gives.");
  const baseUrl = requireBaseUrl(options.baseUrl ?? environment?.baseUrl ?? serverUrl, options.allowInsecure);
  const clock = options.clock ?? systemClock;
  const retry = resolveRetry(options.retry);
  const identity = new Identity();
  const network = openNetwork(options, { clock, retry });
  const settings: Settings = {
    network: network.open,
    timeoutMs: requireDuration("timeoutMs", options.timeoutMs ?? 30_000),
    deadlineMs: requireDuration("deadlineMs", options.deadlineMs ?? 120_000),
    retry,
    client: identity,
    clock,
    secrets: () => credentials.secrets?.() ?? [],
  };
  const headers = { "user-agent": userAgentOf(options.userAgent), ...checkHeaders(options.headers) };
  const credentials = auth({
    baseUrl,
    client: identity,
    clock,
    hash: network.hash,
    send: (operation, { signal, body, headers: own }, limits) =>
      runCall(operation, settings, undefined, { ...limits, signal }, (send) => {
        const { method, path } = operation;
        return send({ method, url: baseUrl + path, headers: headersOf(operation, true, headers, own), body });
      }),
  });
  const run: Run = (operation, callOptions, work) =>
    runCall(operation, settings, credentials.authorize, callOptions, work);
  const { operations } = options;
  const { raw, own } = createRawClients<Paths>({ baseUrl, client: identity, headers, run, now: clock.now, operations });

  async function close(): Promise<void> {
    network.close();
    try {
      await credentials.close();
    } catch (error) {
      tokens.publish({
        client: identity.id,
        error: error instanceof AtlasError ? error : plainCause(error, credentials.secrets?.() ?? []),
      });
    }
    network.close(); // the revocation had a connection of its own
  }

  return {
    get id() {
      return identity.id;
    },
    privateLinkConnections: bound(new PrivateLinkConnections(own, identity, clock, settings.deadlineMs)),
    streamWorkspaces: bound(new StreamWorkspaces(own)),
    streamConnections: bound(new StreamConnections(own)),
    streams: bound(new Streams(own)),
    raw,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const noCredentials =
  "There are no credentials: pass auth, or set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET, or MONGODB_ATLAS_PUBLIC_KEY and MONGODB_ATLAS_PRIVATE_KEY, or the same as MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY.";
