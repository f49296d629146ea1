import { createClient, serviceAccount } from "@atlas-streams/client";
import { aMoment } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { connect } from "../clients.js";
import { tokenPath } from "../hostile-server.js";
import { call, getOne } from "../operations.js";
import { asked, calls, inParallel, kind, startHostile, startService } from "./service.js";

describe("one token for all", () => {
  test("100 cold calls at once cost one token request, and 100 more cost none", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await inParallel(100, () => call(atlas, getOne));
    expect(asked(mock, tokenPath)).toHaveLength(1);
    await inParallel(100, () => call(atlas, getOne));
    expect(asked(mock, tokenPath)).toHaveLength(1);
    expect(calls(mock)).toHaveLength(200);
  });

  test("a client that is never used asks for none", async () => {
    const mock = await startService();
    connect(kind, mock);
    await aMoment();
    expect(mock.requests).toEqual([]);
  });

  test("id and secret go raw in Basic, underscores and all, and the grant in a form", async () => {
    const server = await startHostile();
    await call(connect(kind, server), getOne);
    const [request] = server.tokenRequests;
    const { clientId, clientSecret } = server.credentials.serviceAccount;
    const [scheme, encoded] = request?.headers.authorization?.split(" ") ?? [];
    expect(scheme).toBe("Basic");
    expect(atob(encoded ?? "")).toBe(`${clientId}:${clientSecret}`);
    expect(request).toMatchObject({ method: "POST", path: tokenPath, body: "grant_type=client_credentials" });
    expect(request?.headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    });
  });

  test("the token goes with every call, and nothing goes without it", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await inParallel(10, () => call(atlas, getOne));
    expect(new Set(calls(mock).map(({ headers }) => headers.authorization)).size).toBe(1);
    expect(calls(mock).every(({ headers }) => /^Bearer \S+$/.test(headers.authorization ?? ""))).toBe(true);
  });
});

test("two clients of two accounts at two services do not mix their tokens", async () => {
  const [one, other] = [await startHostile(), await startHostile()];
  other.behave({ token: ({ answer }) => answer(200, { access_token: "of-the-other" }) });
  const auth = serviceAccount(one.credentials.serviceAccount);
  const clients = [one, other].map(({ url }) => createClient({ auth, baseUrl: url, retry: false }));
  await Promise.all(clients.map((atlas) => call(atlas, getOne)));
  expect(one.calls[0]?.headers.authorization).toMatch(/^Bearer eyJ0b2tlbg/);
  expect(other.calls[0]?.headers.authorization).toBe("Bearer of-the-other");
});
