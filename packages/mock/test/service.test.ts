import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { ask, connectionPath, groupPath, listPath, mockFor, movingClock, msk } from "./helpers.js";

test("A malformed project is one that does not exist", async () => {
  const mock = await mockFor({ auth: "any" });
  const { status, body } = await ask(mock, "GET", connectionPath.replace("32b6e34b3d91647abb20e7b8", "my-project"));
  expect(status).toBe(404);
  expect(body).toEqual({
    error: 404,
    errorCode: "INVALID_GROUP_ID",
    reason: "Not Found",
    detail: "An invalid group ID my-project was specified.",
    parameters: ["my-project"],
  });
});

test.each([
  ["a field that is missing", { ...msk, arn: undefined }, "arn", "must not be missing"],
  ["a field that there is not", { ...msk, colour: "red" }, "colour", "is not a field of this resource"],
  [
    "a field with a name that objects have",
    { ...msk, constructor: 1 },
    "constructor",
    "is not a field of this resource",
  ],
  ["a field that only the service sets", { ...msk, _id: "66f0c1d2e3a4b5c6d7e8f901" }, "_id", "is set by the service"],
  [
    "a field of another vendor",
    { ...msk, azureResourceIds: [] },
    "azureResourceIds",
    "is not taken for this provider and vendor",
  ],
  ["a field of the wrong type", { ...msk, arn: 3 }, "arn", "must be string"],
  ["no vendor", { provider: "AWS", region: "us-east-1" }, "vendor", "must not be missing"],
  ["no provider", { vendor: "NEWER" }, "provider", "must not be missing"],
  ["a list", [], "body", "must be object"],
])("A request body with %s is refused by the name of the field", async (_, body, field, description) => {
  const mock = await mockFor({ auth: "any" });
  const answer = await ask(mock, "POST", listPath, { body });
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.body).toMatchObject({
    error: 400,
    errorCode: "BAD_REQUEST",
    badRequestDetail: { fields: [{ field, description }] },
  });
  expect(answer.body.badRequestDetail.fields).toHaveLength(1);
});

test.each([
  [`${listPath}?itemsPerPage=501`, "itemsPerPage"],
  [`${listPath}?pageNum=0`, "pageNum"],
  [`${connectionPath}?envelope=perhaps`, "envelope"],
  [`${listPath}?pageNum=`, "pageNum"],
  [`${listPath}?itemsPerPage=`, "itemsPerPage"],
  [`${listPath}?itemsPerPage=1e2`, "itemsPerPage"],
  [`${listPath}?itemsPerPage=0x10`, "itemsPerPage"],
  [`${listPath}?itemsPerPage=%2B5`, "itemsPerPage"],
  [`${listPath}?itemsPerPage=+5`, "itemsPerPage"],
  [`${listPath}?itemsPerPage=5.0`, "itemsPerPage"],
  [`${listPath}?pageNum=99999999999999999999`, "pageNum"],
  [`${listPath}?pageNum=1&pageNum=2`, "pageNum"],
])("GET %s is refused by the name of the parameter %s", async (path, field) => {
  const mock = await mockFor({ auth: "any" });
  const { status, body } = await ask(mock, "GET", path);
  expect(status).toBe(400);
  expect(body.badRequestDetail.fields).toMatchObject([{ field }]);
});

test("A query parameter that is missing is told as the service tells it", async () => {
  const mock = await mockFor({ auth: "any" });
  const { status, body } = await ask(mock, "GET", `${groupPath}/streams/accountDetails?cloudProvider=aws`);
  expect([status, body]).toEqual([
    400,
    {
      error: 400,
      errorCode: "MISSING_QUERY_PARAMETER",
      reason: "Bad Request",
      detail: "The required query parameter regionName was not specified.",
      parameters: ["regionName"],
    },
  ]);
});

test("What cannot be the id of a connection is the id of none, for every method", async () => {
  const mock = await mockFor({ auth: "any" });
  for (const [method, body] of [["GET"], ["DELETE"], ["PATCH", { dnsDomain: "sample.example" }]] as const) {
    expect(await ask(mock, method, `${listPath}/my-connection`, { body })).toMatchObject({
      status: 404,
      body: { errorCode: "RESOURCE_NOT_FOUND", parameters: ["my-connection"] },
    });
  }
});

test("A body that is not JSON, and one that is of another type, are refused", async () => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "POST", listPath, { body: "{broken" })).body).toMatchObject({
    error: 400,
    errorCode: "MALFORMED_JSON",
  });
  const text = await ask(mock, "POST", listPath, { body: "text", headers: { "content-type": "text/plain" } });
  expect([text.status, text.headers.get("content-type")]).toEqual([400, "application/json"]);
});

