import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { buffer } from "node:stream/consumers";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { type Deviation, startProxy } from "../../src/index.js";
import { ask, connectionPath, digestHeader, listPath, mockFor, nonceOf } from "../helpers.js";

interface Got {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly bytes: Buffer;
}

interface Answered {
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly bytes: Buffer;
}

/** What belongs to one connection, and so differs. */
const ofConnection = /^(connection|keep-alive|transfer-encoding|host)$/i;

function withoutConnection(rawHeaders: readonly string[]): string[][] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !ofConnection.test(name) ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
}

/** A service that answers every request with the same bytes, on a connection that then ends. */
async function saying(bytes: string | Buffer): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {}).once("data", () => socket.end(bytes));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A service that notes what arrives. */
async function hearing(): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = [];
  const server = createServer(async (incoming, response) => {
    const { method, url, rawHeaders } = incoming;
    got.push({ method, url, rawHeaders, bytes: await buffer(incoming) });
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

async function through(upstream: string): Promise<{ url: string; found: Deviation[] }> {
  const found: Deviation[] = [];
  const proxy = await startProxy({ upstream, onDeviation: (deviation) => void found.push(deviation) });
  onTestFinished(() => proxy.stop());
  return { url: proxy.url, found };
}

async function asked(url: string, path: string, options: object = {}, body?: Buffer): Promise<Answered> {
  const { hostname, port } = new URL(url);
  const outgoing = request({ hostname, port, path, agent: false, ...options });
  outgoing.end(body);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  const { statusCode: status, statusMessage: reason, rawHeaders } = answer;
  return { status, reason, rawHeaders, bytes: await buffer(answer) };
}

function withLength(head: string, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`${head}\r\nContent-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

const json = "HTTP/1.1 200 OK\r\nContent-Type: application/json";

test.each([
  ["a number with a nought after its point", withLength(json, "8.0")],
  ["a number past 2^53", withLength(json, '{"n": 12345678901234567890}')],
  ["keys twice, spaces and escapes", withLength(json, '{ "a":1, "a" : 2, "b": "\\u00e9\\/" }\n')],
  ["JSON that is none", withLength(json, '{"a":')],
  ["text", withLength("HTTP/1.1 200 OK\r\nContent-Type: text/plain", "8.0")],
  ["nothing", withLength(json, "")],
  ["nothing, with a status that has nothing", "HTTP/1.1 204 No Content\r\n\r\n"],
  ["nothing new", 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'],
  ["bytes that are no text", withLength("HTTP/1.1 200 OK", Buffer.from([0xff, 0xfe, 0, 0x80]))],
  ["gzip", withLength(`${json}\r\nContent-Encoding: gzip`, gzipSync("{}"))],
  ["Brotli", withLength(`${json}\r\nContent-Encoding: br`, brotliCompressSync("{}"))],
  ["gzip that is none", withLength(`${json}\r\nContent-Encoding: gzip`, "{}")],
  ["cookies, and spellings", withLength("HTTP/1.1 200 OK\r\nSET-cookie: a=1\r\nx-A: b\r\nSet-Cookie: b=2, 3", "x")],
  ["a reason of its own", withLength("HTTP/1.1 299 Fine By Me", "x")],
  ["chunks", `${json}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n2\r\n,2\r\n1\r\n]\r\n0\r\n\r\n`],
  ["a body until the end of the connection", `${json}\r\nConnection: close\r\n\r\n[1,2]`],
  ["a redirect", withLength("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/?a=b", "")],
])("The answer that comes out is the one that went in: %s", async (_, bytes) => {
  const upstream = await saying(bytes);
  const direct = await asked(upstream, connectionPath);
  const { url } = await through(upstream);
  const proxied = await asked(url, connectionPath);
  expect(proxied.bytes).toEqual(direct.bytes);
  expect(withoutConnection(proxied.rawHeaders)).toEqual(withoutConnection(direct.rawHeaders));
  expect([proxied.status, proxied.reason]).toEqual([direct.status, direct.reason]);
});

test.each([
  ["a query without a value", "GET", "/api?pretty", [], undefined],
  ["a query that is encoded", "GET", "/api?foo=a%20b&foo=%2B+&&=", [], undefined],
  ["an address that is no path", "GET", "//a/../%zz/%33?a=http://b//c#", [], undefined],
  ["a method of its own", "PURGE", "/api", [], undefined],
  [
    "headers twice, and spellings",
    "GET",
    "/api",
    ["X-a", "1", "Cookie", "a=1", "x-A", "2", "COOKIE", "b=2"],
    undefined,
  ],
  ["bytes that are no text", "POST", "/api", ["Content-Length", "4"], Buffer.from([0xff, 0, 0x80, 0x0d])],
  [
    "JSON with noughts",
    "PATCH",
    "/api",
    ["content-type", "application/json", "content-length", "3"],
    Buffer.from("8.0"),
  ],
  ["a body in chunks", "PUT", "/api", ["Transfer-Encoding", "chunked"], Buffer.from("{}")],
  ["a DELETE with a body", "DELETE", "/api", ["Content-Length", "2"], Buffer.from("{}")],
  ["a POST without one", "POST", "/api", ["Content-Length", "0"], undefined],
])("The request that comes out is the one that went in: %s", async (_, method, path, headers, body) => {
  const { url: upstream, got } = await hearing();
  const options = { method, headers: ["Host", "atlas.test", ...headers], setHost: false };
  await asked(upstream, path, options, body);
  const proxy = await through(upstream);
  await asked(proxy.url, path, { ...options, headers: ["Host", new URL(proxy.url).host, ...headers] }, body);
  const [direct, proxied] = got;
  expect([proxied?.method, proxied?.url, proxied?.bytes]).toEqual([direct?.method, direct?.url, direct?.bytes]);
  expect(withoutConnection(proxied?.rawHeaders ?? [])).toEqual(withoutConnection(direct?.rawHeaders ?? []));
  expect(proxied?.rawHeaders).toContain(new URL(upstream).host);
});

test.each(["?pretty", "?foo=a%20b", "?envelope=false&&"])(
  "Digest holds through it, with the query %s",
  async (query) => {
    const upstream = await mockFor();
    const { url } = await through(upstream.url);
    const path = connectionPath + query;
    const nonce = nonceOf((await ask({ url }, "GET", path)).headers);
    const authorization = digestHeader(upstream, { path, nonce });
    expect((await ask({ url }, "GET", path, { headers: { authorization } })).status).not.toBe(401);
  },
);

test.each([301, 302, 303, 307, 308])(
  "A redirect by %i is handed on and told, and nobody goes there",
  async (status) => {
    const elsewhere = await hearing();
    const location = `${elsewhere.url}/login?token=secret`;
    const { url, found } = await through(await saying(withLength(`HTTP/1.1 ${status} X\r\nLocation: ${location}`, "")));
    const authorization = "Basic c2VjcmV0OnNlY3JldA==";
    const answer = await fetch(url + connectionPath, { redirect: "manual", headers: { authorization } });
    expect([answer.status, answer.headers.get("location")]).toEqual([status, location]);
    expect(found.map(({ what }) => what)).toContain(
      `redirects to ${elsewhere.url}; the redirect is handed on, not followed`,
    );
    expect(JSON.stringify(found)).not.toContain("secret");
    expect(elsewhere.got).toEqual([]);
  },
);

test.each(["/api/oauth/token", "/not/described"])("A redirect of %s is told, too", async (path) => {
  const { url, found } = await through(await saying(withLength("HTTP/1.1 307 X\r\nLocation: /elsewhere", "")));
  await fetch(url + path, { method: "POST", redirect: "manual", body: "a" });
  expect(found.map(({ what }) => what)).toContainEqual(
    expect.stringMatching(/^redirects to another path of the service/),
  );
});

test.each([
  ["http://cloud.mongodb.com", "in the clear"],
  ["http://10.0.0.1:8080", "in the clear"],
  ["http://127.0.0.1.example.com", "in the clear"],
  ["http://localhost.example.com", "in the clear"],
  ["https://user:secret@cloud.mongodb.com", "no credentials"],
  ["https://cloud.mongodb.com?a=b", "query"],
  ["ftp://127.0.0.1", "is named by a URL"],
  ["cloud.mongodb.com", "is named by a URL"],
])("Nothing is forwarded to %s", async (upstream, why) => {
  await expect(startProxy({ upstream, onDeviation: () => {} })).rejects.toThrow(why);
});

test.each(["http://localhost:1", "http://[::1]:1", "http://127.9.9.9:1", "https://cloud.mongodb.com"])(
  "A service may be at %s",
  async (upstream) => {
    const proxy = await startProxy({ upstream, onDeviation: () => {} });
    await proxy.stop();
  },
);

test("What an answer says is told without what a terminal obeys, and not at any length", async () => {
  const type = Buffer.from("application/x+json\x9b2J", "latin1");
  const head = Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\nContent-Type: "), type]);
  const body = JSON.stringify({
    "\u001b[2J\u009b\u202e\r\nFAKE": 1,
    ["long".repeat(1000)]: 1,
    state: "\u001b]0;x\u0007\u009c",
  });
  const length = Buffer.from(`\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  const { url, found } = await through(await saying(Buffer.concat([head, length])));
  await asked(url, connectionPath);
  await asked(url, "/not/described/\u009b2J");
  const told = found.flatMap(({ operation, where, what }) => [operation, where, what]);
  expect(told.join("|")).toContain("\\u{1b}[2J\\u{9b}\\u{202e}\\u{d}\\u{a}FAKE");
  for (const text of told) {
    expect(text).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(text.length).toBeLessThan(400);
  }
});

