import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
const client = join(here, "../..");
/** As deep as this folder, so that the files find what they import. */
const workplace = join(client, "reports/types");

/** A mistake, as the comment above it has it: why it is one, and what the compiler has to say. */
interface Mistake {
  readonly why: string;
  readonly at: string;
  readonly code: string;
  readonly words: string;
}

interface Complaint {
  readonly at: string;
  readonly code: string;
  readonly words: string;
}

const mistakes = (await Promise.all((await readdir(join(here, "mistakes"))).map(readMistakes))).flat();
let complaints: readonly Complaint[];

async function readMistakes(name: string): Promise<Mistake[]> {
  const lines = (await readFile(join(here, "mistakes", name), "utf8")).split("\n");
  return lines.flatMap((line, index) => {
    if (!line.includes("@ts-expect-error")) return [];
    const [, why, code, words] = /\/\/ @ts-expect-error (.+)\. (TS\d+): (.+)$/.exec(line) ?? [];
    if (!why || !code || !words) throw new Error(`${name}:${index + 1} does not say what it expects: ${line}`);
    return { why, code, words, at: `mistakes/${name}:${index + 2}` };
  });
}

/** Compiles the honest forms, and the mistakes with what excuses them taken away. */
async function compile(): Promise<Complaint[]> {
  await rm(workplace, { recursive: true, force: true });
  await mkdir(join(workplace, "mistakes"), { recursive: true });
  await cp(join(here, "honest.ts"), join(workplace, "honest.ts"));
  for (const name of await readdir(join(here, "mistakes"))) {
    const text = await readFile(join(here, "mistakes", name), "utf8");
    await writeFile(join(workplace, "mistakes", name), text.replaceAll("@ts-expect-error", "expected:"));
  }
  await writeFile(join(workplace, "tsconfig.json"), JSON.stringify({ extends: "../../tsconfig.json", include: ["."] }));
  const compiler = join(client, "node_modules/typescript/bin/tsc");
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [compiler, "--pretty", "false"], { cwd: workplace }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  return output
    .split(/^(?=\S)/m)
    .filter((text) => text.trim())
    .map((text) => {
      const [, file, line, code = "", words = text] = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/s.exec(text) ?? [];
      return { at: `${file}:${line}`, code, words };
    });
}

beforeAll(async () => {
  complaints = await compile();
}, 60_000);

test("the honest forms of every vendor compile, and nothing is complained of but the mistakes", () => {
  const expected = new Set(mistakes.map(({ at }) => at));
  expect(complaints.filter(({ at }) => !expected.has(at))).toEqual([]);
});

test("there are at least 25 mistakes, no two of them the same", () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(25);
  expect(new Set(mistakes.map(({ why }) => why)).size).toBe(mistakes.length);
});

describe("the compiler refuses, for this reason and no other:", () => {
  test.each(mistakes)("$why", ({ at, code, words }) => {
    const said = complaints.filter((complaint) => complaint.at === at);
    expect(said).toEqual([{ at, code, words: expect.stringContaining(words) }]);
  });
});
