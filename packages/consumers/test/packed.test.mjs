import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packAll } from "../src/pack.mjs";
import { published } from "../src/published.mjs";
import { mustRun } from "../src/run.mjs";

/** @type {string} */
let folder;
/** @type {ReadonlyMap<string, readonly string[]>} */
let filesOf;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packed-"));
  const packed = await packAll(folder, { isBuilt: true });
  const listed = packed.map(async ({ name, tarball }) => {
    const files = await mustRun("tar", ["-tzf", tarball], { cwd: folder });
    return /** @type {const} */ ([name, files.trim().split("\n")]);
  });
  filesOf = new Map(await Promise.all(listed));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

// pnpm adds the repository's licence only where no file of the package has a name like it.
test.each(published)("$name goes out with its manifest, its README and its licence", ({ name }) => {
  expect(filesOf.get(name)).toEqual(
    expect.arrayContaining(["package/package.json", "package/README.md", "package/LICENSE"]),
  );
});
