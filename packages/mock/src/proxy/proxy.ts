import type { IHttpRequest } from "@stoplight/prism-http";
import { systemClock } from "../clock.js";
import { type Answer, type Call, urlOf } from "../exchange.js";
import { matcher } from "../operations.js";
import { inputOf, prismConfig, queryOf, prism as startPrism } from "../prism.js";
import { narrowed } from "../request-kinds.js";
import { createRequestLog, type LoggedRequest } from "../request-log.js";
import { close, listen, whereIs } from "../server.js";
import { send, wireOf } from "../wire.js";
import type { Deviation } from "./deviation.js";
import { inAnswer, inRequest } from "./find-deviations.js";

export interface ProxyOptions {
  /** The service to watch: `https://cloud.mongodb.com`. */
  readonly upstream: string;
  /**
   * The port on 127.0.0.1; 0 takes a free one.
   *
   * @default 0
   */
  readonly port?: number;
  /** Told of every request and answer that is not as the description says. */
  readonly onDeviation: (deviation: Deviation) => void;
}

/** A proxy that runs. */
export interface RunningProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** Headers that belong to one connection, or to a body that is written anew. */
const ofConnection = [
  "connection",
  "content-length",
  "transfer-encoding",
  "expect",
  "keep-alive",
  "content-encoding",
  "host",
];

/**
 * Forwards requests to the service, credentials and all, and tells where it differs from the description.
 *
 * @example
 * ```ts
 * const proxy = await startProxy({
 *   upstream: "https://cloud.mongodb.com",
 *   onDeviation: ({ operation, where, what }) => console.log(operation, where, what),
 * });
 * await proxy.stop();
 * ```
 */
export async function startProxy({ upstream, port = 0, onDeviation }: ProxyOptions): Promise<RunningProxy> {
  const [library, prism] = await Promise.all([import("../prism-library.js"), startPrism()]);
  const find = matcher(prism.operations);
  const log = createRequestLog(systemClock, 0);
  const forwarding = library.createInstance(
    { ...prismConfig, isProxy: true, upstream: new URL(upstream) },
    { logger: library.createLogger("prism", { enabled: false }) },
  );

  async function forward(request: LoggedRequest): Promise<Answer> {
    const url = urlOf(request);
    const match = find(request.method, url.pathname);
    const call: Call | undefined =
      "operation" in match ? narrowed({ ...match, query: url.searchParams, request, origin: upstream }) : undefined;
    const bare = {
      method: request.method.toLowerCase(),
      url: { path: url.pathname, query: queryOf(url.searchParams) },
    };
    const input = {
      ...(call ? inputOf(call) : bare),
      body: request.body,
      headers: forwarded(request.headers),
    } as IHttpRequest;
    const result = await forwarding.request(input, call ? [call.operation] : [])();
    if (result._tag === "Left") return unreachable(result.left);
    const { output, validations } = result.right;
    for (const deviation of inRequest(request, call, validations.input)) onDeviation(deviation);
    if (call) for (const deviation of inAnswer(call, output, validations.output)) onDeviation(deviation);
    return { status: output.statusCode, headers: without(output.headers ?? {}, ofConnection), body: output.body };
  }

  const server = await listen(port, async (arrival) => {
    send(arrival.response, wireOf(await forward(log.add(arrival))));
  });
  return { url: whereIs(server), stop: () => close(server) };
}

function forwarded(headers: LoggedRequest["headers"]): Record<string, string> {
  return { ...without(headers, ofConnection), "accept-encoding": "identity" };
}

function without(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}

function unreachable(error: Error): Answer {
  const body = {
    error: 502,
    errorCode: "PROXY_CANNOT_ANSWER",
    reason: "Bad Gateway",
    detail: error.message,
    parameters: [],
  };
  return { status: 502, headers: { "content-type": "application/json" }, body };
}
