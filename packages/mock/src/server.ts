import type { IncomingMessage, ServerResponse } from "node:http";
import { isControl, longestControl } from "./control/control.js";
import type { ListenOptions } from "./listening/listen-options.js";
import { type Listening, listenOn } from "./listening/listening.js";

/** A request as node:http has it, and its body. */
export interface Arrival {
  readonly incoming: IncomingMessage;
  /** Nothing, if it was too long. */
  readonly text: string | undefined;
  readonly response: ServerResponse;
}

/** A body of more bytes is refused; the longest that the description allows are far shorter. */
export const longestBody = 2 ** 20;

/** Listens, and has the body of each request read before it is served. */
export function listen(
  options: ListenOptions,
  exposed: readonly string[] | undefined,
  serve: (arrival: Arrival) => Promise<void>,
): Promise<Listening> {
  return listenOn(options, {
    exposed,
    onRequest(incoming, response) {
      readText(incoming, isControl(incoming) ? longestControl : longestBody)
        .then((text) => serve({ incoming, text, response }))
        .catch(() => response.destroy());
    },
  });
}

/** The text of a body. What is too long is read, so that its sender gets to hear it, but not kept. */
async function readText(incoming: IncomingMessage, longest: number): Promise<string | undefined> {
  // Reads have none, and are what a mock is asked for most.
  if (incoming.headers["content-length"] === undefined && incoming.headers["transfer-encoding"] === undefined) {
    incoming.resume();
    return "";
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).length;
    if (length <= longest) chunks.push(chunk as Buffer);
    else chunks.length = 0;
  }
  return length <= longest ? Buffer.concat(chunks).toString() : undefined;
}
