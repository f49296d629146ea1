import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBlocks } from "./blocks.js";
import { docs, run } from "./workplace.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "atlas-streams-guide-"));
  for (const { notes, code } of findBlocks(await readFile(join(docs, "test-from-other-languages.md"), "utf8"))) {
    const [name] = notes.get("file") ?? [];
    if (!name) continue;
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), code);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("test-from-other-languages.md, done as a reader would", () => {
  test("its tests for pytest pass", { timeout: 120_000 }, async ({ skip }) => {
    if ((await run("python3", ["-c", "import pytest, requests"])).code !== 0)
      skip("There is no pytest with requests here.");
    const words = ["-m", "pytest", "-p", "no:cacheprovider", "-q"];
    const { stdout, stderr, code } = await run("python3", words, { cwd: folder });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("3 passed");
  });

  test("its test for Go passes", { timeout: 180_000 }, async ({ skip }) => {
    if ((await run("go", ["version"])).code !== 0) skip("There is no Go here.");
    // No module is fetched, and nothing is kept.
    const env = {
      GOFLAGS: "-mod=mod",
      GOPROXY: "off",
      GOCACHE: join(folder, "cache"),
      GOTELEMETRY: "off",
      CGO_ENABLED: "0",
    };
    const { stdout, stderr, code } = await run("go", ["test", "-v", "./..."], { cwd: folder, env });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("--- PASS: TestAConnectionThatFails");
  });

  test("its shell script is answered", { timeout: 120_000 }, async ({ skip }) => {
    if ((await run("curl", ["--version"])).code !== 0) skip("There is no curl here.");
    const { stdout, stderr, code } = await run("sh", [join(folder, "automation.sh")], { cwd: folder });
    expect(code, stdout + stderr).toBe(0);
    const { results } = JSON.parse(stdout.slice(stdout.indexOf("{")));
    expect(results).toMatchObject([{ vendor: "S3", state: "DONE" }]);
  });
});
