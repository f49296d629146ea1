import { gzipSync } from "node:zlib";
import { AtlasError, ConnectionError, ServerError, UnexpectedResponseError } from "@atlas-streams/client";
import { rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, kinds } from "./clients.js";
import { type HostileServer, startHostileServer } from "./hostile-server.js";
import { call, callRaw, deleteOne, getOne } from "./operations.js";

// What the mock cannot say, since it speaks HTTP too well: the bytes themselves.

let server: HostileServer;

beforeAll(async () => {
  server = await startHostileServer();
});

afterAll(() => server.stop());

const json = '{"_id":"32b6e34b3d91647abb20e7b8","provider":"AWS","state":"DONE"}';
const head = (status: string, ...headers: readonly string[]) => `HTTP/1.1 ${status}\r\n${headers.join("\r\n")}\r\n\r\n`;
const type = "Content-Type: application/vnd.atlas.2023-02-01+json";
const utf16 = Buffer.from(`\uFEFF${json}`, "utf16le");
const gzipped = gzipSync(json);
const length = (bytes: string | Uint8Array) => `Content-Length: ${Buffer.byteLength(bytes)}`;

type Bytes = readonly (string | Uint8Array)[];

const broken: [string, Bytes, abstract new (...parameters: never[]) => Error][] = [
  ["UTF-16 that calls itself JSON", [head("200 OK", type, length(utf16)), utf16], UnexpectedResponseError],
  [
    "bytes of no character set",
    [head("200 OK", type, "Content-Length: 4"), Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    UnexpectedResponseError,
  ],
  [
    "a compressed body that is cut",
    [head("200 OK", type, "Content-Encoding: gzip", "Connection: close"), gzipped.subarray(0, 20)],
    UnexpectedResponseError,
  ],
  [
    "a body that is not compressed though it says so",
    [head("200 OK", type, "Content-Encoding: gzip", length(json)), json],
    ConnectionError,
  ],
  ["a compressed body that does not say so", [head("200 OK", type, length(gzipped)), gzipped], UnexpectedResponseError],
  [
    "chunks that are cut",
    [head("200 OK", type, "Transfer-Encoding: chunked"), `10\r\n${json.slice(0, 16)}\r\n`],
    ConnectionError,
  ],
  [
    "chunks without an end",
    [head("200 OK", type, "Transfer-Encoding: chunked"), `${json.length.toString(16)}\r\n${json}\r\n`],
    ConnectionError,
  ],
  [
    "a chunk whose length is none",
    [head("200 OK", type, "Transfer-Encoding: chunked"), `zz\r\n${json}\r\n0\r\n\r\n`],
    ConnectionError,
  ],
  [
    "a body shorter than announced by one byte",
    [head("200 OK", type, `Content-Length: ${json.length + 1}`), json],
    ConnectionError,
  ],
  [
    "a body longer than announced by one byte",
    [head("200 OK", type, `Content-Length: ${json.length - 1}`), json],
    UnexpectedResponseError,
  ],
  ["two lengths that differ", [head("200 OK", type, length(json), "Content-Length: 3"), json], ConnectionError],
  ["a length that is none", [head("200 OK", type, "Content-Length: ten"), json], ConnectionError],
  ["status 999", [head("999 What", type, length(json)), json], UnexpectedResponseError],
  ["status 600", [head("600 More", type, length(json)), json], UnexpectedResponseError],
  ["status 99", [head("99 Less", type, length(json)), json], AtlasError],
  ["status 000", [head("000 None", type, length(json)), json], AtlasError],
  ["status 2000", [head("2000 OK", type, length(json)), json], AtlasError],
  [
    "a 101 that nobody asked for",
    [head("101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"), json],
    AtlasError,
  ],
  ["a 100 and nothing after it", [head("100 Continue")], ConnectionError],
  ["a 103 and nothing after it", [head("103 Early Hints")], ConnectionError],
  ["a page without HTTP", ["<html>Please sign in</html>\r\n\r\n"], ConnectionError],
  ["HTTP of another protocol", ["SSH-2.0-OpenSSH_9.6\r\n"], ConnectionError],
  ["a head that never ends", [`HTTP/1.1 200 OK\r\n${"X-More: and more\r\n".repeat(2000)}`], ConnectionError],
  ["a refusal whose reason holds a null byte", [head("502 Bad\0Gateway", "Content-Length: 0")], ServerError],
  [
    "a redirect whose reason is all control characters",
    [head("302 \x01\x7f", "Content-Length: 0")],
    UnexpectedResponseError,
  ],
  ["nothing at all", [], ConnectionError],
  ["a single byte", ["H"], ConnectionError],
];

describe.each(kinds)("with %s, in bytes", (kind) => {
  test.each(broken)("%s is an error with method and path", async (_name, bytes, expected) => {
    server.behave({ api: (request) => request.bytes(...bytes) });
    const error = await rejection(call(connect(kind, server), getOne, { timeoutMs: 2000 }));
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ method: getOne.method, path: getOne.path });
  });

  test.each<[string, Bytes]>([
    ["without a length, ended by the connection", [head("200 OK", type, "Connection: close"), json]],
    [
      "in chunks of one byte",
      [
        head("200 OK", type, "Transfer-Encoding: chunked"),
        [...json].map((byte) => `1\r\n${byte}\r\n`).join(""),
        "0\r\n\r\n",
      ],
    ],
    ["after a 103", [head("103 Early Hints", "Link: </a>"), head("200 OK", type, length(json)), json]],
    ["compressed", [head("200 OK", type, "Content-Encoding: gzip", length(gzipped)), gzipped]],
    ["in a character set of a wrong name", [head("200 OK", `${type};charset=utf-99`, length(json)), json]],
    [
      "with no reason and odd header names",
      [head("200", `x-${"a".repeat(200)}: b`, type.toUpperCase(), length(json)), json],
    ],
    ["with a BOM", [head("200 OK", type, `Content-Length: ${json.length + 3}`), Buffer.from([0xef, 0xbb, 0xbf]), json]],
  ])("a whole answer %s is a whole answer", async (_name, bytes) => {
    server.behave({ api: (request) => request.bytes(...bytes) });
    expect(await call(connect(kind, server), getOne)).toEqual(JSON.parse(json));
  });

  test("a success that promises nothing is one only with its whole head", async () => {
    server.behave({ api: (request) => request.bytes(head("202 Accepted", "Content-Length: 0")) });
    expect((await callRaw(connect(kind, server), deleteOne)).error).toBeUndefined();
    for (const bytes of [
      "HTTP/1.1 202 Accepted\r\n",
      head("202 Accepted", "Content-Length: 2"),
      `${head("202 Accepted", "Content-Length: 2")}{`,
    ]) {
      server.behave({ api: (request) => request.bytes(bytes) });
      expect(await rejection(call(connect(kind, server), deleteOne))).toBeInstanceOf(ConnectionError);
    }
  });

  test("a success that promises nothing is none where a compressed body was cut to nothing: it may have been a login page", async () => {
    const page = gzipSync("<!DOCTYPE html><html><body>Please sign in</body></html>");
    for (const [coding, bytes] of [
      ["gzip", page.subarray(0, 10)],
      ["gzip", page.subarray(0, 1)],
      ["deflate", page.subarray(0, 1)],
      ["br", Buffer.from([0])],
    ] as const) {
      for (const end of [`Content-Length: ${bytes.length}`, "Connection: close"]) {
        server.behave({
          api: (request) => request.bytes(head("202 Accepted", `Content-Encoding: ${coding}`, end), bytes),
        });
        expect(await rejection(call(connect(kind, server), deleteOne, { timeoutMs: 300 }))).toBeInstanceOf(AtlasError);
      }
    }
    server.behave({
      api: (request) => request.bytes(head("202 Accepted", "Content-Encoding: gzip", "Content-Length: 0")),
    });
    expect((await callRaw(connect(kind, server), deleteOne)).error).toBeUndefined();
  });

  test("an answer's __proto__ is a field like any other, and changes no object", async () => {
    const body = '{"_id":"1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    for (const status of [200, 400]) {
      server.behave({ api: ({ answer }) => answer(status, body, { "content-type": "application/json" }) });
      await call(connect(kind, server), getOne).catch(() => undefined);
      expect({}).not.toHaveProperty("polluted");
    }
  });

  test("raw in another form than JSON shows a failed answer as an error all the same", async () => {
    const { path } = getOne.example.parameters;
    const params = { path: path as { groupId: string; connectionId: string } };
    for (const parseAs of ["text", "blob", "arrayBuffer", "stream"] as const) {
      for (const bytes of [
        head("502 Bad Gateway", "Content-Length: 0"),
        `${head("404 Not Found", "Transfer-Encoding: chunked")}0\r\n\r\n`,
        head("304 Not Modified"),
      ]) {
        server.behave({ api: (request) => request.bytes(bytes) });
        const { data, error } = await connect(kind, server).raw.GET(
          "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}",
          { params, parseAs },
        );
        expect(error, parseAs).toBeTruthy();
        expect(data).toBeUndefined();
      }
    }
  });

  test("ten deep and ten thousand wide, an object is an object; ten thousand deep, it is no crash", async () => {
    const wide = { _id: "1", many: Array.from({ length: 10_000 }, (_, index) => ({ index })) };
    server.behave({ api: ({ answer }) => answer(200, wide) });
    expect(await call(connect(kind, server), getOne)).toEqual(wide);
    const deep = `{"detail":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
    for (const status of [200, 400]) {
      server.behave({ api: ({ answer }) => answer(status, deep, { "content-type": "application/json" }) });
      const { response } = await callRaw(connect(kind, server), getOne);
      expect(response.status).toBe(status);
    }
  });
});
