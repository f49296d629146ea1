import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mock } from "@atlas-streams/mock";
import { describe, expect, test } from "vitest";
import { type Environment, run, start, withMock } from "./support/command.js";

const list = ["private-link", "list", "-o", "json"];
const tokens = ({ requests }: Mock) => requests.filter(({ operationId }) => operationId === "createToken").length;
const folderOf = ({ HOME = "" }: Environment) => join(HOME, ".cache/atlas-streams/tokens");

test("Commands one after another share a token, whose file is their owner's alone", async () => {
  const { env, mock } = await withMock({ connections: [] });
  for (let round = 0; round < 3; round++) expect((await run(list, env)).code).toBe(0);
  expect(tokens(mock)).toBe(1);
  expect(mock.requests.some(({ operationId }) => operationId === "revokeToken")).toBe(false);
  const [name = ""] = readdirSync(folderOf(env));
  expect(statSync(folderOf(env)).mode & 0o777).toBe(0o700);
  expect(statSync(join(folderOf(env), name)).mode & 0o777).toBe(0o600);
});

test("Forty commands at once are one token request", async () => {
  const { env, mock } = await withMock({ connections: [] });
  const ended = await Promise.all(Array.from({ length: 40 }, () => run(list, env)));
  expect(ended.filter(({ code, stderr }) => code !== 0 || stderr !== "")).toEqual([]);
  expect(tokens(mock)).toBe(1);
}, 240_000);

test("--no-cache gets a token for itself and gives it back", async () => {
  const { env, mock } = await withMock({ connections: [] });
  await run([...list, "--no-cache"], env);
  await run([...list, "--no-cache"], env);
  expect(tokens(mock)).toBe(2);
  expect(mock.requests.filter(({ operationId }) => operationId === "revokeToken")).toHaveLength(2);
  expect(statSync(folderOf(env), { throwIfNoEntry: false })).toBeUndefined();
});

test("A token that the service has forgotten is replaced, once", async () => {
  const { env, mock } = await withMock({ connections: [] });
  await run(list, env);
  mock.state.forgetLogins();
  expect((await run(list, env)).code).toBe(0);
  expect((await run(list, env)).code).toBe(0);
  expect(tokens(mock)).toBe(2);
});

test("A corrupt cache is replaced without a word", async () => {
  const { env, mock } = await withMock({ connections: [] });
  await run(list, env);
  const [name = ""] = readdirSync(folderOf(env));
  writeFileSync(join(folderOf(env), name), "{{{");
  expect(await run(list, env)).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  expect(await run(list, env)).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  expect(tokens(mock)).toBe(2);
});

const cannotKeep =
  /^atlas-streams: The token cannot be kept in \S+ \((\w+)\), so this command logs in by itself\. --no-cache does so without this line\.\n$/;

describe("Where the token cannot be kept the command works, and says so in one sentence", () => {
  test("a cache folder that is a file", async () => {
    const { env } = await withMock({ connections: [] });
    writeFileSync(join(env.HOME ?? "", ".cache"), "");
    const { code, stdout, stderr } = await run(list, env);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "[]\n" });
    expect(cannotKeep.exec(stderr)?.[1]).toMatch(/ENOTDIR|EEXIST/);
  });

  const isRoot = process.getuid?.() === 0;

  test.skipIf(!isRoot)("a home on a disk that is read-only", async () => {
    const { env } = await withMock({ connections: [] });
    const home = join(env.HOME ?? "", "read-only");
    mkdirSync(home);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "ro", "tmpfs", home]).status === 0;
    try {
      // Where nothing may be mounted, /proc is a disk that nobody can write to.
      const { code, stderr } = await run(list, { ...env, XDG_CACHE_HOME: mounted ? home : "/proc" });
      expect(code).toBe(0);
      expect(cannotKeep.exec(stderr)?.[1]).toMatch(mounted ? /EROFS/ : /ENOENT|EACCES|EPERM/);
    } finally {
      if (mounted) spawnSync("umount", [home]);
    }
  });

  test.skipIf(!isRoot)("a disk that is full", async ({ skip }) => {
    const { env } = await withMock({ connections: [] });
    const disk = join(env.HOME ?? "", "full");
    mkdirSync(disk);
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=4096,nr_inodes=64", "tmpfs", disk]).status !== 0)
      skip("Nothing may be mounted here.");
    try {
      writeFileSync(join(disk, "filler"), "x".repeat(4096));
      const { code, stderr } = await run(list, { ...env, XDG_CACHE_HOME: disk });
      expect(code).toBe(0);
      expect(cannotKeep.exec(stderr)?.[1]).toBe("ENOSPC");
    } finally {
      spawnSync("umount", [disk]);
    }
  });

  test.skipIf(isRoot)("a home that one may not write to", async () => {
    const { env } = await withMock({ connections: [] });
    chmodSync(env.HOME ?? "", 0o500);
    const { code, stderr } = await run(list, env);
    chmodSync(env.HOME ?? "", 0o700);
    expect(code).toBe(0);
    expect(cannotKeep.exec(stderr)?.[1]).toBe("EACCES");
  });
});

test("A command that was killed while it held the lock holds up the next for seconds only", async () => {
  const { env, mock } = await withMock({
    connections: [],
    faults: [{ fault: "stalled", path: "/api/oauth/token", nth: 1, credentials: "any" }],
  });
  const killed = start(list, env);
  await expect.poll(() => tokens(mock), { timeout: 60_000 }).toBe(1);
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(readdirSync(folderOf(env))).toHaveLength(1);
  expect(await run(list, env)).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  expect(tokens(mock)).toBe(2);
});