test.each([
  ["gzip", gzipSync],
  ["br", brotliCompressSync],
])("What is new in an answer is seen through %s", async (encoding, compress) => {
  const body = compress(JSON.stringify({ _id: "66f0c1d2e3a4b5c6d7e8f901", provider: "AWS", colour: "red" }));
  const type = "application/vnd.atlas.2023-02-01+json";
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Encoding: ${encoding}`;
  const { url, found } = await through(await saying(withLength(head, body)));
  await asked(url, connectionPath);
  expect(found).toMatchObject([{ where: "answer body.colour", what: "is a field that is not described" }]);
});

test.each([
  ["is compressed in a way of its own", withLength(`${json}\r\nContent-Encoding: zstd`, "{}"), "its encoding is zstd"],
  ["is no gzip", withLength(`${json}\r\nContent-Encoding: gzip`, "{}"), "incorrect header check"],
  ["is very long", withLength(json, " ".repeat(17 * 2 ** 20)), "it is longer than"],
  [
    "is short and becomes very long",
    withLength(`${json}\r\nContent-Encoding: gzip`, gzipSync(Buffer.alloc(17 * 2 ** 20))),
    "it is longer than",
  ],
])("That an answer %s is told, since it goes unchecked", async (_, bytes, why) => {
  const { url, found } = await through(await saying(bytes));
  await asked(url, connectionPath);
  expect(found).toEqual([expect.objectContaining({ where: "answer", what: expect.stringContaining(why) })]);
});

test("A create for Azure is nothing new, however the provider is spelt", async () => {
  const upstream = await mockFor({ auth: "any" });
  const { url, found } = await through(upstream.url);
  for (const provider of ["Azure", "AZURE"]) {
    const body = {
      provider,
      vendor: "EVENTHUB",
      serviceEndpointId: `/subscriptions/${provider}/resourceGroups/a/providers/Microsoft.EventHub/namespaces/b`,
      dnsDomain: "b.servicebus.windows.net",
      region: "US_EAST_2",
    };
    const { status, text } = await ask({ url }, "POST", listPath, { body });
    expect([status, text]).toEqual([200, expect.any(String)]);
  }
  expect(found).toEqual([]);
});

test("An answer that breaks off breaks off", async () => {
  const { url } = await through(await saying(`${json}\r\nContent-Length: 100\r\n\r\n{"half`));
  await expect(asked(url, connectionPath)).rejects.toThrow("aborted");
});

test("A caller who goes away is gone for the service, too", async () => {
  const server = createTcpServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { url } = await through(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const caller = connect(Number(new URL(url).port), "127.0.0.1");
  caller.write(`GET ${connectionPath} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  const [socket] = await once(server, "connection");
  socket.on("error", () => {}).resume();
  caller.destroy();
  await once(socket, "close");
});
