import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type Deviation, type MockOptions, type RunningProxy, startProxy } from "../../src/index.js";
import { ask, askForToken, connectionPath, digestHeader, listPath, mockFor, msk, nonceOf } from "../helpers.js";

/** A proxy in front of a second mock, and what it found. */
async function watching(
  options: MockOptions = {},
): Promise<{ proxy: RunningProxy; found: Deviation[]; upstream: Awaited<ReturnType<typeof mockFor>> }> {
  const upstream = await mockFor(options);
  const found: Deviation[] = [];
  const proxy = await startProxy({ upstream: upstream.url, onDeviation: (deviation) => void found.push(deviation) });
  onTestFinished(() => proxy.stop());
  return { proxy, found, upstream };
}

/** A service whose one answer is another than described. */
function differing(status: number, body: unknown, contentType = "application/vnd.atlas.2023-02-01+json"): MockOptions {
  return {
    auth: "any",
    faults: [{ fault: { kind: "answer", status, headers: { "content-type": contentType }, body } }],
  };
}

const connection = { _id: "66f0c1d2e3a4b5c6d7e8f901", ...msk, state: "DONE" };
const get = "GET /api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}";

test("What is as described passes through unchanged, and nothing is told", async () => {
  const { proxy, found, upstream } = await watching({ auth: "any", connections: [] });
  const made = await ask(proxy, "POST", listPath, { body: msk });
  expect(made).toMatchObject({ status: 200, body: msk });
  expect(made.headers.get("content-type")).toBe("application/vnd.atlas.2023-02-01+json;charset=utf-8");
  expect(await ask(proxy, "GET", `${listPath}/${made.body._id}`)).toMatchObject({
    status: 200,
    body: { state: "IDLE" },
  });
  expect(await ask(proxy, "GET", connectionPath)).toMatchObject({
    status: 404,
    body: { errorCode: "RESOURCE_NOT_FOUND" },
  });
  expect(await ask(proxy, "DELETE", `${listPath}/${made.body._id}`)).toMatchObject({ status: 202, text: "{}" });
  expect(found).toEqual([]);
  expect(upstream.requests.map(({ operationId }) => operationId)).toEqual([
    "createGroupStreamPrivateLinkConnection",
    "getGroupStreamPrivateLinkConnection",
    "getGroupStreamPrivateLinkConnection",
    "deleteGroupStreamPrivateLinkConnection",
  ]);
});

test("Both ways to log in work through it", async () => {
  const { proxy, found, upstream } = await watching();
  const token = await askForToken({ ...upstream, url: proxy.url });
  const bearer = { authorization: `Bearer ${token.body.access_token}` };
  expect((await ask(proxy, "GET", connectionPath, { headers: bearer })).status).toBe(200);
  const nonce = nonceOf((await ask(proxy, "GET", connectionPath)).headers);
  const digest = { authorization: digestHeader(upstream, { path: connectionPath, nonce }) };
  expect((await ask(proxy, "GET", connectionPath, { headers: digest })).status).toBe(200);
  expect(found).toEqual([]);
});

test.each([
  [
    "a new field",
    differing(200, { ...connection, colour: "red" }),
    [{ operation: `${get} 200`, where: "answer body.colour", what: "is a field that is not described" }],
  ],
  [
    "a new state",
    differing(200, { ...connection, state: "PAUSED" }),
    [{ operation: `${get} 200`, where: "answer body.state", what: 'is "PAUSED", which is not listed' }],
  ],
  [
    "a field of another type",
    differing(200, { ...connection, arn: 3 }),
    [{ operation: `${get} 200`, where: "answer body.arn", what: "must be string" }],
  ],
  [
    "a field that is missing",
    differing(200, { _id: connection._id }),
    [{ operation: `${get} 200`, where: "answer body", what: "must have required property 'provider'" }],
  ],
  [
    "another version",
    differing(200, connection, "application/vnd.atlas.2030-01-01+json"),
    [{ operation: `${get} 200`, where: "answer", what: expect.stringContaining("2030-01-01") }],
  ],
  [
    "another status",
    differing(418, {}, "application/json"),
    [
      {
        operation: `${get} 418`,
        where: "answer",
        what: expect.stringContaining("Unable to match the returned status code"),
      },
    ],
  ],
])("The service answers with %s, and that is told", async (_, options, expected) => {
  const { proxy, found } = await watching(options);
  await ask(proxy, "GET", connectionPath);
  expect(found).toMatchObject(expected);
  expect(JSON.stringify(found)).not.toContain(connection._id);
});

test("A request that is not as described is told, and goes on", async () => {
  const { proxy, found } = await watching({ auth: "any" });
  const { status } = await ask(proxy, "POST", listPath, { body: { ...msk, colour: "red" } });
  expect(status).toBe(400);
  expect(found).toMatchObject([{ where: "request body", what: "must NOT have additional properties; found 'colour'" }]);
  await ask(proxy, "GET", "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/clusters");
  expect(found[1]).toEqual({
    operation: "GET /api/atlas/v2/groups/{id}/clusters",
    where: "request",
    what: "is for no operation of the description",
  });
});

test("A service that is not there is answered for in its error body", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const proxy = await startProxy({ upstream: `http://127.0.0.1:${port}`, onDeviation: () => {} });
  onTestFinished(() => proxy.stop());
  expect(await ask(proxy, "GET", connectionPath)).toMatchObject({
    status: 502,
    body: { error: 502, errorCode: "PROXY_CANNOT_ANSWER" },
  });
});

test.each([
  [{}, "upstream is missing"],
  [{ upstream: 1 }, "upstream must be the URL of a service, not 1"],
  [{ upsteam: "https://cloud.mongodb.com" }, "did you mean upstream?"],
  [{ upstream: "https://cloud.mongodb.com", tls: "yes" }, "tls must be true or false"],
])("Options such as %j are refused in a sentence", async (options, sentence) => {
  await expect(startProxy({ onDeviation: () => {}, ...options } as never)).rejects.toThrow(sentence);
});
