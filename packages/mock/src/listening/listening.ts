import { createServer, type RequestListener, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, isIPv6 } from "node:net";
import { printable } from "../printable.js";
import { certificateFor } from "./certificate.js";
import { crossOrigin } from "./cors.js";
import type { ListenOptions } from "./listen-options.js";
import { loopbackNames, ownNames } from "./own-names.js";

/** A server that runs. */
export interface Listening {
  readonly url: string;
  /** The authority behind its certificate, in PEM; absent without `tls`. */
  readonly ca?: string;
  /** Ends it at once: whoever keeps a connection open does not keep it. */
  close(): Promise<void>;
}

export interface Listener {
  readonly onRequest: RequestListener;
  /** The headers that pages of other origins may read; without, they read nothing. */
  readonly exposed?: readonly string[] | undefined;
}

/** Node's own list ends the handshake of a client that offers HTTP/1.0 alone, which it could serve. */
const protocols = ["http/1.1", "http/1.0"];

/** @throws if the port is taken, or the host is none of this machine */
export async function listenOn(
  { port = 0, host = "127.0.0.1", names = [], tls = false }: ListenOptions,
  { onRequest, exposed }: Listener,
): Promise<Listening> {
  const isOwn = ownNames(host, names);
  const preflight = exposed && crossOrigin(exposed);
  const certificate = tls
    ? await certificateFor([...new Set([...loopbackNames, ...(isEverywhere(host) ? [] : [host]), ...names])])
    : undefined;
  const listener: RequestListener = (incoming, response) => {
    if (!isOwn(incoming.headers.host)) return refuseHost(incoming.headers.host, response);
    if (!preflight?.(incoming, response)) onRequest(incoming, response);
  };
  const server = certificate
    ? createSecureServer({ key: certificate.key, cert: certificate.cert, ALPNProtocols: protocols }, listener)
    : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `${certificate ? "https" : "http"}://${shown(host)}:${(server.address() as AddressInfo).port}`,
    ...(certificate && { ca: certificate.ca }),
    close: () => close(server),
  };
}

function isEverywhere(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function shown(host: string): string {
  if (isEverywhere(host)) return "127.0.0.1";
  return isIPv6(host) ? `[${host}]` : host;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

function refuseHost(host: string | undefined, response: ServerResponse): void {
  const detail = `This mock is not called ${printable(host ?? "", 100)}. If it is, say so: --name NAME, or the option names.`;
  const body = { error: 421, errorCode: "MOCK_MISDIRECTED", reason: STATUS_CODES[421], detail, parameters: [] };
  response.writeHead(421, { "content-type": "application/json" }).end(JSON.stringify(body));
}
