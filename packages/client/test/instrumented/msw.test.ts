import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connect, connection, connectionId, groupId } from "../transport/service.js";

const baseUrl = "https://cloud.example";
const path = `${baseUrl}/api/atlas/v2/groups/:groupId/streams/privateLinkConnections/:connectionId`;
const server = setupServer(
  http.post(`${baseUrl}/api/oauth/token`, () =>
    HttpResponse.json({ access_token: "eyJ0b2tlbg.c2ln", expires_in: 3600 }),
  ),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

test("MSW answers the calls of a client that sends by node:http, the login included", async () => {
  server.use(http.get(path, () => HttpResponse.json(connection)));
  const { privateLinkConnections } = connect(baseUrl);
  expect(await privateLinkConnections.get({ groupId, connectionId })).toEqual(connection);
});

test("what MSW refuses is refused", async () => {
  const refusal = { error: 404, errorCode: "RESOURCE_NOT_FOUND", detail: "There is none." };
  server.use(http.get(path, () => HttpResponse.json(refusal, { status: 404 })));
  const call = connect(baseUrl).privateLinkConnections.get({ groupId, connectionId });
  await expect(call).rejects.toMatchObject({ code: "NOT_FOUND", errorCode: "RESOURCE_NOT_FOUND" });
});

test("a network error of MSW's is a ConnectionError, and a read is repeated", async () => {
  let tries = 0;
  server.use(
    http.get(path, () => {
      tries++;
      return tries < 3 ? HttpResponse.error() : HttpResponse.json(connection);
    }),
  );
  const { privateLinkConnections } = connect(baseUrl);
  expect(await privateLinkConnections.get({ groupId, connectionId })).toEqual(connection);
  expect(tries).toBe(3);
});
