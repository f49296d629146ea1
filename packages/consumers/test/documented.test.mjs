import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { undocumentedOf } from "../src/documented.mjs";

test.each(["client", "mock"])("everything that %s exports, and every field on it, is documented", (name) => {
  expect(
    undocumentedOf(fileURLToPath(import.meta.resolve(`@atlas-streams/${name}`)).replace(/\.js$/, ".d.ts")),
  ).toEqual([]);
});

test.each(["", "export {};\n"])("declarations without an export, %j, are no documented ones", async (declarations) => {
  const folder = await mkdtemp(join(tmpdir(), "documented-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "index.d.ts"), declarations);
  expect(() => undocumentedOf(join(folder, "index.d.ts"))).toThrow(/exports nothing/);
});
