import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tagOf, uncommittedIn } from "../../release/tree.mjs";

let checkout = "";
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "tree-"));
  git("init", "--quiet");
  commit("the first");
});
afterEach(() => rm(checkout, { recursive: true }));

test("what is changed or new is not committed", async () => {
  expect(await uncommittedIn(checkout)).toEqual([]);
  await writeFile(join(checkout, "new.md"), "");
  expect(await uncommittedIn(checkout)).toEqual(["?? new.md"]);
});

test("a version is tagged nowhere, here, or on another commit", async () => {
  expect(await tagOf(checkout, "0.2.0")).toBe("none");
  git("tag", "v0.2.0");
  git("-c", "user.name=x", "-c", "user.email=x@localhost", "tag", "-a", "-m", "with a word", "v0.2.1");
  expect(await tagOf(checkout, "0.2.0")).toBe("here");
  expect(await tagOf(checkout, "0.2.1")).toBe("here");
  commit("another");
  expect(await tagOf(checkout, "0.2.0")).toBe("elsewhere");
});

/** @param {string} message */
function commit(message) {
  git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--allow-empty", "--message", message);
}

/** @param {string[]} words */
function git(...words) {
  const { status, stderr } = spawnSync("git", words, { cwd: checkout, encoding: "utf8" });
  expect(status, stderr).toBe(0);
}
