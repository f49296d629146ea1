import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { createClient, serviceAccount, type TokenStore } from "@atlas-streams/client";
import { type Mock, startMock } from "@atlas-streams/mock";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type ValkeyTokenStoreOptions, valkeyTokenStore } from "../../examples/valkey-token-store.js";
import { clients } from "./valkey-clients.mjs";
import { serverCommand, startServer, type ValkeyServer } from "./valkey-server.js";

if (!serverCommand) console.log("Skipped: the token store's tests want valkey-server or redis-server installed.");

const groupId = "32b6e34b3d91647abb20e7b8";
const key = `atlas-streams:${"0123456789abcdef".repeat(4)}`;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Kind = keyof typeof clients;
const kinds = Object.keys(clients) as Kind[];

async function startService(): Promise<Mock> {
  const mock = await startMock({ connections: [] });
  onTestFinished(() => mock.stop());
  return mock;
}

const tokenRequests = ({ requests }: Mock) => requests.filter(({ path }) => path === "/api/oauth/token");
const calls = ({ requests }: Mock) => requests.filter(({ path }) => path.startsWith("/api/atlas/"));

describe.skipIf(!serverCommand)(`the token store on ${serverCommand}`, () => {
  let server: ValkeyServer;
  let compiled: string;

  beforeAll(async () => {
    server = await startServer();
    compiled = await mkdtemp(join(tmpdir(), "atlas-streams-example-"));
    await compileExample(compiled);
  });
  afterAll(async () => {
    await server?.stop();
    if (compiled) await rm(compiled, { recursive: true, force: true });
  });

  async function connect(kind: Kind, options?: ValkeyTokenStoreOptions, { url } = server) {
    const { send, end } = await clients[kind](url);
    onTestFinished(end);
    await send("FLUSHALL");
    return { send, store: valkeyTokenStore(send, options) };
  }

  describe.each(kinds)("by the client %s", (kind) => {
    test("gives back the token that was kept, until it expires", async () => {
      const { send, store } = await connect(kind);
      expect(await store.get(key)).toBeUndefined();
      const token = { accessToken: "a.b.c", renewAt: Date.now() + 100_000, expiresAt: Date.now() + 200_000 };
      await store.set(key, token);
      expect(await store.get(key)).toEqual(token);
      expect(Math.abs(Number(await send("PTTL", key)) - 200_000)).toBeLessThan(5_000);
      await store.set(key, { accessToken: "old", expiresAt: Date.now() - 1 });
      await pause(10);
      expect(await store.get(key)).toBeUndefined();
    });

    test("keeps a token of unknown age for an hour", async () => {
      const { send, store } = await connect(kind);
      await store.set(key, { accessToken: "a.b.c" });
      expect(Math.abs(Number(await send("PTTL", key)) - 3_600_000)).toBeLessThan(5_000);
    });

    test("takes what is no JSON for no token", async () => {
      const { send, store } = await connect(kind);
      await send("SET", key, "{ torn");
      expect(await store.get(key)).toBeUndefined();
    });

    test("lets one work at a time, also where the work outlasts the lock", async () => {
      const { store } = await connect(kind, { lockMs: 200 });
      let inside = 0;
      const work = async () => {
        expect(++inside).toBe(1);
        await pause(500);
        inside--;
        return "done";
      };
      expect(await Promise.all([store.lock(key, work), store.lock(key, work)])).toEqual(["done", "done"]);
    });

    test.each([9e15, Number.POSITIVE_INFINITY, Number.NaN, 1e308, -1, 0])(
      "keeps a token whose expiresAt is %s for a time that the server takes",
      async (expiresAt) => {
        const { send, store } = await connect(kind);
        await store.set(key, { accessToken: "a-token", expiresAt });
        expect(Number(await send("PTTL", key))).toBeLessThanOrEqual(31 * 24 * 3_600_000);
      },
    );

    test("gives the lock back where the work fails, and fails with its error", async () => {
      const { send, store } = await connect(kind);
      const failure = new Error("no token");
      await expect(store.lock(key, () => Promise.reject(failure))).rejects.toBe(failure);
      expect(await send("EXISTS", `${key}:lock`)).toBe(0);
    });

    test("neither renews nor releases a lock that has become another's", async () => {
      const { send, store } = await connect(kind, { lockMs: 60 });
      await store.lock(key, async () => {
        await send("SET", `${key}:lock`, "another", "PX", "60000");
        await pause(100);
      });
      expect(String(await send("GET", `${key}:lock`))).toBe("another");
      expect(Number(await send("PTTL", `${key}:lock`))).toBeGreaterThan(50_000);
    });

    test("fails the call, and says why, where the lock does not come free", async () => {
      const mock = await startService();
      const { send, store } = await connect(kind, { patienceMs: 200 });
      const taken: TokenStore = {
        ...store,
        async get(name) {
          await send("SET", `${name}:lock`, "another");
          return undefined;
        },
      };
      const auth = serviceAccount({ ...mock.credentials.serviceAccount, store: taken });
      const call = createClient({ auth, baseUrl: mock.url }).privateLinkConnections.listPage({ groupId });
      const cause = expect.objectContaining({ message: expect.stringMatching(/was not free within 200 ms/) });
      await expect(call).rejects.toMatchObject({ code: "CREDENTIAL", cause });
      expect(mock.requests).toEqual([]);
    });

    test("fails the call, rather than let it wait, where the server has gone away", async () => {
      const mock = await startService();
      const own = await startServer();
      const { store } = await connect(kind, {}, own);
      await own.stop();
      const auth = serviceAccount({ ...mock.credentials.serviceAccount, store });
      const call = createClient({ auth, baseUrl: mock.url }).privateLinkConnections.listPage({ groupId });
      await expect(call).rejects.toMatchObject({ code: "CREDENTIAL", cause: expect.any(Error) });
      expect(mock.requests).toEqual([]);
    });
  });

  function startMember(kind: Kind, mock: Mock, lockMs: number, fate = "lives") {
    const { url, credentials } = mock;
    const store = pathToFileURL(join(compiled, "valkey-token-store.js")).href;
    const account = JSON.stringify(credentials.serviceAccount);
    const words = [here("fleet-member.mjs"), store, kind, server.url, url, account, groupId, String(lockMs), fate];
    return promisify(execFile)(process.execPath, words);
  }

  test("has a fleet of six processes, thirty cold calls at once, ask for one token", async () => {
    const mock = await startService();
    await Promise.all([...kinds, ...kinds, ...kinds].map((kind) => startMember(kind, mock, 10_000)));
    expect(tokenRequests(mock)).toHaveLength(1);
    expect(calls(mock).map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(new Set(calls(mock).map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  test("is not blocked by a process that dies while it holds the lock", async () => {
    const mock = await startService();
    await expect(startMember("redis", mock, 1_000, "dies")).rejects.toMatchObject({ signal: "SIGKILL" });
    expect(mock.requests).toEqual([]);
    await startMember("iovalkey", mock, 1_000);
    expect(tokenRequests(mock)).toHaveLength(1);
    expect(calls(mock)).toHaveLength(5);
  });
});

/** Makes JavaScript of the example, for processes of their own. */
async function compileExample(directory: string): Promise<void> {
  const settings = {
    extends: here("../../tsconfig.json"),
    compilerOptions: { noEmit: false, rootDir: here("../../examples"), outDir: directory, noCheck: true, types: [] },
    files: [here("../../examples/valkey-token-store.ts")],
    include: [],
  };
  await writeFile(join(directory, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify(settings));
  await promisify(execFile)(here("../../node_modules/.bin/tsc"), ["--project", directory]);
}
