import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mock, startMock } from "@atlas-streams/mock";
import { expect, onTestFinished, test } from "vitest";
import { createClient, serviceAccount } from "../../src/index.js";
import { fileTokenStore } from "../../src/token-file/index.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const user = fileURLToPath(new URL("user.mjs", import.meta.url));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "atlas-streams-tokens-"));
  onTestFinished(() => {
    chmodSync(made, 0o700);
    rmSync(made, { recursive: true });
  });
  return made;
}

async function mockOfTest(): Promise<Mock> {
  const mock = await startMock({ connections: [] });
  onTestFinished(() => mock.stop());
  return mock;
}

const tokenRequests = ({ requests }: Mock) =>
  requests.filter(({ operationId }) => operationId === "createToken").length;

function call(mock: Mock, directory: string): Promise<unknown> {
  const store = fileTokenStore({ directory });
  const auth = serviceAccount({ ...mock.credentials.serviceAccount, store });
  return createClient({ auth, baseUrl: mock.url }).privateLinkConnections.listPage({ groupId });
}

/** Where the only token of a folder is. */
function tokenFile(directory: string): string {
  const [name = ""] = readdirSync(directory).filter((each) => each.endsWith(".json"));
  return join(directory, name);
}

test("Forty processes at once cost one token request", async () => {
  const mock = await mockOfTest();
  const directory = join(folder(), "tokens");
  const words = [user, directory, mock.url, JSON.stringify(mock.credentials.serviceAccount)];
  const ends = Array.from({ length: 40 }, async () => {
    const [code] = await once(spawn(process.execPath, words, { stdio: ["ignore", "inherit", "inherit"] }), "exit");
    return code;
  });
  expect(new Set(await Promise.all(ends))).toEqual(new Set([0]));
  expect(tokenRequests(mock)).toBe(1);
  expect(mock.requests).toHaveLength(41);
}, 120_000);

test("The folder and the file are for their owner alone, and neither names the account", async () => {
  const mock = await mockOfTest();
  const directory = join(folder(), "new", "tokens");
  await call(mock, directory);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(tokenFile(directory)).mode & 0o777).toBe(0o600);
  expect(tokenFile(directory)).not.toContain(mock.credentials.serviceAccount.clientId);
  expect(readFileSync(tokenFile(directory), "utf8")).not.toContain(mock.credentials.serviceAccount.clientSecret);
});

test("A holder of the lock that was killed holds up the next one for seconds only", async () => {
  const directory = folder();
  const store = fileTokenStore({ directory });
  const killed = spawn(process.execPath, [user, directory, "", "{}", "die"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  expect(await once(killed, "exit")).toEqual([null, "SIGKILL"]);
  expect(readdirSync(directory)).toHaveLength(1);
  const before = performance.now();
  expect(await store.lock("die", async () => "mine")).toBe("mine");
  expect(performance.now() - before).toBeLessThan(15_000);
});

test.each([
  ["corrupt", (file: string) => writeFileSync(file, '{"accessToken": "ab')],
  ["empty", (file: string) => writeFileSync(file, "")],
  ["null", (file: string) => writeFileSync(file, "null")],
  ["a list", (file: string) => writeFileSync(file, "[]")],
  ["readable by others", (file: string) => chmodSync(file, 0o644)],
])("A token file that is %s is replaced by a good one", async (_how, spoil) => {
  const mock = await mockOfTest();
  const directory = folder();
  await call(mock, directory);
  spoil(tokenFile(directory));
  await call(mock, directory);
  await call(mock, directory);
  expect(tokenRequests(mock)).toBe(2);
  expect(statSync(tokenFile(directory)).mode & 0o777).toBe(0o600);
});

test("A folder that others may enter is closed to them before a token is put there", async () => {
  const mock = await mockOfTest();
  const directory = join(folder(), "open");
  mkdirSync(directory, { mode: 0o755 });
  await call(mock, directory);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test("Where the folder cannot be made, a call fails with a CredentialError that says why", async () => {
  const mock = await mockOfTest();
  const file = join(folder(), "file");
  writeFileSync(file, "");
  const failure = await call(mock, join(file, "tokens")).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "CREDENTIAL", cause: { code: "ENOTDIR" } });
  expect(tokenRequests(mock)).toBe(0);
});

test("Work that fails gives the lock back, and its own error", async () => {
  const store = fileTokenStore({ directory: folder() });
  const failure = new Error("no token today");
  await expect(store.lock("key", () => Promise.reject(failure))).rejects.toBe(failure);
  expect(await store.lock("key", async () => "free")).toBe("free");
});
