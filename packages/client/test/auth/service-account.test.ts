import { beforeAll, describe, expect, test } from "vitest";
import { loadPlatform } from "../../src/call/network.js";
import { AuthenticationError, CredentialError, serviceAccount } from "../../src/index.js";
import { rejection } from "../transport/service.js";
import { account, bearers, json, list, listenToTokens, page, startTokenService } from "./token-service.js";

beforeAll(loadPlatform);

const minutes = 60_000;
const refused = () => json({ errorCode: "USER_UNAUTHORIZED", detail: "You are not authorized." }, 401);

describe("id and secret", () => {
  test.each(["", "with space", "with:colon", "é", undefined, 42])("%j is no id", (clientId) => {
    expect(() => serviceAccount({ ...account, clientId: clientId as string })).toThrow(/^serviceAccount: clientId/);
  });

  test.each(["", "with space", "é", undefined, 42])("%j is no secret", (clientSecret) => {
    expect(() => serviceAccount({ ...account, clientSecret: clientSecret as string })).toThrow(
      /^serviceAccount: clientSecret must be text without spaces/,
    );
  });

  test("go into Basic as they are, colons of the secret and all", async () => {
    const { connect, seen } = startTokenService();
    const clientSecret = "a:secret~!with_signs";
    await list(connect({}, undefined, { clientId: "!9;~", clientSecret }));
    expect(seen.token).toEqual([
      {
        path: "/api/oauth/token",
        authorization: `Basic ${btoa(`!9;~:${clientSecret}`)}`,
        body: "grant_type=client_credentials",
      },
    ]);
    expect(bearers(seen.api)).toEqual(["Bearer token-number-1"]);
  });
});

