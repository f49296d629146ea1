import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Answer } from "./exchange.js";

/** An answer as it goes out. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

export function wireOf({ status, headers, body }: Answer): Wire {
  const bytes = Buffer.from(body === undefined ? "" : JSON.stringify(body));
  return { status, headers: { "content-length": String(bytes.length), ...headers }, bytes };
}

/** Sends all of it. Gives the status. */
export function send(response: ServerResponse, { status, headers, bytes }: Wire): number {
  response.writeHead(status, headers).end(bytes);
  return status;
}

/** Headers and half of the body; done when they are with the operating system, so that a reset cannot overtake them. */
export async function sendHalf(response: ServerResponse, { status, headers, bytes }: Wire): Promise<void> {
  response.writeHead(status, headers).flushHeaders();
  const written = new Promise<void>((resolve) => response.write(firstHalf(bytes), () => resolve()));
  await Promise.race([written, once(response, "close")]);
}

export function firstHalf(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

export function secondHalf(bytes: Buffer): Buffer {
  return bytes.subarray(Math.floor(bytes.length / 2));
}
