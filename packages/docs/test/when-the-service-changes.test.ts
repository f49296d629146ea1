import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { blocksOf, projectOf, runBlock } from "./done-as-a-reader.js";
import { docs, root, run } from "./workplace.js";

/** A checkout of `spec/` alone, with one commit; and beside it what a reader has of the vendor's. */
async function makePlace(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), "service-changes-"));
  onTestFinished(() => rm(place, { recursive: true }));
  const isSource = (path: string) => !/spec[\\/](node_modules|dist|reports|\.turbo)/.test(path);
  await cp(join(root, "spec"), join(place, "spec"), { recursive: true, filter: isSource });
  for (const words of [
    ["init", "-q"],
    ["add", "-A"],
    ["commit", "-qm", "All there is"],
  ]) {
    const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
    expect(await run("git", [...who, ...words], { cwd: place })).toMatchObject({ code: 0 });
  }
  const vendor = await readFile(join(docs, "test/vendor/vendor.yaml"), "utf8");
  const region = "        state: { type: string";
  const now = vendor
    .replace(/ {2}\/api\/atlas\/v2\/pipelines[\s\S]*?(?=^components:)/m, "")
    .replace(region, `        region: { type: string }\n${region}`);
  await writeFile(join(place, "vendor.yaml"), vendor);
  await writeFile(join(place, "vendor-then.yaml"), vendor);
  await writeFile(join(place, "vendor-now.yaml"), now);
  for (const [name, text] of await projectOf("generate.md")) await writeFile(join(place, name), text);
  return place;
}

test("when-the-service-changes.md, done as a reader would", { timeout: 180_000 }, async () => {
  const place = await makePlace();
  let runs = 0;
  for (const block of await blocksOf("when-the-service-changes.md")) {
    if (block.notes.has("change")) {
      await writeFile(join(place, "change.diff"), block.code);
      expect(await run("git", ["apply", "--recount", "change.diff"], { cwd: place })).toMatchObject({ code: 0 });
    }
    if (!block.notes.has("run")) continue;
    await runBlock(block, place);
    runs++;
  }
  expect(runs).toBe(4);
});