describe("a token", () => {
  test("serves all calls at once and after, until a tenth of its life or five minutes are left", async () => {
    for (const [lifetimeSeconds, dueAfterMs] of [
      [3600, 55 * minutes],
      [600, 9 * minutes],
      [10, 9_000],
    ] as const) {
      const { connect, seen, clock } = startTokenService({
        token: (_seen, nth) => json({ access_token: `token-number-${nth}`, expires_in: lifetimeSeconds }),
      });
      const atlas = connect();
      await Promise.all([list(atlas), list(atlas), list(atlas)]);
      clock.advance(dueAfterMs - 1);
      await list(atlas);
      expect(seen.token).toHaveLength(1);
      clock.advance(1);
      await Promise.all([list(atlas), list(atlas)]);
      expect(seen.token).toHaveLength(2);
      expect(bearers(seen.api).at(-1)).toBe("Bearer token-number-2");
    }
  });

  test.each([undefined, 0, -5, "soon"])("that lives for %j is kept until it is refused", async (lifetime) => {
    const { connect, seen, clock, treatment } = startTokenService({
      token: (_seen, nth) => json({ access_token: `token-number-${nth}`, expires_in: lifetime }),
    });
    const told = listenToTokens();
    const atlas = connect();
    await list(atlas);
    clock.advance(1000 * 60 * minutes);
    await list(atlas);
    expect(seen.token).toHaveLength(1);
    expect(told).toEqual([{ client: atlas.id, expiresAt: undefined }]);
    treatment.api = ({ authorization }) => (authorization.endsWith("1") ? refused() : page(5));
    expect(await list(atlas)).toBe(5);
  });

  test("that is due but alive goes on where there is no new one, and thirty seconds pass before the next try", async () => {
    const { connect, seen, clock, treatment } = startTokenService();
    const told = listenToTokens();
    const atlas = connect();
    await list(atlas);
    clock.advance(56 * minutes);
    treatment.token = () => json({ error: "server_error" }, 503);
    for (let calls = 0; calls < 3; calls++) await list(atlas);
    expect(seen.token).toHaveLength(2);
    expect(told.at(-1)?.error).toBeInstanceOf(CredentialError);
    clock.advance(29_999);
    await list(atlas);
    expect(seen.token).toHaveLength(2);
    clock.advance(1);
    await list(atlas);
    expect(seen.token).toHaveLength(3);
    expect(new Set(bearers(seen.api))).toEqual(new Set(["Bearer token-number-1"]));
  });

  test("that is due holds up the call that renews it for a second, and no other", async () => {
    const { connect, clock, treatment } = startTokenService();
    const atlas = connect();
    await list(atlas);
    clock.advance(56 * minutes);
    treatment.token = () => new Promise(() => {});
    const first = list(atlas);
    await clock.untilScheduled(1000);
    expect(await list(atlas)).toBe(0);
    clock.advance(1000);
    expect(await first).toBe(0);
  });

  test("that was renewed early leaves no timer behind", async () => {
    const { connect, clock, seen } = startTokenService();
    const atlas = connect();
    await list(atlas);
    clock.advance(56 * minutes);
    await list(atlas);
    expect(seen.token).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  test("that has expired is not sent: the call ends with why there is no other", async () => {
    const { connect, clock, seen, treatment } = startTokenService();
    const atlas = connect();
    await list(atlas);
    clock.advance(60 * minutes);
    treatment.token = () => json({ error: "invalid_client" }, 401);
    expect(await rejection(list(atlas))).toMatchObject({ code: "CREDENTIAL", errorCode: "invalid_client" });
    expect(seen.api).toHaveLength(1);
  });

  test("a caller who gives up while it is renewed early gives up", async () => {
    const { connect, clock, treatment } = startTokenService();
    const atlas = connect();
    await list(atlas);
    clock.advance(56 * minutes);
    treatment.token = () => new Promise(() => {});
    const abort = new AbortController();
    const call = rejection(list(atlas, { signal: abort.signal }));
    await clock.untilScheduled(1000);
    abort.abort("enough");
    expect(await call).toBe("enough");
  });
});

describe("a token that is refused", () => {
  test("is replaced once, by one of the calls, and the call is sent again", async () => {
    const { connect, seen } = startTokenService({
      api: ({ authorization }) => (authorization.endsWith("1") ? refused() : page(5)),
    });
    const atlas = connect();
    expect(await Promise.all([list(atlas), list(atlas), list(atlas)])).toEqual([5, 5, 5]);
    expect(seen.token).toHaveLength(2);
    expect(seen.api).toHaveLength(6);
  });

  test("leaves the service's words where the next is refused as well, and is not replaced for that URL again", async () => {
    const { connect, seen, clock } = startTokenService({ api: refused });
    const atlas = connect();
    for (let calls = 0; calls < 3; calls++) {
      const error = await rejection(list(atlas));
      expect(error).toBeInstanceOf(AuthenticationError);
      expect(error).toMatchObject({ detail: "You are not authorized." });
    }
    expect(seen.token).toHaveLength(2);
    expect(seen.api).toHaveLength(4);
    clock.advance(5 * minutes - 1);
    await rejection(list(atlas));
    expect(seen.token).toHaveLength(2);
    clock.advance(1);
    await rejection(list(atlas));
    expect(seen.token).toHaveLength(3);
  });

  test("is replaced for ten URLs that refuse, and for no eleventh", async () => {
    const { connect, seen } = startTokenService({ api: refused });
    const atlas = connect();
    for (let project = 10; project < 22; project++)
      await rejection(atlas.privateLinkConnections.listPage({ groupId: `32b6e34b3d91647abb20e7${project}` }));
    expect(seen.token).toHaveLength(11);
  });

  test("is not replaced again where that works", async () => {
    const { connect, seen, treatment } = startTokenService();
    const atlas = connect();
    await list(atlas);
    for (let turn = 0; turn < 3; turn++) {
      const bad = bearers(seen.api).at(-1);
      treatment.api = ({ authorization }) => (authorization === bad ? refused() : page(turn));
      expect(await list(atlas)).toBe(turn);
    }
    expect(seen.token).toHaveLength(4);
  });
});

describe("several callers", () => {
  test("wait for the one token, and one who gives up takes it from nobody", async () => {
    const { connect, seen, treatment, clock } = startTokenService();
    let issue = (_response: Response) => {};
    treatment.token = () =>
      new Promise((resolve) => {
        issue = resolve;
      });
    const atlas = connect();
    const abort = new AbortController();
    const first = rejection(list(atlas, { signal: abort.signal }));
    const second = list(atlas);
    await clock.quiet();
    abort.abort("enough");
    expect(await first).toBe("enough");
    issue(json({ access_token: "token-after-all", expires_in: 3600 }));
    expect(await second).toBe(0);
    expect(seen.token).toHaveLength(1);
    expect(bearers(seen.api)).toEqual(["Bearer token-after-all"]);
  });

  test("all learn why there is none, and the next call asks again", async () => {
    const { connect, seen, treatment } = startTokenService({ token: () => json({ error: "slow_down" }, 400) });
    const atlas = connect();
    const errors = await Promise.all([{}, {}, { timeoutMs: 10_000 }].map((limits) => rejection(list(atlas, limits))));
    for (const error of errors) expect(error).toMatchObject({ errorCode: "slow_down" });
    expect(seen.token).toHaveLength(1);
    delete treatment.token;
    expect(await list(atlas)).toBe(0);
  });

  test("one with more time asks again where the token came too late for the one that asked", async () => {
    const { connect, seen, treatment, clock } = startTokenService({ token: () => new Promise(() => {}) });
    const atlas = connect();
    const hasty = rejection(list(atlas, { timeoutMs: 100 }));
    const patient = list(atlas, { timeoutMs: 10_000 });
    await clock.untilScheduled(100);
    delete treatment.token;
    clock.advance(100);
    expect(await hasty).toMatchObject({ code: "TIMEOUT", path: "/api/oauth/token" });
    expect(await patient).toBe(0);
    expect(seen.token).toHaveLength(2);
  });

  test("with no more time than the one that asked ask no more than that one", async () => {
    const { connect, seen, clock } = startTokenService({ token: () => new Promise(() => {}) });
    const atlas = connect();
    const errors = [1, 2].map(() => rejection(list(atlas, { timeoutMs: 100 })));
    await clock.untilScheduled(100);
    clock.advance(100);
    for (const error of await Promise.all(errors)) expect(error).toMatchObject({ code: "TIMEOUT" });
    expect(seen.token).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test("where nobody waits any more, the asking ends, and nothing is told", async () => {
    const { connect, clock } = startTokenService({ token: () => new Promise(() => {}) });
    const told = listenToTokens();
    const abort = new AbortController();
    const call = rejection(list(connect(), { signal: abort.signal }));
    await clock.quiet();
    abort.abort("enough");
    expect(await call).toBe("enough");
    await clock.quiet();
    expect(clock.pending).toBe(0);
    expect(told).toEqual([]);
  });
});
