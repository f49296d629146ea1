import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type ClientOptions,
  CredentialError,
  createClient,
  type StoredToken,
  serviceAccount,
  type TokenStore,
} from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { tokenPath } from "./hostile-server.js";
import { listen } from "./listen.js";
import { call, getOne } from "./operations.js";
import { expectNoSecret } from "./secrets.js";

async function startService(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  return mock;
}

/** A store in memory, as one that is shared by all the processes of a fleet would look to each of them. */
function startStore(changes: Partial<TokenStore> = {}) {
  const kept = new Map<string, StoredToken>();
  let last: Promise<unknown> = Promise.resolve();
  const store: TokenStore = {
    get: async (key) => kept.get(key),
    set: async (key, token) => void kept.set(key, JSON.parse(JSON.stringify(token))),
    lock(key, work) {
      const next = last.then(work, work);
      last = next.catch(() => key);
      return next;
    },
    ...changes,
  };
  return { store, kept };
}

function joinFleet(mock: Mock, store: TokenStore, options: ClientOptions = {}) {
  const auth = serviceAccount({ ...mock.credentials.serviceAccount, store });
  return createClient({ auth, baseUrl: mock.url, retry: false, ...options });
}

const tokenRequests = ({ requests }: Mock) => requests.filter(({ path }) => path === tokenPath);
const calls = ({ requests }: Mock) => requests.filter(({ path }) => path.startsWith("/api/atlas/"));

