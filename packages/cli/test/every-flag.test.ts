import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exitCodes } from "../src/exit-codes.js";
import { commands, readLine } from "./support/program.js";
import { endedFiles, uses } from "./support/uses.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const others = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts") && name !== "every-flag.test.ts")
  .map((name) => folder + name);
const left = () => others.filter((name) => !endedFiles().includes(name));

// This file is the last to be begun; where only some files are run, it has nothing to look at.
const isWhole = left().length < 2;

test.runIf(isWhole)("Every command, every flag of it, and every exit code is used by a test", async () => {
  await expect.poll(left, { timeout: 110_000 }).toEqual([]);
  const lines = uses()
    .filter(({ words }) => !words.includes("--help"))
    .map(({ words }) => readLine(words));
  const isRun = (path: string) => lines.some((line) => line.path === path);
  const isUsed = (path: string, long: string) =>
    lines.some((line) => line.path === path && line.flags.some((flag) => flag.long === long));
  const ends = commands.filter(({ command }) => command.commands.length === 0);
  expect(ends.filter(({ path }) => !isRun(path)).map(({ path }) => path)).toEqual([]);

  const unused = commands.flatMap(({ path, command }) =>
    command.options
      .filter(({ long }) => long && long !== "--mock" && !isUsed(path, long))
      .map(({ long }) => `${path} ${long}`),
  );
  expect(unused).toEqual([]);
  const codes = uses().map(({ code }) => code);
  expect(Object.values(exitCodes).filter((code) => !codes.includes(code))).toEqual([]);
});