test("A path or a method that the API does not have is answered in its error body", async () => {
  const mock = await mockFor({ auth: "any" });
  expect(await ask(mock, "GET", "/api/atlas/v2/nothing")).toMatchObject({
    status: 404,
    body: {
      errorCode: "RESOURCE_NOT_FOUND",
      detail: "Cannot find resource /api/atlas/v2/nothing.",
      parameters: ["/api/atlas/v2/nothing"],
    },
  });
  expect(await ask(mock, "PUT", connectionPath)).toMatchObject({ status: 405, body: { error: 405 } });
});

test.each([
  "//",
  "/%zz",
  `${listPath}/%zz`,
  `${listPath}/..`,
  `${listPath}/a%2Fb`,
  `${listPath}/%00`,
  "http://elsewhere/",
  "*",
])("The path %s is answered in the API's error body", async (path) => {
  const mock = await mockFor({ auth: "any" });
  const outgoing = request(mock.url, { path, headers: { accept: "application/vnd.atlas.2025-03-12+json" } }).end();
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  expect(incoming.statusCode).toBeGreaterThanOrEqual(400);
  expect(JSON.parse(await text(incoming))).toMatchObject({ error: incoming.statusCode });
});

test("An answer that the description does not allow is not given", async () => {
  const mock = await mockFor({ auth: "any", scenario: { created: [{ state: "DONE", fields: { arn: 3 } }] } });
  const { body: made } = await ask(mock, "POST", listPath, { body: msk });
  const { status, body } = await ask(mock, "GET", `${listPath}/${made._id}`);
  expect([status, body.errorCode]).toEqual([500, "MOCK_CANNOT_ANSWER"]);
  expect(body.detail).toContain("Response body property arn must be string");
});

test("An envelope wraps one thing, an error too, and stands beside a list", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const one = await ask(mock, "GET", `${connectionPath}?envelope=true`);
  expect(one).toMatchObject({ status: 404, body: { status: 404, content: { error: 404 } } });
  const list = await ask(mock, "GET", `${listPath}?envelope=true`);
  expect(list.body).toMatchObject({ status: 200, results: [], totalCount: 0 });
});

test("The account is at the cloud provider that was asked for", async () => {
  const mock = await mockFor({ auth: "any" });
  for (const cloudProvider of ["aws", "azure", "gcp"]) {
    const { body } = await ask(
      mock,
      "GET",
      `${groupPath}/streams/accountDetails?cloudProvider=${cloudProvider}&regionName=x`,
    );
    expect(body).toMatchObject({ cloudProvider });
  }
});

test("What is percent-encoded in a path is what it encodes, for the state too", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const encoded = listPath.replace("groups/32", "gr%6Fups/%33%32");
  const { status, body } = await ask(mock, "POST", encoded, { body: msk });
  expect(status).toBe(200);
  const found = await ask(mock, "GET", `${listPath}/${body._id}`);
  expect([found.status, found.body._id]).toEqual([200, body._id]);
  expect(mock.state.save()).toMatchObject([{ groupId: "32b6e34b3d91647abb20e7b8" }]);
  const id = `%${body._id.charCodeAt(0).toString(16)}${body._id.slice(1)}`;
  expect((await ask(mock, "DELETE", `${encoded}/${id}`)).status).toBe(202);
  expect((await ask(mock, "GET", `${listPath}/${body._id}`)).body.state).toBe("DELETE_REQUESTED");
});

test.each(["/%zz", `${listPath}/%zz`, `${groupPath}%/streams`, "/api/%c0%af"])(
  "A percent sign that encodes nothing, as in %s, is the caller's mistake",
  async (path) => {
    const mock = await mockFor({ auth: "any" });
    expect(await ask(mock, "GET", path)).toMatchObject({
      status: 400,
      body: { errorCode: "BAD_REQUEST", parameters: [path] },
    });
  },
);

test("Only the projects that were given are there", async () => {
  const known = "32b6e34b3d91647abb20e7b8";
  const unknown = "111111111111111111111111";
  const mock = await mockFor({ auth: "any", projects: [known] });
  expect((await ask(mock, "GET", listPath)).status).toBe(200);
  for (const [method, path, body] of [
    ["GET", listPath],
    ["POST", listPath, msk],
    ["GET", connectionPath],
    ["DELETE", connectionPath],
    ["GET", `${groupPath}/streams/accountDetails?cloudProvider=aws&regionName=x`],
  ] as const) {
    const answer = await ask(mock, method, path.replace(known, unknown), { body });
    expect([answer.status, answer.text]).toEqual([
      404,
      `{"detail":"No group with ID ${unknown} exists.","error":404,"errorCode":"GROUP_NOT_FOUND","parameters":["${unknown}"],"reason":"Not Found"}`,
    ]);
    expect(answer.headers.get("x-error-code")).toBe("GROUP_NOT_FOUND");
    expect(answer.headers.get("ratelimit-limit")).toBeNull();
  }
  const malformed = await ask(mock, "GET", listPath.replace(known, "my-project"));
  expect(malformed.body.errorCode).toBe("INVALID_GROUP_ID");
});

