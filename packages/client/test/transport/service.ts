import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { generate } from "selfsigned";
import { onTestFinished } from "vitest";
import { type AtlasClient, type ClientOptions, createClient, serviceAccount } from "../../src/index.js";

export const groupId = "32b6e34b3d91647abb20e7b8";
export const connectionId = "32b6e34b3d91647abb20e7b9";
const tokenPath = "/api/oauth/token";

/** What the service answers, when it is honest. */
export const connection = { _id: connectionId, provider: "AWS", vendor: "MSK", state: "DONE" };

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A service on this machine, whose API answers as the test has it; its tokens are honest. */
export interface Service {
  readonly url: string;
  readonly port: number;
  /** The requests of the API that have arrived whole. */
  readonly arrived: readonly IncomingMessage[];
  readonly server: Server;
  /** The authority that has signed the certificate of a TLS service. */
  readonly ca: string | undefined;
}

export interface ServiceOptions {
  readonly api?: Behaviour;
  readonly token?: Behaviour;
  readonly revoke?: Behaviour;
  /** Whose name stands in the certificate. Without it the service speaks plain HTTP. */
  readonly certificateOf?: string;
}

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const arrived: IncomingMessage[] = [];
  const { api = answerJson(connection), token = answerToken, revoke = answerJson({}) } = options;
  const listener: Behaviour = (request, response) => {
    request.resume().on("end", () => {
      if (request.url === tokenPath) return token(request, response);
      if (request.url?.startsWith("/api/oauth/")) return revoke(request, response);
      arrived.push(request);
      api(request, response);
    });
  };
  const certificate = options.certificateOf ? await certify(options.certificateOf) : undefined;
  const server = certificate
    ? createSecureServer({ key: certificate.private, cert: certificate.cert }, listener)
    : createServer(listener);
  const port = await listen(server);
  const url = `${certificate ? "https" : "http"}://localhost:${port}`;
  return { url, port, arrived, server, ca: certificate?.cert };
}

/** Listens on this machine until the test has finished. */
export async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    if ("closeAllConnections" in server) (server as Server).closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A certificate that vouches for itself. */
function certify(name: string): Promise<{ private: string; cert: string }> {
  const extensions = [
    { name: "basicConstraints", cA: true },
    { name: "subjectAltName", altNames: [{ type: 2, value: name }] },
  ] as never;
  return generate([{ name: "commonName", value: name }], { extensions, keySize: 2048, algorithm: "sha256" });
}

export function answerJson(body: unknown): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
}

let issued = 0;
const answerToken: Behaviour = (request, response) =>
  answerJson({ access_token: `eyJ0b2tlbg.${++issued}.c2lnbmF0dXJl`, expires_in: 3600, token_type: "Bearer" })(
    request,
    response,
  );

/** A client of it. */
export function connect(baseUrl: string, options: ClientOptions = {}): AtlasClient {
  const auth = serviceAccount({
    clientId: "mdb_sa_id_0123456789abcdef01234567",
    clientSecret: "mdb_sa_sk_tell-nobody-1",
  });
  return createClient({ baseUrl, auth, retry: { baseDelayMs: 1, maxDelayMs: 4 }, ...options });
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const [outcome] = await Promise.allSettled([promise]);
  if (outcome.status === "rejected") return outcome.reason;
  throw new Error(`It resolved with ${JSON.stringify(outcome.value)}.`);
}
