import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const script = fileURLToPath(new URL("../totals.mjs", import.meta.url));
const runs = { scripts: { test: "vitest run" } };
const passed = { status: "passed", fullName: "it works", failureMessages: [] };
const failed = { status: "failed", fullName: "it holds", failureMessages: ["Error: it does not\n  at a place"] };

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "totals-"));
  await write("spec/package.json", { scripts: {} });
  await write("scripts/package.json", { scripts: {} });
  await write("packages/one/package.json", runs);
  await write("packages/two/package.json", {
    scripts: { test: "vitest run", "test:site": "vitest run test/site --outputFile.json=reports/site.json" },
  });
  for (const name of ["one/reports/vitest", "two/reports/vitest", "two/reports/site"]) await report(name, [passed]);
});
afterEach(() => rm(folder, { recursive: true }));

test("the totals of all reports are the last line", () => {
  expect(totals()).toEqual({ status: 0, lines: ["3 passed, 0 failed"] });
});

test("what failed is named, and counted once although the step failed as well", async () => {
  await report("one/reports/vitest", [passed, failed]);
  expect(totals("test")).toEqual({
    status: 1,
    lines: ["failed: a.test.ts: it holds: Error: it does not", "3 passed, 1 failed"],
  });
});

test("a file that cannot be loaded is a failure", async () => {
  await report("one/reports/vitest", [], "Cannot find module");
  expect(totals("test").lines).toEqual(["failed: a.test.ts: Cannot find module", "2 passed, 1 failed"]);
});

test.each(["one/reports/vitest", "two/reports/site"])("without %s.json its tests have failed", async (name) => {
  await rm(join(folder, `packages/${name}.json`));
  const { status, lines } = totals("test");
  expect(status).toBe(1);
  expect(lines[0]).toContain(`failed: packages/${name}.json: no report`);
  expect(lines.at(-1)).toBe("2 passed, 1 failed");
});

test("a report that breaks off is none", async () => {
  await writeFile(join(folder, "packages/one/reports/vitest.json"), '{ "numPassedTests": 7, "testRes');
  expect(totals().lines.at(-1)).toBe("2 passed, 1 failed");
});

test("a step that fails where all tests pass is a failure: a lint, a compiler, a table that falls short", () => {
  expect(totals("test").lines.at(-1)).toBe("3 passed, 1 failed");
  expect(totals("test", "check:release --quick").lines).toEqual([
    expect.stringMatching(/^failed: test: /),
    expect.stringMatching(/^failed: check:release --quick: /),
    "3 passed, 2 failed",
  ]);
});

test("where nothing ran nothing is fine", async () => {
  for (const name of ["one", "two"]) await rm(join(folder, "packages", name, "reports"), { recursive: true });
  expect(totals()).toMatchObject({ status: 1 });
});

/** @param {string[]} steps */
function totals(...steps) {
  const { status, stdout } = spawnSync(process.execPath, [script, ...steps], { cwd: folder, encoding: "utf8" });
  return { status, lines: stdout.trimEnd().split("\n") };
}

/** @param {string} name @param {object[]} assertionResults @param {string} message */
function report(name, assertionResults, message = "") {
  const isFine = message === "" && !assertionResults.includes(failed);
  return write(`packages/${name}.json`, {
    numPassedTests: assertionResults.filter((result) => result === passed).length,
    numPendingTests: 0,
    testResults: [{ name: "a.test.ts", status: isFine ? "passed" : "failed", message, assertionResults }],
  });
}

/** @param {string} file @param {object} content */
async function write(file, content) {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), JSON.stringify(content));
}
