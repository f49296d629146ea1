import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasPython, homeOf, inTerminal, run, start, withMock } from "./support/command.js";

test("--mock asks a mock in the process: no account, no network, no file is left", async () => {
  const env = homeOf();
  const { code, stdout, stderr } = await run(
    ["private-link", "get", "66f0c1d2e3a4b5c6d7e8f901", "--mock", "-o", "json"],
    env,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ vendor: "MSK", state: "DONE" });
  const { readdirSync } = await import("node:fs");
  expect(readdirSync(env.HOME ?? "")).toEqual([]);
});

test("The single file runs by itself, and says what it lacks for a mock", async () => {
  const { env } = await withMock({ connections: [] });
  const file = join(env.HOME ?? "", "atlas-streams.mjs");
  copyFileSync(new URL("../dist/single/atlas-streams.mjs", import.meta.url), file);
  const alone = (...words: string[]) =>
    spawnSync(process.execPath, [file, ...words], { env: env as NodeJS.ProcessEnv, encoding: "utf8" });
  expect(alone("--help")).toMatchObject({ status: 0, stderr: "" });
  const mocked = alone("private-link", "list", "--mock");
  expect(mocked).toMatchObject({ status: 2, stdout: "" });
  expect(mocked.stderr).toContain("this file was taken alone");
  // Not by spawnSync: the mock is in this process.
  expect(await run(["private-link", "list", "-o", "json"], env, "", file)).toEqual({
    code: 0,
    stdout: "[]\n",
    stderr: "",
  });
});

test("mock --shell -- runs one command, in which create, wait and delete are about the same mock, and has its exit code", async () => {
  const script = `set -e
id=$(atlas-streams private-link create gcp-pubsub --region us-west2 --wait --interval 300ms --output json | grep -o '"_id": "[^"]*"' | cut -d'"' -f4)
atlas-streams private-link delete $id --yes --wait --interval 300ms
atlas-streams private-link get $id`;
  const env = homeOf();
  const { code, stdout, stderr } = await run(["mock", "--shell", "--pace", "1s", "--", "sh", "-c", script], env);
  expect(code).toBe(5);
  expect(stdout).toMatch(/ gone after \d+ s/);
  expect(stderr).toMatch(/ WORKING after \d+ s/);
});

test("mock is atlas-streams-mock, options and end included", async () => {
  const { child, told, ended } = start(["mock", "--port", "0", "--auth", "any"], homeOf());
  await expect.poll(() => told().stdout, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(told().stdout) ?? [];
  const { status } = await fetch(`${url}/api/atlas/v2/groups/${"a".repeat(24)}/streams/privateLinkConnections`, {
    headers: { accept: "application/vnd.atlas.2023-02-01+json" },
  });
  expect(status).toBe(200);
  child.kill("SIGINT");
  expect((await ended).code).toBe(0);
  const { code, stderr } = await run(["mock", "--prot", "1"], homeOf());
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "atlas-streams-mock: Unknown option '--prot'; did you mean --port?\n",
  });
});

describe.skipIf(!hasPython)("in a terminal", () => {
  test("mock --shell says what to try, and ends with the shell", async () => {
    const terminal = inTerminal(["mock", "--shell"], { ...homeOf(), SHELL: "/bin/sh", PS1: "$ " });
    await expect
      .poll(() => terminal.screen(), { timeout: 60_000 })
      .toMatch(/Try: atlas-streams private-link list\n.*\n[$#]/);
    terminal.type("atlas-streams private-link list --vendor MSK\r");
    await expect.poll(() => terminal.screen(), { timeout: 60_000 }).toMatch(/66f0c1d2e3a4b5c6d7e8f901 +DONE/);
    terminal.type("exit 7\r");
    expect(await terminal.ended).toBe(7);
  });
});
