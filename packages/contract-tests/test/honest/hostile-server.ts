import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Server } from "./clients.js";

/** A request that has arrived whole, and the ways to answer it. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly socket: Socket;
  /** Answers as HTTP wants it. */
  answer(status: number, body?: unknown, headers?: OutgoingHttpHeaders): void;
  /** Writes bytes to the connection as they are, and ends it. */
  bytes(...parts: readonly (string | Uint8Array)[]): void;
}

type Behaviour = (request: HostileRequest) => void | Promise<void>;

/** How the server treats what it is asked. */
export interface Behaviours {
  /** The API, for whoever has logged in. */
  readonly api?: Behaviour;
  readonly token?: Behaviour;
  readonly revoke?: Behaviour;
  /** The API, for whoever shows no `Authorization`. */
  readonly stranger?: Behaviour;
}

/** A server for what the mock cannot say: bytes that are no HTTP, and login endpoints that mean ill. */
export interface HostileServer extends Server {
  /** Everything that arrived, in order. */
  readonly requests: readonly HostileRequest[];
  /** Those of the API that had an `Authorization`. */
  readonly calls: readonly HostileRequest[];
  readonly tokenRequests: readonly HostileRequest[];
  /** From now on; what is left out is as an honest service has it. */
  behave(behaviours: Behaviours): void;
  stop(): Promise<void>;
}

export const tokenPath = "/api/oauth/token";
const revokePath = "/api/oauth/revoke";

/** A challenge in Atlas' words. */
export const challenge =
  'Digest realm="MMS Public API", domain="", nonce="kWVA9Ciu7lNaN5QdjPe8kxPMReVjbt+B", algorithm=MD5, qop="auth", stale=false';

export const credentials: Server["credentials"] = {
  digest: { publicKey: "hostileuser", privateKey: "5ec4e7b0-0000-4000-8000-00005ec4e7b0" },
  serviceAccount: {
    clientId: "mdb_sa_id_0123456789abcdef01234567",
    clientSecret: "mdb_sa_sk_tell-nobody_about-this-1",
  },
};

export async function startHostileServer(first: Behaviours = {}): Promise<HostileServer> {
  const requests: HostileRequest[] = [];
  let behaviours = first;
  let issued = 0;

  const honest: Required<Behaviours> = {
    api: ({ answer }) => answer(200, { _id: "32b6e34b3d91647abb20e7b8", provider: "AWS", state: "DONE", results: [] }),
    token: ({ answer }) =>
      answer(200, { access_token: `eyJ0b2tlbg.${++issued}.c2lnbmF0dXJl`, expires_in: 3600, token_type: "Bearer" }),
    revoke: ({ answer }) => answer(200),
    stranger: ({ answer }) => answer(401, undefined, { "www-authenticate": challenge }),
  };

  function roleOf({ path, headers }: HostileRequest): keyof Behaviours {
    if (path.startsWith(tokenPath)) return "token";
    if (path.startsWith(revokePath)) return "revoke";
    return headers.authorization ? "api" : "stranger";
  }

  const server = createServer(async (incoming, response) => {
    const { method = "", url: path = "", headers, socket } = incoming;
    const request: HostileRequest = {
      method,
      path,
      headers,
      socket,
      body: await text(incoming),
      answer(status, body, answerHeaders = {}) {
        const isText = typeof body === "string" || body === undefined;
        response.writeHead(status, {
          ...(!isText && { "content-type": "application/json" }),
          ...answerHeaders,
        });
        response.end(isText ? body : JSON.stringify(body));
      },
      bytes(...parts) {
        for (const part of parts) socket.write(part);
        socket.end();
      },
    };
    requests.push(request);
    const role = roleOf(request);
    await (behaviours[role] ?? honest[role])(request);
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials,
    requests,
    get calls() {
      return requests.filter((request) => roleOf(request) === "api");
    },
    get tokenRequests() {
      return requests.filter((request) => roleOf(request) === "token");
    },
    behave(next) {
      behaviours = next;
      requests.length = 0;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
