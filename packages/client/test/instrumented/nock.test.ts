import nock from "nock";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connect, connection, connectionId, groupId, rejection } from "../transport/service.js";

const baseUrl = "https://cloud.example";
const path = `/api/atlas/v2/groups/${groupId}/streams/privateLinkConnections/${connectionId}`;

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

function allowLogin() {
  return nock(baseUrl).post("/api/oauth/token").reply(200, { access_token: "eyJ0b2tlbg.c2ln", expires_in: 3600 });
}

test("nock answers the calls of a client that sends by node:http, the login included", async () => {
  allowLogin().get(path).matchHeader("authorization", "Bearer eyJ0b2tlbg.c2ln").reply(200, connection);
  expect(await connect(baseUrl).privateLinkConnections.get({ groupId, connectionId })).toEqual(connection);
  expect(nock.isDone()).toBe(true);
});

test("what nock refuses is refused, and an error of nock's is a ConnectionError", async () => {
  allowLogin().get(path).reply(403, { error: 403, errorCode: "USER_UNAUTHORIZED" });
  const { privateLinkConnections } = connect(baseUrl, { retry: false });
  await expect(privateLinkConnections.get({ groupId, connectionId })).rejects.toMatchObject({ code: "PERMISSION" });
  nock(baseUrl)
    .get(path)
    .replyWithError(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
  expect(await rejection(privateLinkConnections.get({ groupId, connectionId }))).toMatchObject({ code: "CONNECTION" });
});
