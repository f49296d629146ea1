import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { ask, connectionPath, groupPath, listPath, mockFor, msk } from "./helpers.js";

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
    "a field that only the service sets",
    { ...msk, _id: "66f0c1d2e3a4b5c6d7e8f901" },
    "_id",
    "is not a field of this resource",
  ],
  [
    "a field of another vendor",
    { ...msk, azureResourceIds: [] },
    "azureResourceIds",
    "is not a field of this resource",
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
  [`${groupPath}/streams/accountDetails?cloudProvider=aws`, "regionName"],
  [`${listPath}/my-connection`, "connectionId"],
])("GET %s is refused by the name of the parameter %s", async (path, field) => {
  const mock = await mockFor({ auth: "any" });
  const { status, body } = await ask(mock, "GET", path);
  expect(status).toBe(400);
  expect(body.badRequestDetail.fields).toMatchObject([{ field }]);
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
