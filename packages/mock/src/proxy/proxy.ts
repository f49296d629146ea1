import type { IncomingMessage, ServerResponse } from "node:http";
import type { ListenOptions } from "../listening/listen-options.js";
import { listenOn } from "../listening/listening.js";
import { prism as startPrism } from "../prism.js";
import { send, wireOf } from "../wire.js";
import { createCheck, joined } from "./check.js";
import { startCopy } from "./copy.js";
import type { Deviation } from "./deviation.js";
import { forward } from "./forward.js";
import { upstreamOf } from "./upstream.js";

/** What `startProxy` takes. */
export interface ProxyOptions extends ListenOptions {
  /** The service to watch: `https://cloud.mongodb.com`, or `http` on this machine. */
  readonly upstream: string;
  /** Told of every request and answer that is not as the description says, before the end of the answer goes out. */
  readonly onDeviation: (deviation: Deviation) => void;
}

/** A proxy that runs. */
export interface RunningProxy {
  /** Where it is: `http://127.0.0.1:PORT`, or `https` with `tls`. */
  readonly url: string;
  /** The authority behind its certificate, in PEM; absent without `tls`. */
  readonly ca?: string;
  /** Ends it at once, with every connection that is open. */
  stop(): Promise<void>;
}

/**
 * Forwards requests to the service, credentials and all, and tells where it differs from the description. The bytes pass
 * as they are, in both directions; what is looked at is a copy. Redirects are handed on, not followed.
 *
 * @throws TypeError that says what is wrong with the options, for instance that the service is one where credentials would travel in the clear
 * @example
 * ```ts
 * const proxy = await startProxy({
 *   upstream: "https://cloud.mongodb.com",
 *   onDeviation: ({ operation, where, what }) => console.log(operation, where, what),
 * });
 * await proxy.stop();
 * ```
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const prism = await startPrism();
  prism.checks.proxy(options);
  const { onDeviation, ...where } = options;
  const upstream = upstreamOf(options.upstream);
  const check = await createCheck(prism, upstream);

  async function exchange(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const [sent, received] = [startCopy(), startCopy()];
    const { method = "GET", url: path = "/" } = incoming;
    const request = { method, path, headers: joined(incoming.headers), at: Date.now() };
    try {
      await forward(incoming, response, upstream, {
        onRequestBytes: sent.add,
        onAnswerBytes: received.add,
        async onAnswerEnd(answer) {
          const deviations = await check({ request, sent, answer, received });
          // What a callback throws is its owner's to hear, and no failure of the network.
          for (const deviation of deviations) queueMicrotask(() => onDeviation(deviation));
        },
      });
    } catch (error) {
      // What has begun can only be broken off, as it was for us.
      if (response.headersSent) response.destroy();
      else send(response, wireOf(unreachable(error as NodeJS.ErrnoException)));
    }
  }

  const onRequest = (incoming: IncomingMessage, response: ServerResponse) => void exchange(incoming, response);
  const { close, ...running } = await listenOn(where, { onRequest });
  return { ...running, stop: close };
}

function unreachable({ code, message }: NodeJS.ErrnoException) {
  const body = {
    error: 502,
    errorCode: "PROXY_CANNOT_ANSWER",
    reason: "Bad Gateway",
    detail: `The service gave no answer: ${message || code}.`,
    parameters: [],
  };
  return { status: 502, headers: { "content-type": "application/json" }, body };
}