test("Where pretty is described it lays the JSON out for people, and elsewhere it does nothing", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  expect((await ask(mock, "GET", `${listPath}?pretty=true`)).text).toMatch(/^{\n {2}"links" : \[\n/);
  expect((await ask(mock, "POST", `${listPath}?pretty=true`, { body: { provider: "AWS" } })).text).toMatch(
    /\n {2}"error" : 400,\n/,
  );
  expect((await ask(mock, "GET", `${listPath}?pretty=false`)).text).not.toContain("\n");
  expect((await ask(mock, "GET", `${connectionPath}?pretty=true`)).text).not.toContain("\n");
});

test("Keys come in alphabetical order, at every depth", async () => {
  const mock = await mockFor({ auth: "any" });
  const unknown = "/api/atlas/v2/nothing?envelope=true";
  for (const path of [listPath, `${listPath}?envelope=true`, connectionPath, `${listPath}?pageNum=x`, unknown]) {
    const { body } = await ask(mock, "GET", path);
    const check = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (!Array.isArray(value)) expect(Object.keys(value)).toEqual(Object.keys(value).sort());
      Object.values(value).forEach(check);
    };
    check(body);
  }
});

test("A path that there is not is wrapped in an envelope as anything else", async () => {
  const mock = await mockFor({ auth: "any" });
  expect(await ask(mock, "GET", "/api/atlas/v2/nothing?envelope=true")).toMatchObject({
    status: 404,
    body: { status: 404, content: { errorCode: "RESOURCE_NOT_FOUND" } },
  });
  expect((await ask(mock, "PUT", `${listPath}?envelope=true`)).body).toMatchObject({ status: 405 });
});

test("A method that a path does not have is told which it has", async () => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "PUT", connectionPath)).headers.get("allow")).toBe("GET, PATCH, DELETE");
  expect((await ask(mock, "DELETE", listPath)).headers.get("allow")).toBe("GET, POST");
});

test("The date is that of the mock's clock", async () => {
  const clock = movingClock();
  const mock = await mockFor({ auth: "any", clock, faults: [{ fault: "unavailable", nth: 2, path: connectionPath }] });
  clock.move(3_600_000);
  for (const path of [connectionPath, connectionPath, "/nothing"])
    expect((await ask(mock, "GET", path)).headers.get("date")).toBe("Thu, 01 Jan 2026 01:00:00 GMT");
});

test("A body that no description allows is refused for its length, and not kept", async () => {
  const mock = await mockFor({ auth: "any" });
  const before = process.memoryUsage.rss();
  const piece = Buffer.alloc(2 ** 20, "x");
  const outgoing = request(mock.url, {
    path: listPath,
    method: "POST",
    headers: { accept: "application/vnd.atlas.2025-03-12+json", "content-type": "application/json" },
  });
  const answered = once(outgoing, "response") as Promise<[IncomingMessage]>;
  for (let sent = 0; sent < 100; sent += 1) if (!outgoing.write(piece)) await once(outgoing, "drain");
  outgoing.end();
  const [incoming] = await answered;
  expect(incoming.statusCode).toBe(413);
  expect(JSON.parse(await text(incoming))).toMatchObject({ error: 413 });
  expect(process.memoryUsage.rss() - before).toBeLessThan(60 * 2 ** 20);
  expect(mock.requests).toMatchObject([{ method: "POST", path: listPath, status: 413 }]);
  expect(mock.requests[0]).not.toHaveProperty("body");
});

test("Links begin with where the mock is, for callers that send no host", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  socket.end(`GET ${listPath} HTTP/1.0\r\naccept: application/vnd.atlas.2025-03-12+json\r\n\r\n`);
  expect(await text(socket)).toContain(`"href":"${mock.url}${listPath}?pageNum=1`);
});

test("A provider that there is not has no account", async () => {
  const mock = await mockFor({ auth: "any" });
  for (const provider of ["other", "aws2", "toString"]) {
    const path = `${groupPath}/streams/accountDetails?cloudProvider=${provider}&regionName=x`;
    expect(await ask(mock, "GET", path)).toMatchObject({
      status: 400,
      body: { errorCode: "VALIDATION_ERROR", detail: `No provider ${provider} exists.`, parameters: [provider] },
    });
  }
});
