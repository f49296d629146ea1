import { Agent } from "node:https";
import { createServer, connect as open, type Socket } from "node:net";
import { HttpsProxyAgent } from "https-proxy-agent";
import { describe, expect, onTestFinished, test } from "vitest";
import { type AtlasClient, type ClientOptions, ConnectionError, digest, TimeoutError } from "../../src/index.js";
import { type Behaviour, connect, groupId, listen, rejection, type Service, startService } from "./service.js";

const body = {
  provider: "AWS",
  vendor: "MSK",
  arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/0123abcd",
} as const;
const create = (atlas: AtlasClient, options = {}) => atlas.privateLinkConnections.create({ groupId, body }, options);

/** Digest sends nothing of its own first, so that the create is what meets the network. */
const auth = digest({ publicKey: "abcdefgh", privateKey: "5ec4e7b0-0000-4000-8000-00005ec4e7b0" });

/** Counts how often somebody has tried to connect, and treats the connection as told. */
async function startPort(treat: (socket: Socket) => void) {
  let tries = 0;
  const server = createServer((socket) => {
    tries++;
    socket.on("error", () => {});
    treat(socket);
  });
  const port = await listen(server);
  return { port, tries: () => tries };
}

interface Story {
  readonly baseUrl: string;
  readonly options?: ClientOptions;
  readonly error?: typeof ConnectionError | typeof TimeoutError;
  /** How often the network was tried, where that can be counted. */
  readonly tries?: () => number;
}

const stories: [string, () => Promise<Story>][] = [
  ["the host has no address", async () => ({ baseUrl: "https://nowhere.invalid" })],
  [
    "the connection is refused",
    async () => {
      const { port } = await closedPort();
      return { baseUrl: `http://127.0.0.1:${port}` };
    },
  ],
  [
    "the connection is reset in the TLS handshake",
    async () => {
      const { port, tries } = await startPort((socket) => socket.once("data", () => socket.resetAndDestroy()));
      return { baseUrl: `https://127.0.0.1:${port}`, tries };
    },
  ],
  [
    "the connection is closed in the TLS handshake",
    async () => {
      const { port, tries } = await startPort((socket) => socket.once("data", () => socket.end()));
      return { baseUrl: `https://127.0.0.1:${port}`, tries };
    },
  ],
  [
    "the certificate is signed by nobody known",
    async () => {
      const { port } = await startService({ certificateOf: "localhost" });
      return { baseUrl: `https://localhost:${port}` };
    },
  ],
  [
    "the certificate is for another name",
    async () => {
      const { port, ca } = await startService({ certificateOf: "elsewhere.example" });
      return { baseUrl: `https://localhost:${port}`, options: { agent: new Agent({ ca }) } };
    },
  ],
  [
    "the other side speaks plain HTTP where TLS is due",
    async () => {
      const { port } = await startService();
      return { baseUrl: `https://127.0.0.1:${port}` };
    },
  ],
  [
    "the TLS handshake takes longer than an attempt may",
    async () => {
      const { port, tries } = await startPort(() => {});
      return { baseUrl: `https://127.0.0.1:${port}`, options: { timeoutMs: 40 }, error: TimeoutError, tries };
    },
  ],
  ["the proxy wants credentials", async () => throughProxy("HTTP/1.1 407 Proxy Authentication Required")],
  ["the proxy forbids it", async () => throughProxy("HTTP/1.1 403 Forbidden")],
  ["the proxy does not reach the service", async () => throughProxy("HTTP/1.1 502 Bad Gateway")],
  [
    "the proxy goes away in the middle of connecting",
    async () => {
      const { port, tries } = await startPort((socket) => socket.once("data", () => socket.destroy()));
      const agent = new HttpsProxyAgent(`http://127.0.0.1:${port}`);
      return { baseUrl: "https://cloud.example", options: { agent }, tries };
    },
  ],
  [
    "the proxy is not there",
    async () => {
      const { port } = await closedPort();
      return { baseUrl: "https://cloud.example", options: { agent: new HttpsProxyAgent(`http://127.0.0.1:${port}`) } };
    },
  ],
];

