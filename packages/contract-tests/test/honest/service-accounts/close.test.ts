import { createClient, serviceAccount, TimeoutError } from "@atlas-streams/client";
import { aMoment, rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { connect } from "../clients.js";
import { tokenPath } from "../hostile-server.js";
import { listen } from "../listen.js";
import { call, getOne } from "../operations.js";
import { asked, calls, kind, minutes, revokePath, startHostile, startService } from "./service.js";

describe("close()", () => {
  test("revokes the token that the client holds, raw in Basic as well, and the service takes it no more", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    await atlas.close();
    const [revoked] = asked(mock, revokePath);
    const bearer = calls(mock)[0]?.headers.authorization ?? "";
    const body = new URLSearchParams(String(revoked?.body));
    expect(`Bearer ${body.get("token")}`).toBe(bearer);
    expect(body.get("token_type_hint")).toBe("access_token");
    expect(revoked).toMatchObject({ method: "POST", status: 200 });
    const reused = await fetch(`${mock.url}${calls(mock)[0]?.path}`, {
      headers: { authorization: bearer, accept: getOne.accept },
    });
    expect(reused.status).toBe(401);
  });

  test("revokes once, however often it is called, and nothing where there is nothing", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await atlas.close();
    expect(mock.requests).toEqual([]);
    await call(atlas, getOne);
    await Promise.all([atlas.close(), atlas.close()]);
    await atlas.close();
    expect(asked(mock, revokePath)).toHaveLength(1);
  });

  test("leaves the client usable: the next call asks for a new token", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    await atlas.close();
    await call(atlas, getOne);
    expect(asked(mock, tokenPath)).toHaveLength(2);
    expect(calls(mock).map(({ status }) => status)).toEqual([200, 200]);
  });

  test("waits for a token that is under way, and revokes that", async () => {
    const server = await startHostile({
      token: async ({ answer }) => {
        await aMoment();
        answer(200, { access_token: "just-in-time" });
      },
    });
    const atlas = connect(kind, server);
    const answer = call(atlas, getOne);
    while (server.tokenRequests.length === 0) await aMoment(1);
    await atlas.close();
    expect(server.requests.find(({ path }) => path === revokePath)?.body).toContain("token=just-in-time");
    await answer;
  });

  test("does not revoke what has expired", async () => {
    const clock = startClock();
    const mock = await startService({ clock });
    const atlas = connect(kind, mock, { clock });
    await call(atlas, getOne);
    clock.advance(60 * minutes);
    await atlas.close();
    expect(asked(mock, revokePath)).toEqual([]);
  });

  test.each([
    ["invalid_client", 401, { error: "invalid_client", error_description: "Rotated." }, { detail: "Rotated." }],
    ["an empty 502", 502, undefined, {}],
    ["a page for people", 503, "<html>later</html>", {}],
    ["a redirect", 302, undefined, {}],
  ])(
    "is best effort: where the service refuses with %s, it tells that on the token channel and throws nothing",
    async (_name, status, body, facts) => {
      const server = await startHostile({ revoke: ({ answer }) => answer(status, body) });
      const atlas = connect(kind, server);
      await call(atlas, getOne);
      const events = listen("token", atlas);
      await atlas.close();
      expect(events).toMatchObject([{ error: { code: "CREDENTIAL", status, path: revokePath, ...facts } }]);
    },
  );

  test("in a finally leaves the error that matters to be seen", async () => {
    const server = await startHostile({ revoke: ({ socket }) => void socket.destroy() });
    const atlas = connect(kind, server);
    const work = async () => {
      try {
        await call(atlas, getOne);
        throw new Error("this is what matters");
      } finally {
        await atlas.close();
      }
    };
    expect(await rejection(work())).toMatchObject({ message: "this is what matters" });
  });

  test("is what `await using` does at the end of its block", async () => {
    const mock = await startService();
    {
      await using atlas = connect(kind, mock);
      await call(atlas, getOne);
    }
    expect(asked(mock, revokePath)).toHaveLength(1);
  });

  test("does not wait for the lock of a store that never comes: a shared token is not this client's to end", async () => {
    const mock = await startService();
    const store = { get: async () => undefined, set: async () => {}, lock: () => new Promise<never>(() => {}) };
    const auth = serviceAccount({ ...mock.credentials.serviceAccount, store });
    const atlas = createClient({ auth, baseUrl: mock.url, deadlineMs: 100 });
    const answer = rejection(call(atlas, getOne));
    await atlas.close();
    expect(await answer).toBeInstanceOf(TimeoutError);
  });

  test("can be tried again where it has failed", async () => {
    const mock = await startService({ faults: [{ path: revokePath, nth: 1, fault: "empty" }] });
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    await atlas.close();
    await atlas.close();
    expect(asked(mock, revokePath).map(({ status }) => status)).toEqual([502, 200]);
  });

  test("of a client with an API key sends nothing", async () => {
    const mock = await startService();
    const atlas = connect("digest", mock);
    await call(atlas, getOne);
    const before = mock.requests.length;
    await atlas.close();
    expect(mock.requests).toHaveLength(before);
  });
});
