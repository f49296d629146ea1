import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { loadPlatform } from "../../src/call/network.js";
import { serviceAccount, type TokenEvent, type TokenStore } from "../../src/index.js";
import { rejection } from "../transport/service.js";
import { account, list, startStore, startTokenService } from "./token-service.js";

beforeAll(loadPlatform);

const minutes = 60_000;

describe("a store", () => {
  test.each([null, {}, { get: () => {} }, { get: () => {}, set: () => {} }, { get: 1, set: 1, lock: 1 }, "store"])(
    "is not %j",
    (store) => {
      expect(() => serviceAccount({ ...account, store: store as unknown as TokenStore })).toThrow(
        "serviceAccount: store must have the functions get, set and lock.",
      );
    },
  );

  test("is shared by the clients of one account, and kept when one closes", async () => {
    const { connect, seen } = startTokenService();
    const store = startStore();
    const [one, other] = [connect({}, store), connect({}, store)];
    expect(await Promise.all([list(one), list(other)])).toEqual([0, 0]);
    await one.close();
    await list(connect({}, store));
    expect(seen.token).toHaveLength(1);
    expect(seen.revoke).toEqual([]);
    const [[key, token] = []] = [...store.kept];
    expect(key).toMatch(/^atlas-streams:[\da-f]{64}$/);
    expect(token).toEqual({
      accessToken: "token-number-1",
      renewAt: Date.parse("2026-01-01T00:55:00Z"),
      expiresAt: Date.parse("2026-01-01T01:00:00Z"),
    });
  });

  test("keeps accounts, secrets and places apart", async () => {
    const { connect, seen } = startTokenService();
    const store = startStore();
    await list(connect({}, store));
    await list(connect({}, store, { ...account, clientSecret: "another-secret" }));
    await list(connect({}, store, { ...account, clientId: "another-id" }));
    await list(connect({ baseUrl: "https://atlas.example/elsewhere" }, store));
    expect(store.kept.size).toBe(4);
    expect(seen.token.length + seen.api.length).toBeGreaterThan(4);
  });

  test("is asked before the lock, and in the lock again", async () => {
    const { connect, seen } = startTokenService();
    const store = startStore();
    await list(connect({}, store));
    await list(connect({}, store));
    expect(store.locks).toBe(1);
    expect(seen.token).toHaveLength(1);
  });

  test("that is due is renewed by one for all", async () => {
    const { connect, seen, clock } = startTokenService();
    const store = startStore();
    const clients = [connect({}, store), connect({}, store)];
    await Promise.all(clients.map((atlas) => list(atlas)));
    clock.advance(56 * minutes);
    await Promise.all(clients.map((atlas) => list(atlas)));
    expect(seen.token).toHaveLength(2);
  });
});

const now = Date.parse("2026-01-01T00:00:00Z");
const whole = { accessToken: "kept-by-somebody", renewAt: now + minutes, expiresAt: now + 2 * minutes };
const farOff = now + 366 * 24 * 60 * minutes;

describe("what a store holds", () => {
  async function bearerWith(kept: unknown) {
    const { connect, seen } = startTokenService();
    const store = { ...startStore(), get: async () => kept as never };
    await list(connect({}, store));
    return seen.api[0]?.authorization;
  }

  test.each([
    [whole],
    [{ ...whole, renewAt: undefined }],
    [{ ...whole, expiresAt: null }],
    [{ ...whole, renewAt: farOff, expiresAt: farOff }],
    [{ accessToken: "x".repeat(16_384) }],
  ])("is a token: %#", async (kept) => {
    expect(await bearerWith(kept)).toBe(`Bearer ${kept.accessToken}`);
  });

  test.each([
    [undefined],
    [null],
    ["kept-by-somebody"],
    [{}],
    [{ accessToken: "" }],
    [{ accessToken: "with space" }],
    [{ accessToken: "with\nline" }],
    [{ accessToken: "é" }],
    [{ accessToken: 42 }],
    [{ accessToken: "x".repeat(16_385) }],
    [{ ...whole, renewAt: "soon" }],
    [{ ...whole, expiresAt: -1 }],
    [{ ...whole, expiresAt: farOff + 1 }],
    [{ ...whole, renewAt: Number.NaN }],
    [{ ...whole, renewAt: now }],
    [{ ...whole, expiresAt: now }],
  ])("is none: %#", async (kept) => {
    expect(await bearerWith(kept)).toBe("Bearer token-number-1");
  });
});

describe("a store that fails", () => {
  function listenToErrors(): unknown[] {
    const told: unknown[] = [];
    const listener = (message: unknown) => void told.push((message as TokenEvent).error);
    subscribe("atlas-streams:token", listener);
    onTestFinished(() => void unsubscribe("atlas-streams:token", listener));
    return told;
  }
  const broken = async () => {
    throw new Error(`broken by ${account.clientSecret}`);
  };

  test.each(["get", "lock"] as const)("in %s is a CredentialError that tells no secret", async (part) => {
    const { connect } = startTokenService();
    const error = await rejection(list(connect({}, { ...startStore(), [part]: broken })));
    const message = "POST /api/oauth/token gave no token to share: the token store failed.";
    expect(error).toMatchObject({ code: "CREDENTIAL", message, cause: { message: "broken by [redacted]" } });
  });

  test("to keep a token costs no call, and is told", async () => {
    const { connect, seen } = startTokenService();
    const told = listenToErrors();
    const atlas = connect({}, { ...startStore(), set: broken });
    expect(await list(atlas)).toBe(0);
    await list(atlas);
    expect(seen.token).toHaveLength(1);
    const message = "POST /api/oauth/token gave no token to share: the token store could not keep it.";
    expect(told[0]).toMatchObject({ message, cause: { message: "broken by [redacted]" } });
  });

  test("to come to an end with keeping a token costs a call no more than seconds", async () => {
    const { connect, clock } = startTokenService();
    const told = listenToErrors();
    const listing = list(connect({}, { ...startStore(), set: () => new Promise(() => {}) }));
    await clock.untilScheduled(5000);
    clock.advance(5000);
    expect(await listing).toBe(0);
    expect(told[0]).toMatchObject({ cause: { message: "It took too long." } });
  });

  test("with what cannot be looked at is a CredentialError all the same", async () => {
    const throws = () => {
      throw new TypeError("Do not look.");
    };
    const get = async () => {
      throw new Proxy({}, { get: throws, getPrototypeOf: throws });
    };
    const { connect } = startTokenService();
    expect(await rejection(list(connect({}, { ...startStore(), get })))).toMatchObject({ code: "CREDENTIAL" });
  });

  test("once the token is there costs no call", async () => {
    const { connect, seen } = startTokenService();
    const lock: TokenStore["lock"] = async (_key, work) => {
      await work();
      return broken();
    };
    expect(await list(connect({}, { ...startStore(), lock }))).toBe(0);
    expect(seen.token).toHaveLength(1);
  });

  test("to run the work, and gives back no token, says so", async () => {
    const { connect } = startTokenService();
    const error = await rejection(list(connect({}, { ...startStore(), lock: async () => ({}) as never })));
    const message = "POST /api/oauth/token gave no token to share: the token store gave back what is no token.";
    expect(error).toMatchObject({ code: "CREDENTIAL", message });
    expect((error as Error).cause).toBeUndefined();
  });

  test("to run the work, and gives back a token, gives that", async () => {
    const { connect, seen } = startTokenService();
    await list(connect({}, { ...startStore(), lock: async () => whole as never }));
    expect(seen.api[0]?.authorization).toBe("Bearer kept-by-somebody");
  });
});