async function throughProxy(status: string): Promise<Story> {
  const { port, tries } = await startPort((socket) =>
    socket.once("data", () => socket.end(`${status}\r\ncontent-length: 0\r\n\r\n`)),
  );
  return {
    baseUrl: "https://cloud.example",
    options: { agent: new HttpsProxyAgent(`http://127.0.0.1:${port}`) },
    tries,
  };
}

async function closedPort() {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return { port };
}

describe.each(stories)("a create where %s", (_name, begin) => {
  test("provably never left, and is repeated as often as the retry rules have it", async () => {
    const { baseUrl, options, error: expected = ConnectionError, tries } = await begin();
    const error = await rejection(create(connect(baseUrl, { auth, ...options })));
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ unsent: true, method: "POST" });
    if (tries) expect(tries()).toBe(4);
  });

  test("is tried once where nothing is to be repeated", async () => {
    const { baseUrl, options, tries } = await begin();
    expect(await rejection(create(connect(baseUrl, { auth, ...options, retry: false })))).toMatchObject({
      unsent: true,
    });
    if (tries) expect(tries()).toBe(1);
  });
});

/** A service of which nobody may be sure whether it acted. */
const doubtful: [string, Behaviour][] = [
  ["is reset after the request", (request) => void request.socket.resetAndDestroy()],
  ["is closed after the request", (request) => void request.socket.destroy()],
  [
    "breaks off in the answer",
    (_request, response) => {
      response.writeHead(201, { "content-length": 99 }).write("{", () => response.destroy());
    },
  ],
];

test.each(doubtful)("a create whose connection %s may have left, and is not repeated", async (_name, api) => {
  const service = await startService({ api });
  const error = await rejection(create(connect(service.url)));
  expect(error).toMatchObject({ code: "CONNECTION", unsent: false });
  expect(service.arrived).toHaveLength(1);
});

test("a create that is not answered in time may have left", async () => {
  const service = await startService({ api: () => {} });
  const error = await rejection(create(connect(service.url), { timeoutMs: 60 }));
  expect(error).toMatchObject({ code: "TIMEOUT", unsent: false, message: expect.stringContaining("not known") });
  expect(service.arrived).toHaveLength(1);
});

test("a create that fails before it leaves succeeds when the way is free again, and arrives once", async () => {
  const service = await startService();
  let refusals = 0;
  const { port } = await startPort((socket) => {
    socket.once("data", () => {
      if (++refusals < 3) return socket.destroy();
      tunnel(socket, service);
    });
  });
  const agent = new HttpsProxyAgent(`http://127.0.0.1:${port}`, { keepAlive: true });
  const { _id } = await create(connect(service.url.replace("localhost", "127.0.0.1"), { agent }));
  expect(_id).toBeDefined();
  expect(service.arrived).toHaveLength(1);
});

function tunnel(socket: Socket, { port }: Service): void {
  const other = open(port, "127.0.0.1", () => {
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.pipe(other).pipe(socket);
  });
  onTestFinished(() => void other.destroy());
}

test("a create whose deadline ends in the queue provably never left", async () => {
  const service = await startService({ api: () => {} });
  const atlas = connect(service.url, { maxConnections: 1, timeoutMs: 5000, auth });
  const first = rejection(create(atlas, { deadlineMs: 400 }));
  await expect.poll(() => service.arrived.length).toBe(1);
  expect(await rejection(create(atlas, { deadlineMs: 50 }))).toMatchObject({ code: "TIMEOUT", unsent: true });
  await first;
  expect(service.arrived).toHaveLength(1);
});

test("a create that is aborted in the queue rejects with the reason, and nothing of it is sent", async () => {
  const service = await startService({ api: () => {} });
  const atlas = connect(service.url, { maxConnections: 1, auth });
  const first = rejection(create(atlas, { deadlineMs: 400 }));
  await expect.poll(() => service.arrived.length).toBe(1);
  const abort = new AbortController();
  const queued = rejection(create(atlas, { signal: abort.signal }));
  abort.abort("changed my mind");
  expect(await queued).toBe("changed my mind");
  await first;
  expect(service.arrived).toHaveLength(1);
});
