import type { Clock } from "./clock.js";
import type { MockRequest } from "./exchange.js";
import type { Arrival } from "./server.js";

/** A request that may still learn its operation and its status. */
export type LoggedRequest = MockRequest & { operationId?: string; status?: number };

export interface RequestLog {
  readonly requests: readonly MockRequest[];
  add(arrival: Arrival): LoggedRequest;
  clear(): void;
}

/** Keeps so many requests; the oldest go first. */
export function createRequestLog(clock: Clock, keep = Number.POSITIVE_INFINITY): RequestLog {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    clear() {
      requests.length = 0;
    },
    add({ incoming, text }) {
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(", ") : (value ?? ""),
        ]),
      );
      const request: LoggedRequest = {
        method: incoming.method ?? "GET",
        path: incoming.url ?? "/",
        headers,
        ...(text !== undefined && text !== "" && { body: parsed(text, headers["content-type"] ?? "") }),
        at: clock.now(),
      };
      requests.push(request);
      if (requests.length > keep) requests.shift();
      return request;
    },
  };
}

/** JSON that is none stays text: the description's check then says what was wanted. */
function parsed(text: string, contentType: string): unknown {
  if (!/\bjson\b/i.test(contentType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
