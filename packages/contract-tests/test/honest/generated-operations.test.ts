import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ClientOptions,
  createClient,
  InvalidArgumentError,
  serviceAccount,
  UnexpectedResponseError,
} from "@atlas-streams/client";
import { rejection } from "@atlas-streams/testing";
import { type Operation, listGroupStreamPrivateLinkConnections as ours } from "@atlas-streams/types";
import { expect, onTestFinished, test } from "vitest";
import { transport } from "./clients.js";

const version = "application/vnd.atlas.2025-03-12+json";

function operation(answer: Operation["answer"], more: Partial<Operation> = {}): Operation {
  return {
    operationId: "getThing",
    method: "GET",
    path: "/things",
    accept: version,
    repeatable: true,
    answer,
    pathParameters: {},
    ...more,
  };
}

/** The paths that the operations would be generated with. */
interface Paths {
  "/things": { get: { parameters: { path?: never }; responses: { 200: { content: { json: unknown } } } } };
  "/things/{name}": {
    get: { parameters: { path: { name: string | number } }; responses: { 200: { content: { json: unknown } } } };
  };
}

/** A client with operations of a user's, and a server that answers each call alike. */
async function clientOf(operations: readonly Operation[], answer: RequestListener, options: ClientOptions = {}) {
  const asked: { readonly path: string | undefined; readonly accept: string | undefined }[] = [];
  const server = createServer((request, response) => {
    if (request.url === "/api/oauth/token") {
      response.setHeader("content-type", "application/json").end('{"access_token":"t","expires_in":3600}');
      return;
    }
    asked.push({ path: request.url, accept: request.headers.accept });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  onTestFinished(() => server.closeAllConnections());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const auth = serviceAccount({ clientId: "id", clientSecret: "secret" });
  return { atlas: createClient<Paths>({ baseUrl, auth, retry: false, operations, ...transport, ...options }), asked };
}

const answering =
  (body: string | Uint8Array, type = version, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { ...(type && { "content-type": type }) }).end(body);
  };

test.each<[Operation["answer"], string, unknown]>([
  ["list", "[]", []],
  ["list", '[{"id":1},{"id":2}]', [{ id: 1 }, { id: 2 }]],
  ["list", '["a"]', ["a"]],
  ["value", "false", false],
  ["value", "true", true],
  ["value", '""', ""],
  ["value", '"text"', "text"],
  ["value", "0", 0],
  ["value", "null", null],
  ["object", "{}", {}],
  ["page", '{"results":[]}', { results: [] }],
])("a %s of %s comes back as it is", async (promise, body, data) => {
  const { atlas } = await clientOf([operation(promise)], answering(body));
  const result = await atlas.raw.GET("/things");
  expect([result.data, result.error]).toEqual([data, undefined]);
});

test.each<[Operation["answer"], string, string?]>([
  ["list", "{}"],
  ["list", "null"],
  ["list", '{"results":[]}'],
  ["list", ""],
  ["list", "[1"],
  ["value", "{}"],
  ["value", "[]"],
  ["value", ""],
  ["value", "text"],
  ["object", "[]"],
  ["object", "true"],
  ["page", "[]"],
  ["page", "{}"],
  ["list", "<html></html>", "text/html"],
  ["value", "<html></html>", "text/html"],
])("a %s is never made of %j", async (promise, body, type) => {
  const { atlas } = await clientOf([operation(promise)], answering(body, type));
  const { data, error } = await atlas.raw.GET("/things");
  expect(data).toBeUndefined();
  expect(error).toBeInstanceOf(UnexpectedResponseError);
});

test.each(["application/vnd.atlas.2025-03-12+gzip", "application/gzip", "text/csv", ""])(
  "bytes come back as they are, as a Blob of type %j",
  async (type) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const { atlas } = await clientOf([operation("bytes")], answering(bytes, type));
    const { data, error } = await atlas.raw.GET("/things");
    expect(error).toBeUndefined();
    expect(data).toBeInstanceOf(Blob);
    if (!(data instanceof Blob)) throw new Error("no Blob");
    expect([data.type, new Uint8Array(await data.arrayBuffer())]).toEqual([type, bytes]);
  },
);

test.each([
  ["a page for people", "<html></html>", "text/html"],
  ["JSON", "{}", "application/json"],
])("bytes are never made of %s", async (_, body, type) => {
  const { atlas } = await clientOf([operation("bytes")], answering(body, type));
  expect((await atlas.raw.GET("/things")).error).toBeInstanceOf(UnexpectedResponseError);
});

test.each<Operation["answer"]>(["list", "value", "bytes"])(
  "an error of the service in the place of a %s is one",
  async (promise) => {
    const refusal = '{"errorCode":"NOT_FOUND","error":404,"detail":"No such thing."}';
    const { atlas } = await clientOf([operation(promise)], answering(refusal, "application/json", 404));
    expect((await atlas.raw.GET("/things")).error).toEqual(JSON.parse(refusal));
  },
);

test("a success without a body is taken where the operation describes one, and nowhere else", async () => {
  const nothing = answering("", "", 204);
  const { atlas } = await clientOf([operation("object", { mayBeEmpty: true })], nothing);
  expect(await atlas.raw.GET("/things")).toMatchObject({ data: undefined });
  const { atlas: other } = await clientOf([operation("object")], nothing);
  expect((await other.raw.GET("/things")).error).toBeInstanceOf(UnexpectedResponseError);
});

test("an operation is asked for in its own version, and the client's own methods stay with theirs", async () => {
  const later = "application/vnd.atlas.2099-01-01+json";
  const { atlas, asked } = await clientOf(
    [operation("object"), { ...ours, accept: later }],
    answering('{"results":[]}'),
  );
  await atlas.raw.GET("/things");
  const groupId = "32b6e34b3d91647abb20e7b8";
  await atlas.privateLinkConnections.listPage({ groupId });
  const path = ours.path.replace("{groupId}", groupId);
  await Reflect.apply(atlas.raw.GET, undefined, [ours.path, { params: { path: { groupId } } }]);
  expect(asked.map(({ path: asking = "", accept }) => [asking.replace(/\?.*/, ""), accept])).toEqual([
    ["/things", version],
    [path, ours.accept],
    [path, later],
  ]);
});

test("a parameter that is a step to another path is refused, whatever its pattern allows; a number is taken where only digits are", async () => {
  const inPath = operation("object", { path: "/things/{name}", pathParameters: { name: /^[\w./]+$/ } });
  const { atlas, asked } = await clientOf([inPath], answering("{}"));
  const get = (name: string | number) => atlas.raw.GET("/things/{name}", { params: { path: { name } } });
  for (const name of [".", "..", "", " "]) expect(await rejection(get(name))).toBeInstanceOf(InvalidArgumentError);
  expect(await rejection(get(7))).toBeInstanceOf(InvalidArgumentError);
  await get("a/b");
  expect(asked.map(({ path }) => path)).toEqual(["/things/a%2Fb"]);
  const counted = operation("object", { path: "/things/{name}", pathParameters: { name: /^-?\d+$/ } });
  const other = await clientOf([counted], answering("{}"));
  await other.atlas.raw.GET("/things/{name}", { params: { path: { name: 7 as number | string } } });
  expect(other.asked.map(({ path }) => path)).toEqual(["/things/7"]);
});

test("an operation that is in neither table is refused before it is sent", async () => {
  const { atlas, asked } = await clientOf([operation("object")], answering("{}"));
  const call = atlas.raw.GET("/things/{name}", { params: { path: { name: "a" } } });
  expect(await rejection(call)).toBeInstanceOf(InvalidArgumentError);
  expect(asked).toEqual([]);
});
