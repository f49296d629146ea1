import { expect, test } from "vitest";
import { ask, connectionPath, groupPath, listPath, mockFor, msk } from "./helpers.js";

test.each([
  ["PATCH", `${groupPath}/streams/orders`, { name: "other" }, "name", "is not taken here"],
  ["PATCH", connectionPath, { region: "us-east-1" }, "region", "is not taken here"],
  [
    "POST",
    `${groupPath}/streams/orders/connections`,
    { name: "one", type: "Sample", bootstrapServers: "one:9092" },
    "bootstrapServers",
    "is not taken for this type",
  ],
])("%s %s says of a field that it does not take why, in words of its own", async (method, path, body, field, why) => {
  const mock = await mockFor({ auth: "any" });
  const { body: error } = await ask(mock, method, path, { body });
  expect(error.badRequestDetail.fields).toContainEqual({ field, description: why });
});

test.each(["x", "1.5"])("A page number %s is complained of once", async (pageNum) => {
  const mock = await mockFor({ auth: "any" });
  const { body } = await ask(mock, "GET", `${listPath}?pageNum=${pageNum}`);
  expect(body.badRequestDetail.fields).toEqual([{ field: "pageNum", description: "must be integer" }]);
});

test.each(["garbage", "application"])("The content type %j is the caller's mistake", async (type) => {
  const mock = await mockFor({ auth: "any" });
  const headers = { "content-type": type };
  expect((await ask(mock, "POST", listPath, { headers, body: msk })).body).toMatchObject({ error: 400 });
  const login = await ask(mock, "POST", "/api/oauth/token", { headers, body: "grant_type=client_credentials" });
  expect(login).toMatchObject({ status: 400, body: { error: "invalid_request" } });
});
