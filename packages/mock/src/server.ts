import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as node:http has it, and its body. */
export interface Arrival {
  readonly incoming: IncomingMessage;
  readonly text: string;
  readonly response: ServerResponse;
}

/** Listens on loopback only. */
export async function listen(port: number, serve: (arrival: Arrival) => Promise<void>): Promise<Server> {
  const server = createServer((incoming, response) => {
    readText(incoming)
      .then((text) => serve({ incoming, text, response }))
      .catch(() => response.destroy());
  });
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

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
