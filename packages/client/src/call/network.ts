import { InvalidArgumentError } from "../answer/errors.js";
import type { Hash, Platform } from "../platform/platform.js";
import { createFetchTransport, type NetworkFetch } from "../transport/fetch.js";
import type { Transport } from "../transport/transport.js";
import type { Network } from "./attempt.js";
import { connectContexts } from "./caller-context.js";
import { connectChannels } from "./events.js";
import type { GateSettings } from "./gate.js";
import { Gates } from "./gates.js";
import { refuseOutOfRange } from "./options.js";
import { Queue } from "./queue.js";

/** What a client may say of its way to the network. */
export interface NetworkOptions {
  /**
   * Sends the requests, called as `fetch(url, init)`: for a recorder or a test, or for `globalThis.fetch` as somebody
   * has patched it. Through a fetch it cannot be known which requests never left, save where its error says so.
   * @default `node:http` on Node, Bun and Deno; elsewhere `globalThis.fetch`, looked up at each call
   */
  readonly fetch?: NetworkFetch | undefined;
  /** A Node agent that opens the connections, such as one for a proxy: `node:http`'s, `node:https`', or any that fits both. Not together with `fetch`. */
  readonly agent?: object | undefined;
  /** How many requests are under way at once; the others wait for their turn, at the cost of their deadline. @default 50: more would only use up the service's limit of requests sooner */
  readonly maxConnections?: number | undefined;
  /** How large the body of an answer may be, in bytes, unpacked. @default 16777216, 16 MiB */
  readonly maxAnswerBytes?: number | undefined;
}

/** The way of one client to the network. */
export interface OpenableNetwork {
  /** Gives the network; the first time it loads what the runtime has for it. */
  open(): Network | Promise<Network>;
  /** What hashes on this runtime, once the network was opened; undefined where it has no MD5. */
  hash(): Hash | undefined;
  /** Closes the connections that nobody uses. */
  close(): void;
}

const defaultConnections = 50;
const defaultAnswerBytes = 16 * 1024 ** 2;

/** Checks what the options say of the network. It is opened by the first call, so that importing and making a client load none of it. */
export function openNetwork(options: NetworkOptions, limits: Pick<GateSettings, "clock" | "retry">): OpenableNetwork {
  const { maxConnections = defaultConnections, maxAnswerBytes = defaultAnswerBytes, fetch, agent } = options;
  refuseOutOfRange("maxConnections", maxConnections, { minimum: 1 });
  refuseOutOfRange("maxAnswerBytes", maxAnswerBytes, { minimum: 1 });
  if (fetch && agent)
    throw new InvalidArgumentError("agent goes with Node's own transport, and not with fetch: leave one out.");
  let network: Network | undefined;

  function build(platform: Platform): Network {
    const transport = chooseTransport(platform, { fetch, agent, maxConnections });
    const gates = new Gates({ ...limits, places: maxConnections });
    network ??= { transport, queue: new Queue(maxConnections), gates, maxAnswerBytes };
    return network;
  }

  return {
    open: () => network ?? (loaded ? build(loaded) : loadPlatform().then(build)),
    hash: () => loaded?.hash,
    close: () => network?.transport.close(),
  };
}

let loaded: Platform | undefined;

/** Loads what the runtime has for the network, once for all clients. */
export async function loadPlatform(): Promise<Platform> {
  const { platform } = await import("#platform");
  connectChannels(platform.openChannel);
  connectContexts(platform.captureContext);
  loaded = platform;
  return platform;
}

interface TransportOptions {
  readonly fetch: NetworkFetch | undefined;
  readonly agent: object | undefined;
  readonly maxConnections: number;
}

/** The transport of the runtime's own, unless the options say another. */
export function chooseTransport(
  { createTransport }: Platform,
  { fetch, agent, maxConnections }: TransportOptions,
): Transport {
  if (fetch) return createFetchTransport(fetch);
  if (createTransport) return createTransport({ agent, maxConnections });
  if (agent)
    throw new InvalidArgumentError("agent goes with node:http, by which this client sends on Node, Bun and Deno only.");
  return createFetchTransport((url, init) => globalThis.fetch(url, init));
}
