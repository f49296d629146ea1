import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { command, homeOf } from "../support/command.js";

/** Runs it in a shell that sends its output somewhere. */
function inShell(words: string, output: string) {
  const env = homeOf() as NodeJS.ProcessEnv;
  return spawnSync("sh", ["-c", `"$0" "$1" ${words} ${output}`, process.execPath, command], { env, encoding: "utf8" });
}

test
  .skipIf(!existsSync("/dev/full"))
  .each(["--help", "private-link list --mock", "doctor --mock -o json", "help waiting"])(
  "%s says in one sentence that the disk is full",
  (words) => {
    expect(inShell(words, ">/dev/full")).toMatchObject({
      status: 1,
      stderr: "atlas-streams: The output cannot be written (ENOSPC).\n",
    });
  },
);

test.skipIf(!existsSync("/dev/full"))("An error that cannot be told keeps its exit code", () => {
  expect(inShell("private-link get", "2>/dev/full")).toMatchObject({ status: 2, stdout: "" });
});

test("Whoever has read enough ends it without a word", () => {
  expect(inShell("raw --list", "| head -1")).toMatchObject({ status: 0, stderr: "" });
});
