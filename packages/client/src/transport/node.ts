import http from "node:http";
import type https from "node:https";
import type { Socket } from "node:net";
import type { AnswerHeaders, PlainRequest } from "../call/layer.js";
import { type Address, Addresses } from "./address.js";
import { decode } from "./content-coding.js";
import type { Exchange, Transport, WireAnswer } from "./transport.js";

/** What a Node transport is made of. */
export interface NodeTransportOptions {
  /** A Node agent of the caller's own, such as one for a proxy. */
  readonly agent: object | undefined;
  /** How many connections are kept open when nobody uses them. */
  readonly maxConnections: number;
}

/** Less than servers and what stands before them keep an idle connection, so that few are met half-closed. */
const longestIdleMs = 4000;

interface Door {
  readonly request: typeof http.request;
  readonly agent: http.Agent;
  /** Opens a connection for each request: the one that was idle may be dead, and a write must not be sent to find out. */
  readonly fresh: http.Agent;
}

/** A socket that may be one of TLS; `secureConnecting` is Node's, though its declarations leave it out. */
interface OpeningSocket extends Socket {
  readonly encrypted?: boolean;
  readonly secureConnecting?: boolean;
}

/** Sends by `node:http` and `node:https`, over connections that are kept open. */
export function createNodeTransport({ agent, maxConnections }: NodeTransportOptions): Transport {
  const options = { keepAlive: true, maxFreeSockets: maxConnections, timeout: longestIdleMs };
  const addresses = new Addresses();
  const doors = new Map<string, Promise<Door> | Door>();

  async function openDoor(protocol: string): Promise<Door> {
    // TLS is loaded when it is needed: it takes three times as long as plain http.
    const module = protocol === "https:" ? (await import("node:https")).default : http;
    const given = agent as http.Agent | undefined;
    const door = {
      request: module.request,
      agent: given ?? new module.Agent(options),
      fresh: given ?? new module.Agent({ keepAlive: false }),
    };
    doors.set(protocol, door);
    return door;
  }

  function doorOf(protocol: string): Promise<Door> | Door {
    const known = doors.get(protocol) ?? openDoor(protocol);
    if (!doors.has(protocol)) doors.set(protocol, known);
    return known;
  }

  return {
    tellsWhatLeft: true,
    async send(request, exchange) {
      const address = addresses.of(request.url);
      const known = doorOf(address.protocol);
      const door = "then" in known ? await known : known;
      exchange.throwIfEnded();
      return sendBy(door, address, request, exchange);
    },
    close() {
      if (agent) return;
      for (const door of doors.values()) if (!("then" in door)) closeIdle(door.agent);
    },
  };
}

function closeIdle({ freeSockets = {} }: Partial<http.Agent>): void {
  for (const sockets of Object.values(freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

function sendBy(
  { request: open, agent, fresh }: Door,
  address: Address,
  { method, headers, body }: PlainRequest,
  exchange: Exchange,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = open({
      ...address,
      method,
      headers: { ...headers, "accept-encoding": "gzip, deflate, br" },
      agent: exchange.isRepeatable ? agent : fresh,
      joinDuplicateHeaders: true,
    } as https.RequestOptions);
    exchange.onEnd(() => outgoing.destroy());
    outgoing.on("socket", (socket) => watchLeaving(socket as OpeningSocket, address.protocol === "https:", exchange));
    let answer: http.IncomingMessage | undefined;
    outgoing.on("error", (error) => {
      if (answer?.complete) return; // what comes after a whole answer is no part of it
      // Where one idle connection was dead the others are too, as after a machine has slept: a repetition opens a new one.
      if (outgoing.reusedSocket) closeIdle(agent);
      reject(error);
    });
    outgoing.on("response", (incoming) => {
      answer = incoming;
      exchange.answered(incoming.statusCode ?? 0);
      readAnswer(incoming, exchange).then(resolve, (error) => {
        outgoing.destroy();
        reject(error);
      });
    });
    // A server that changes the protocol gives no answer that could be read.
    outgoing.on("upgrade", (incoming, socket) => {
      socket.destroy();
      exchange.answered(incoming.statusCode ?? 0);
      resolve({ status: 101, statusText: "", headers: new NodeHeaders({}), bytes: nothing });
    });
    outgoing.end(body);
  });
}

/** Tells when the request's first byte may leave: not before the connection stands, TLS included. */
function watchLeaving(socket: OpeningSocket, isSecure: boolean, exchange: Exchange): void {
  // An agent plays back what a proxy said instead of connecting: on a socket that cannot be written to.
  if (isSecure && !socket.encrypted && !socket.writable) return;
  if (socket.destroyed) return; // Deno has not allowed it
  const isOpening = socket.encrypted ? socket.secureConnecting : socket.connecting;
  if (isOpening) socket.once(socket.encrypted ? "secureConnect" : "connect", () => exchange.left());
  else exchange.left();
}

async function readAnswer(incoming: http.IncomingMessage, exchange: Exchange): Promise<WireAnswer> {
  const { statusCode: status = 0, statusMessage: statusText = "" } = incoming;
  const headers = new NodeHeaders(incoming.headers);
  const body = await readBytes(incoming, exchange);
  const bytes = status === 205 ? nothing : await decode(body, headers.get("content-encoding"), exchange);
  return { status, statusText, headers, bytes };
}

/** A 205 has no content (RFC 9110, section 15.3.6); unlike a 204, Node reads what follows it all the same. */
const nothing = new Uint8Array();

function readBytes(incoming: http.IncomingMessage, exchange: Exchange): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > exchange.maxAnswerBytes) reject(exchange.tooLarge());
    });
    incoming.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.on("error", reject);
  });
}

/** Node gives headers by their names, one of them as a list: that of cookies, which may not be joined by commas. Nobody here reads it. */
class NodeHeaders implements AnswerHeaders {
  readonly #headers: http.IncomingHttpHeaders;

  constructor(headers: http.IncomingHttpHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name];
    return value === undefined ? null : String(value);
  }

  *[Symbol.iterator](): Iterator<[string, string]> {
    for (const name of Object.keys(this.#headers)) yield [name, String(this.#headers[name])];
  }
}
