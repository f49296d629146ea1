import { type IncomingMessage, STATUS_CODES } from "node:http";
import { InvalidInputError } from "../check/checks.js";
import type { Arrival } from "../server.js";
import { send, type Wire } from "../wire.js";

/** What a path does, by method: gets the JSON of the body, gives what is answered as JSON, nothing for 204. */
export type Actions = Readonly<Record<string, (body: unknown) => unknown>>;

export interface ControlParts {
  /** By the name after the prefix. */
  readonly actions: Readonly<Record<string, Actions>>;
  /** What the prefix alone answers with, beside the list of paths. */
  readonly about: () => object;
  /** Whether pages in a browser may, too. */
  readonly isForPages: boolean;
}

/** A way in for other processes that cannot meet the API, whose paths begin with `/api/`. */
export const controlPrefix = "/_mock/";

/** A saved state may be long. */
export const longestControl = 64 * 2 ** 20;

export function isControl({ url = "" }: IncomingMessage): boolean {
  return `${url.replace(/\?.*/, "")}/`.startsWith(controlPrefix);
}

/** Serves the control path. Nothing of it is among the requests, meets a fault or counts for a limit. */
export function createControl({ actions, about, isForPages }: ControlParts): (arrival: Arrival) => Promise<void> {
  const paths = Object.entries(actions).flatMap(([name, methods]) =>
    Object.keys(methods).map((method) => `${method} ${controlPrefix}${name}`),
  );

  async function answer({ incoming, text }: Arrival): Promise<Wire> {
    if (!isForPages && incoming.headers.origin !== undefined)
      return refusal(403, "Pages in a browser control the mock only if it was started with cors.");
    const name = (incoming.url ?? "").replace(/\?.*/, "").slice(controlPrefix.length);
    const method = incoming.method ?? "GET";
    if (name === "" && method === "GET") return json(200, { ...about(), paths });
    const found = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!found) return refusal(404, `There is no ${controlPrefix}${name}; there are: ${paths.join(", ")}.`);
    const action = Object.hasOwn(found, method) ? found[method] : undefined;
    const allow = Object.keys(found).join(", ");
    if (!action) return refusal(405, `${controlPrefix}${name} takes ${allow}.`, { allow });
    const result = await action(text ? JSON.parse(text) : undefined);
    return result === undefined ? { status: 204, headers: {}, bytes: Buffer.alloc(0) } : json(200, result);
  }

  return async (arrival) => {
    const { response, text } = arrival;
    if (text === undefined) return send(response, refusal(413, `A body has at most ${longestControl} bytes.`));
    send(response, await answer(arrival).catch(complain));
  };
}

function complain(error: unknown): Wire {
  if (error instanceof InvalidInputError) return refusal(400, error.message);
  if (error instanceof SyntaxError) return refusal(400, `The body is not JSON: ${error.message}`);
  throw error;
}

function refusal(status: number, detail: string, headers: Wire["headers"] = {}): Wire {
  const body = { error: status, errorCode: "MOCK_CONTROL", reason: STATUS_CODES[status], detail, parameters: [] };
  return json(status, body, headers);
}

function json(status: number, value: unknown, headers: Wire["headers"] = {}): Wire {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  return {
    status,
    headers: { "content-type": "application/json", "content-length": String(bytes.length), ...headers },
    bytes,
  };
}
