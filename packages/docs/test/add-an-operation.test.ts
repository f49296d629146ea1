import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findBlocks } from "./blocks.js";
import { copyCheckout, insert } from "./copy.js";
import { docs, run } from "./workplace.js";

/** A command in a folder of the copy; it has to succeed. */
async function succeed(folder: string, command: string, ...words: string[]): Promise<string> {
  const path = `${join(folder, "node_modules/.bin")}:${process.env.PATH}`;
  const { code, stdout, stderr } = await run(command, words, { cwd: folder, env: { PATH: path } });
  expect(code, `${command} ${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Describes and generates anew, and builds the client. */
async function make(copy: string): Promise<void> {
  await succeed(join(copy, "spec"), "npm", "run", "lint");
  await succeed(join(copy, "spec"), "npm", "run", "bundle");
  await succeed(join(copy, "packages/types"), "npm", "run", "generate");
  await succeed(join(copy, "packages/client"), "npm", "run", "build");
}

test("add-an-operation.md, done in a copy: it touches spec/ and the method, and the rest covers it by itself", {
  timeout: 300_000,
}, async () => {
  const copy = await copyCheckout();
  const touched = new Set<string>();
  for (const { notes, code } of findBlocks(await readFile(join(docs, "add-an-operation.md"), "utf8"))) {
    const [file] = notes.get("checkout") ?? [];
    const [, changed, beginning] = /^(.+), before the line "(.+)"$/.exec(notes.get("insert")?.[0] ?? "") ?? [];
    if (file) {
      await mkdir(dirname(join(copy, file)), { recursive: true });
      await writeFile(join(copy, file), code);
    }
    if (changed && beginning) await insert(join(copy, changed), beginning, code);
    for (const path of [file, changed]) if (path) touched.add(path);
  }
  expect(Array.from(touched).filter((path) => !path.startsWith("spec/"))).toEqual([
    "packages/client/src/resources/projects/projects.ts",
    "packages/client/src/client.ts",
  ]);

  await make(copy);
  await succeed(join(copy, "spec"), "vitest", "run", "test/resources.test.mjs");
  const contract = join(copy, "packages/contract-tests");
  const files = ["contract", "honest/honest-answers", "honest/retries"].map((name) => `test/${name}.test.ts`);
  const said = await succeed(contract, "vitest", "run", ...files, "-t", "listGroups|has a method");
  const [, passed = "0"] = /(\d+) passed/.exec(said) ?? [];
  expect(Number(passed), said).toBeGreaterThan(100);
});
