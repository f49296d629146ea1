import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type ClientOptions, CredentialError, UnexpectedResponseError } from "../../src/index.js";
import { type Behaviour, connect, connection, connectionId, groupId, rejection, startService } from "./service.js";

const transports: [string, ClientOptions][] = [
  ["node:http", {}],
  ["fetch", { fetch: (url, init) => globalThis.fetch(url, init) }],
];

const type = { "content-type": "application/json" };
const megabyte = 1024 ** 2;

/** Writes for as long as somebody reads. */
function flood(response: ServerResponse, status: number, headers = {}): void {
  const chunk = Buffer.alloc(megabyte, "x");
  response.writeHead(status, { ...type, ...headers });
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
}

/** A gibibyte of spaces in a megabyte, and that in some kilobytes. */
let bomb: Buffer | undefined;
function makeBomb(): Buffer {
  bomb ??= gzipSync(gzipSync(Buffer.alloc(1024 * megabyte, " "), { level: 9 }), { level: 9 });
  return bomb;
}

describe.each(transports)("over %s", (_name, options) => {
  test.each([200, 404, 503])("an endless answer of %i is read up to the limit and no further", async (status) => {
    const service = await startService({ api: (_request, response) => flood(response, status) });
    const before = process.memoryUsage().rss;
    const error = await rejection(
      connect(service.url, { ...options, retry: false }).privateLinkConnections.get({ groupId, connectionId }),
    );
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ status, message: expect.stringContaining("larger than 16777216 bytes") });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * megabyte);
  });

  test("what some kilobytes unpack to is read up to the limit and no further", async () => {
    const bytes = makeBomb();
    const headers = { ...type, "content-encoding": "gzip, gzip", "content-length": bytes.length };
    const service = await startService({ api: (_request, response) => response.writeHead(200, headers).end(bytes) });
    const before = process.memoryUsage().rss;
    const error = await rejection(
      connect(service.url, { ...options, retry: false }).privateLinkConnections.get({ groupId, connectionId }),
    );
    expect(error).toMatchObject({ code: "UNEXPECTED_RESPONSE", message: expect.stringContaining("larger than") });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * megabyte);
  });

  test("the answers of the token endpoint and of the revocation have the same limit", async () => {
    const endless: Behaviour = (_request, response) => flood(response, 200);
    const tokens = await startService({ token: endless });
    const error = await rejection(
      connect(tokens.url, { ...options, retry: false }).privateLinkConnections.get({ groupId, connectionId }),
    );
    expect(error).toMatchObject({ message: expect.stringContaining("larger than") });
    const revocations = await startService({ revoke: endless });
    const atlas = connect(revocations.url, { ...options, retry: false });
    await atlas.privateLinkConnections.get({ groupId, connectionId });
    await atlas.close().catch((failure) => expect(String(failure)).toContain("larger than"));
  });

  test("a list page of 500 and an answer of 10 MB pass", async () => {
    const results = Array.from({ length: 500 }, (_, index) => ({
      ...connection,
      _id: index.toString(16).padStart(24, "0"),
    }));
    const answers = [
      { results, totalCount: 500 },
      { ...connection, errorMessage: "x".repeat(10_000_000) },
    ];
    const service = await startService({
      api: (_request, response) => response.writeHead(200, type).end(JSON.stringify(answers.shift())),
    });
    const atlas = connect(service.url, options);
    expect((await atlas.privateLinkConnections.listPage({ groupId, itemsPerPage: 500 })).results).toHaveLength(500);
    const { errorMessage } = await atlas.privateLinkConnections.get({ groupId, connectionId });
    expect(errorMessage).toHaveLength(10_000_000);
  });

  test("maxAnswerBytes is the limit, to the byte", async () => {
    const text = JSON.stringify(connection);
    const service = await startService({ api: (_request, response) => response.writeHead(200, type).end(text) });
    const limited = (maxAnswerBytes: number) =>
      connect(service.url, { ...options, maxAnswerBytes }).privateLinkConnections.get({ groupId, connectionId });
    await expect(limited(1)).rejects.toThrow("larger than 1 bytes");
    const token = 200; // the token's answer is larger than the connection's
    expect(text.length).toBeLessThan(token);
    await expect(limited(token)).resolves.toMatchObject({ _id: connectionId });
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("%s is undone", async (coding, compress) => {
    const bytes = compress(JSON.stringify(connection));
    const service = await startService({
      api: (_request, response) => response.writeHead(200, { ...type, "content-encoding": coding }).end(bytes),
    });
    const { _id } = await connect(service.url, options).privateLinkConnections.get({ groupId, connectionId });
    expect(_id).toBe(connectionId);
    expect(service.arrived[0]?.headers["accept-encoding"]).toMatch(/gzip, deflate/);
  });

  test("a delete that is answered by 202 with a gzip of nothing is a success", async () => {
    const service = await startService({
      api: (_request, response) => response.writeHead(202, { "content-encoding": "gzip" }).end(gzipSync("")),
    });
    await connect(service.url, options).privateLinkConnections.delete({ groupId, connectionId });
  });
});

test("deflate without the header of zlib is undone, too", async () => {
  const bytes = deflateRawSync(JSON.stringify(connection));
  const service = await startService({
    api: (_request, response) => response.writeHead(200, { ...type, "content-encoding": "deflate" }).end(bytes),
  });
  const { _id } = await connect(service.url).privateLinkConnections.get({ groupId, connectionId });
  expect(_id).toBe(connectionId);
});

test("a token endpoint that refuses with an endless page is a CredentialError or an UnexpectedResponseError, and small", async () => {
  const service = await startService({ token: (_request, response) => flood(response, 401) });
  const error = await rejection(connect(service.url).privateLinkConnections.get({ groupId, connectionId }));
  expect(error instanceof CredentialError || error instanceof UnexpectedResponseError).toBe(true);
  expect((error as Error).message.length).toBeLessThan(500);
});
