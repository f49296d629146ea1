import { getGroupStreamPrivateLinkConnection as operation } from "@atlas-streams/types";
import { digest } from "../../src/auth/digest.js";
import { systemClock } from "../../src/call/clock.js";
import type { Fetch } from "../../src/call/layer.js";
import { keys } from "./digest-server.js";

/** The network as the client's attempt gives it: the answer is whole when it comes. */
async function wholeFetch(request: Request): Promise<Response> {
  const response = await fetch(request);
  const { status, statusText, headers } = response;
  return new Response((await response.text()) || null, { status, statusText, headers });
}

/** The digest layer by itself on a real network. */
export function startDigestClient(url: string, options: { keys?: typeof keys; network?: Fetch } = {}) {
  const { network = wholeFetch } = options;
  const unused = () => Promise.reject(new Error("Digest sends nothing of its own."));
  const { authorize } = digest(options.keys ?? keys)({ baseUrl: url, clock: systemClock, send: unused });
  const client = {
    /** How many requests have gone out. */
    sent: 0,
    call(path = "/", init?: RequestInit) {
      const signal = init?.signal ?? new AbortController().signal;
      return authorize({ operation, signal })(count)(new Request(new URL(path, url), init));
    },
    /** Calls that run at the same time; their statuses. */
    async parallel(calls: number, init?: RequestInit) {
      const answers = await Promise.all(Array.from({ length: calls }, (_, index) => client.call(`/${index}`, init)));
      return [...new Set(answers.map(({ status }) => status))];
    },
  };
  const count: Fetch = (request) => {
    client.sent++;
    return network(request);
  };
  return client;
}