describe("a fleet with a token store", () => {
  test("shares one token among its clients, however many begin at once", async () => {
    const mock = await startService();
    const { store } = startStore();
    const clients = Array.from({ length: 10 }, () => joinFleet(mock, store));
    await Promise.all(clients.flatMap((atlas) => [call(atlas, getOne), call(atlas, getOne)]));
    expect(tokenRequests(mock)).toHaveLength(1);
    expect(new Set(calls(mock).map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  test("renews once when the token is due, whoever notices first", async () => {
    const clock = startClock();
    const mock = await startService({ clock });
    const { store } = startStore();
    const clients = Array.from({ length: 10 }, () => joinFleet(mock, store, { clock }));
    await Promise.all(clients.map((atlas) => call(atlas, getOne)));
    clock.advance(58 * 60_000);
    await Promise.all(clients.map((atlas) => call(atlas, getOne)));
    expect(tokenRequests(mock)).toHaveLength(2);
    expect(calls(mock).every(({ status }) => status === 200)).toBe(true);
  });

  test("replaces a token that the service forgot once for all", async () => {
    const mock = await startService();
    const { store } = startStore();
    const clients = Array.from({ length: 10 }, () => joinFleet(mock, store));
    await Promise.all(clients.map((atlas) => call(atlas, getOne)));
    mock.state.forgetLogins();
    await Promise.all(clients.map((atlas) => call(atlas, getOne)));
    expect(tokenRequests(mock)).toHaveLength(2);
  });

  test("keeps its token where one of its clients closes", async () => {
    const mock = await startService();
    const { store } = startStore();
    const [one, other] = [joinFleet(mock, store), joinFleet(mock, store)];
    await call(one, getOne);
    await one.close();
    await call(other, getOne);
    expect(mock.requests.some(({ path }) => path.endsWith("/revoke"))).toBe(false);
    expect(tokenRequests(mock)).toHaveLength(1);
  });

  test("keeps the tokens of two services and of two accounts apart", async () => {
    const [one, other] = [await startService(), await startService()];
    const { store, kept } = startStore();
    await call(joinFleet(one, store), getOne);
    await call(joinFleet(other, store), getOne);
    expect([tokenRequests(one).length, tokenRequests(other).length]).toEqual([1, 1]);
    expect(kept.size).toBe(2);
    for (const key of kept.keys()) expect(key).toMatch(/^atlas-streams:[\da-f]{64}$/);
  });

  test("lets nobody in who knows the id alone: a wrong secret finds no token", async () => {
    const mock = await startService();
    const { store } = startStore();
    await call(joinFleet(mock, store), getOne);
    const { clientId } = mock.credentials.serviceAccount;
    const auth = serviceAccount({ clientId, clientSecret: "mdb_sa_sk_somebody_elses", store });
    const error = await rejection(call(createClient({ auth, baseUrl: mock.url, retry: false }), getOne));
    expect(error).toBeInstanceOf(CredentialError);
    expect(error).toMatchObject({ status: 401 });
    expect(calls(mock)).toHaveLength(1);
  });

  test("keeps apart the tokens of two base URLs that differ in their path only", async () => {
    const asked: string[] = [];
    const { store } = startStore({ get: async (key) => void asked.push(key) });
    for (const path of ["", "/one", "/other"]) {
      const auth = serviceAccount({ clientId: "id", clientSecret: "secret", store });
      const baseUrl = `http://127.0.0.1:1${path}`;
      await rejection(call(createClient({ auth, baseUrl, retry: false }), getOne));
    }
    expect(new Set(asked).size).toBe(3);
  });

  test("of four real processes has one token", async () => {
    const mock = await startService();
    const directory = await mkdtemp(join(tmpdir(), "atlas-streams-store-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const script = fileURLToPath(new URL("store-user.mjs", import.meta.url));
    const parameters = JSON.stringify(getOne.example.parameters.path);
    const account = JSON.stringify(mock.credentials.serviceAccount);
    const run = () => promisify(execFile)(process.execPath, [script, directory, mock.url, account, parameters, "5"]);
    await Promise.all([run(), run(), run(), run()]);
    expect(tokenRequests(mock)).toHaveLength(1);
    expect(calls(mock).map(({ status }) => status)).toEqual(Array(20).fill(200));
  });
});

describe("a token store that", () => {
  const garbage: [string, unknown][] = [
    ["null", null],
    ["a number", 42],
    ["a string", "a-token"],
    ["an empty object", {}],
    ["a token that is no text", { accessToken: 7 }],
    ["an empty token", { accessToken: "" }],
    ["a token that no header can hold", { accessToken: "line\nbreak" }],
    ["a token with letters beyond ASCII", { accessToken: "töken\u2603" }],
    ["a token with times that are none", { accessToken: "old", renewAt: "soon", expiresAt: {} }],
    ["a token of a million years", { accessToken: "old", expiresAt: 9e15 }],
    ["a token without an end", { accessToken: "old", expiresAt: Number.POSITIVE_INFINITY }],
    ["a token from before the epoch", { accessToken: "old", renewAt: -1 }],
    ["a token of a megabyte", { accessToken: "x".repeat(1e6) }],
    ["a token that expired", { accessToken: "old", renewAt: 1, expiresAt: 2 }],
  ];

  test.each(garbage)("holds %s counts as empty", async (_name, kept) => {
    const mock = await startService();
    const { store } = startStore();
    const first = { ...store, get: async () => kept as StoredToken };
    await call(joinFleet(mock, first), getOne);
    expect(tokenRequests(mock)).toHaveLength(1);
    expect(calls(mock).map(({ status }) => status)).toEqual([200]);
  });

  test.each(garbage)("gives %s back from its lock fails the call with a CredentialError", async (_name, given) => {
    const mock = await startService();
    const { store } = startStore({ lock: async () => given as never });
    const error = await rejection(call(joinFleet(mock, store), getOne));
    expect(error).toBeInstanceOf(CredentialError);
    expect(mock.requests).toEqual([]);
  });

  test("gives another token each time somebody looks is looked at once", async () => {
    const mock = await startService();
    let looks = 0;
    const changing = {
      get accessToken() {
        return looks++ ? "line\nbreak" : "a-token";
      },
    };
    const { store } = startStore({ get: async () => changing });
    await Promise.allSettled([call(joinFleet(mock, store), getOne)]);
    expect(calls(mock)[0]?.headers.authorization).toBe("Bearer a-token");
  });

  test("forgets what its lock has to give back costs nothing: the token is there", async () => {
    const mock = await startService();
    const { store } = startStore({ lock: async (_key, work) => void (await work()) as never });
    await call(joinFleet(mock, store), getOne);
    expect(tokenRequests(mock)).toHaveLength(1);
  });

  test.each(["get", "lock"] as const)(
    "fails in %s fails the call with a CredentialError, and nothing goes out unauthenticated",
    async (part) => {
      const mock = await startService();
      const cause = new Error("the store is on fire");
      const { store } = startStore({ [part]: () => Promise.reject(cause) });
      const error = await rejection(call(joinFleet(mock, store), getOne));
      expect(error).toBeInstanceOf(CredentialError);
      expect(error).toMatchObject({ code: "CREDENTIAL", cause });
      expect(calls(mock)).toEqual([]);
    },
  );

  test.each(["get", "lock"] as const)("throws in %s before it gives a promise does the same", async (part) => {
    const mock = await startService();
    const { store } = startStore({
      [part]: () => {
        throw new Error("no promise");
      },
    });
    expect(await rejection(call(joinFleet(mock, store), getOne))).toBeInstanceOf(CredentialError);
  });

  test.each(["get", "set", "lock"] as const)(
    "shows the token in an error of its own in %s: it gets no further",
    async (part) => {
      const mock = await startService();
      const secret = mock.credentials.serviceAccount.clientSecret;
      const { store } = startStore({
        [part]: async (...command: unknown[]) => {
          throw Object.assign(
            new Error(`refused: ${JSON.stringify(command)}, with ${secret}`, { cause: new Error("no memory") }),
            { command },
          );
        },
      });
      const atlas = joinFleet(mock, store);
      const events = listen("token", atlas);
      await call(atlas, getOne).catch((error: unknown) => events.push({ error }));
      expect(events).not.toEqual([]);
      expectNoSecret(events, mock);
    },
  );

  test("fails once the token is there fails no call", async () => {
    const mock = await startService();
    const { store } = startStore({
      async lock(_key, work) {
        await work();
        throw new Error("could not let go of the lock");
      },
    });
    const atlas = joinFleet(mock, store);
    await call(atlas, getOne);
    mock.state.forgetLogins();
    await call(atlas, getOne);
    expect(tokenRequests(mock)).toHaveLength(2);
  });

  test("cannot keep a token costs a client one, not one per call, and who listens is told why", async () => {
    const mock = await startService();
    const cause = new Error("read-only");
    const { store } = startStore({ set: () => Promise.reject(cause) });
    const atlas = joinFleet(mock, store);
    const events = listen("token", atlas);
    for (let count = 0; count < 10; count++) await call(atlas, getOne);
    expect(tokenRequests(mock)).toHaveLength(1);
    expect(events).toMatchObject([{ error: { code: "CREDENTIAL", cause } }, { expiresAt: expect.any(Number) }]);
  });
});
