import { getGroupStreamPrivateLinkConnection as operation } from "@atlas-streams/types";
import { digest } from "../../src/auth/digest.js";
import { systemClock } from "../../src/call/clock.js";
import { Identity } from "../../src/call/identity.js";
import type { Answer, PlainRequest, Send } from "../../src/call/layer.js";
import { platform } from "../../src/platform/node.js";
import { createNodeTransport } from "../../src/transport/node.js";
import { keys } from "./digest-server.js";

const transport = createNodeTransport({ agent: undefined, maxConnections: 100 });

/** The network without limits of time and size: the answer is whole when it comes. */
export async function send(request: PlainRequest, signal = new AbortController().signal): Promise<Answer> {
  const { status, statusText, headers, bytes } = await transport
    .send(request, {
      signal,
      isRepeatable: true,
      maxAnswerBytes: Number.MAX_SAFE_INTEGER,
      onEnd: (callback) => signal.addEventListener("abort", callback),
      throwIfEnded() {},
      left() {},
      answered() {},
      unexpected: (complaint) => new Error(complaint),
      tooLarge: () => new Error("too large"),
    })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  return { status, statusText, headers, bytes, text: new TextDecoder().decode(bytes) };
}

/** What a call may say of its request. */
interface Init {
  readonly method?: string;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** The digest layer by itself on a real network. */
export function startDigestClient(url: string, options: { keys?: typeof keys; network?: typeof send } = {}) {
  const { network = send } = options;
  const unused = () => Promise.reject(new Error("Digest sends nothing of its own."));
  const { authorize } = digest(options.keys ?? keys)({
    baseUrl: url,
    client: new Identity(),
    clock: systemClock,
    hash: () => platform.hash,
    send: unused,
  });
  const client = {
    /** How many requests have gone out. */
    sent: 0,
    call(path = "/", init: Init = {}) {
      const { method = "GET", body, signal = new AbortController().signal } = init;
      return authorize({ operation, signal })(count(signal))({
        method,
        url: new URL(path, url).href,
        headers: {},
        body,
      });
    },
    /** Calls that run at the same time; their statuses. */
    async parallel(calls: number, init: Init = {}) {
      const answers = await Promise.all(Array.from({ length: calls }, (_, index) => client.call(`/${index}`, init)));
      return [...new Set(answers.map(({ status }) => status))];
    },
  };
  const count =
    (signal: AbortSignal): Send =>
    (request) => {
      client.sent++;
      return network(request, signal);
    };
  return client;
}
