import { once } from "node:events";
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Clock } from "./clock.js";
import type { Answer } from "./exchange.js";
import { indented } from "./json.js";

/** An answer as it goes out. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly bytes: Uint8Array;
}

export function wireOf({ status, headers, body, isIndented = false }: Answer): Wire {
  const bytes = Buffer.from(textOf(body, headers["content-type"], isIndented));
  return { status, headers: { "content-length": String(bytes.length), ...headers }, bytes };
}

/** What is no JSON goes out as it is. */
function textOf(body: unknown, contentType = "application/json", isIndented = false): string {
  if (body === undefined) return "";
  if (typeof body === "string" && !/[/+]json\b/i.test(contentType)) return body;
  return isIndented ? indented(body) : JSON.stringify(body);
}

/** What is to become of a request. */
export interface Outcome {
  /** The status that goes out, if one does. */
  readonly status: number | undefined;
  /** Lets it happen. */
  carryOut(): Promise<void> | void;
}

export function sending(response: ServerResponse, wire: Wire): Outcome {
  return { status: wire.status, carryOut: () => send(response, wire) };
}

/** Sends all of it. */
export function send(response: ServerResponse, { status, headers, bytes }: Wire): void {
  response.writeHead(status, mutable(headers)).end(bytes);
}

/** The date is the mock's; Node's own would be the machine's. */
export function dated({ headers, ...wire }: Wire, clock: Clock): Wire {
  return { ...wire, headers: { date: new Date(clock.now()).toUTCString(), ...headers } };
}

/** Headers and half of the body; done when they are with the operating system, so that a reset cannot overtake them. */
export async function sendHalf(response: ServerResponse, { status, headers, bytes }: Wire): Promise<void> {
  response.writeHead(status, mutable(headers)).flushHeaders();
  const written = new Promise<void>((resolve) => response.write(firstHalf(bytes), () => resolve()));
  await Promise.race([written, once(response, "close")]);
}

/** Node's own type does not say that it leaves the lists alone. */
function mutable(headers: Wire["headers"]): OutgoingHttpHeaders {
  return headers as Record<string, string | string[]>;
}

export function firstHalf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

export function secondHalf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(Math.floor(bytes.length / 2));
}
