import { expect, test } from "vitest";
import { ask, askForToken, basic, connectionPath, mockFor, movingClock } from "../helpers.js";

test("The service account gets a token, and the token opens", async () => {
  const mock = await mockFor();
  const { status, body } = await askForToken(mock);
  expect(status).toBe(200);
  expect(body).toMatchObject({ expires_in: 3600, token_type: "Bearer" });
  const authorization = `Bearer ${body.access_token}`;
  expect((await ask(mock, "GET", connectionPath, { headers: { authorization } })).status).toBe(200);
});

test("What has a token in it must not be stored on the way", async () => {
  const mock = await mockFor();
  const { headers } = await askForToken(mock);
  expect([headers.get("cache-control"), headers.get("pragma")]).toEqual(["no-store", "no-cache"]);
});

test("A token that nobody issued is refused", async () => {
  const mock = await mockFor();
  const { status } = await ask(mock, "GET", connectionPath, { headers: { authorization: "Bearer made-up" } });
  expect(status).toBe(401);
});

test("A token expires", async () => {
  const clock = movingClock();
  const mock = await mockFor({ clock, limits: { tokenLifetimeSeconds: 60 } });
  const { body } = await askForToken(mock);
  expect(body.expires_in).toBe(60);
  const headers = { authorization: `Bearer ${body.access_token}` };
  clock.move(59_999);
  expect((await ask(mock, "GET", connectionPath, { headers })).status).toBe(200);
  clock.move(1);
  expect((await ask(mock, "GET", connectionPath, { headers })).status).toBe(401);
});

test("A token that was revoked is refused, and the answer to revoking has no body", async () => {
  const mock = await mockFor();
  const { body } = await askForToken(mock);
  const revoked = await ask(mock, "POST", "/api/oauth/revoke", {
    headers: { authorization: basic(mock), "content-type": "application/x-www-form-urlencoded" },
    body: `token=${body.access_token}&token_type_hint=access_token`,
  });
  expect(revoked).toMatchObject({ status: 200, text: "" });
  const { status } = await ask(mock, "GET", connectionPath, {
    headers: { authorization: `Bearer ${body.access_token}` },
  });
  expect(status).toBe(401);
});

test("A wrong secret is refused in the words of OAuth", async () => {
  const mock = await mockFor();
  const { status, headers, body } = await askForToken(mock, { authorization: basic(mock, "wrong") });
  expect(status).toBe(401);
  expect(headers.get("content-type")).toBe("application/json");
  expect(headers.get("www-authenticate")).toMatch(/^Basic realm="/);
  expect(body).toEqual({ error: "invalid_client", error_description: "Invalid credentials provided." });
});

test("An id and a secret that were form-encoded are refused, as the service does", async () => {
  const mock = await mockFor();
  const { clientId, clientSecret } = mock.credentials.serviceAccount;
  const encoded = `${clientId}:${clientSecret}`.replaceAll("_", "%5F");
  const { status } = await askForToken(mock, { authorization: `Basic ${Buffer.from(encoded).toString("base64")}` });
  expect(status).toBe(401);
});

test("A form without a grant, and one with another grant, are told apart", async () => {
  const mock = await mockFor();
  expect(await askForToken(mock, {}, "scope=all")).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  expect(await askForToken(mock, {}, "grant_type=password")).toMatchObject({
    status: 400,
    body: { error: "unsupported_grant_type" },
  });
});

test("The 101st live token is refused, until one is revoked or expires", async () => {
  const clock = movingClock();
  const mock = await mockFor({ clock });
  for (let count = 1; count <= 100; count += 1) expect((await askForToken(mock)).status).toBe(200);
  expect(await askForToken(mock)).toMatchObject({ status: 403, body: { error: "access_denied" } });
  clock.move(3_600_000);
  expect((await askForToken(mock)).status).toBe(200);
});

test("Asking for tokens too often is answered with the error body of the API, as the service does", async () => {
  const clock = movingClock();
  const mock = await mockFor({ clock, limits: { tokenRequestsPerMinute: 2 } });
  await askForToken(mock);
  await askForToken(mock);
  expect(await askForToken(mock)).toMatchObject({
    status: 429,
    body: {
      errorCode: "RATE_LIMITED",
      parameters: ["/api/oauth/token", 2, 1],
      detail: "Resource /api/oauth/token is limited to 2 requests every 1 minutes.",
    },
  });
  clock.move(60_000);
  expect((await askForToken(mock)).status).toBe(200);
});

test("Where any credentials will do, none will do too, for a token as well", async () => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "GET", connectionPath)).status).toBe(200);
  expect((await ask(mock, "GET", connectionPath, { headers: { authorization: "Bearer made-up" } })).status).toBe(200);
  expect((await askForToken(mock, { authorization: "Basic eDp5" })).status).toBe(200);
});
