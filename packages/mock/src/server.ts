import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as node:http has it, and its body. */
export interface Arrival {
  readonly incoming: IncomingMessage;
  /** Nothing, if it was too long. */
  readonly text: string | undefined;
  readonly response: ServerResponse;
}

/** A body of more bytes is refused; the longest that the description allows are far shorter. */
export const longestBody = 2 ** 20;

export function listen(port: number, serve: (arrival: Arrival) => Promise<void>): Promise<Server> {
  return listenFor(port, (incoming, response) => {
    readText(incoming)
      .then((text) => serve({ incoming, text, response }))
      .catch(() => response.destroy());
  });
}

/** Listens on loopback only. */
export async function listenFor(port: number, onRequest: RequestListener): Promise<Server> {
  const server = createServer(onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

export function whereIs(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ends at once: whoever keeps a connection open does not keep the mock. */
export async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

/** The text of a body. What is too long is read, so that its sender gets to hear it, but not kept. */
async function readText(incoming: IncomingMessage): Promise<string | undefined> {
  // Reads have none, and are what a mock is asked for most.
  if (incoming.headers["content-length"] === undefined && incoming.headers["transfer-encoding"] === undefined) {
    incoming.resume();
    return "";
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).length;
    if (length <= longestBody) chunks.push(chunk as Buffer);
    else chunks.length = 0;
  }
  return length <= longestBody ? Buffer.concat(chunks).toString() : undefined;
}
