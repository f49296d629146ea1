import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const biome = createRequire(join(root, "package.json")).resolve("@biomejs/biome/bin/biome");

const forbidden = [
  ["transport", "../auth/digest.js"],
  ["transport", "../call/retry.js"],
  ["platform", "../call/layer.js"],
  ["answer", "../resources/paging.js"],
  ["answer", "../call/retry.js"],
  ["call", "../auth/digest.js"],
  ["auth", "../transport/node.js"],
  ["raw", "../raw.js"],
  ["token-file", "../call/clock.js"],
  ["resources", "./stream-connections/stream-connections.js"],
  ["resources/stream-connections", "../private-link-connections/project.js"],
  ["resources/stream-connections", "../../client.js"],
  ["resources/private-link-connections/waiting", "../../stream-connections/stream-connections.js"],
  ["answer", "#platform"],
  ["auth", "#platform"],
  ["resources", "#platform"],
  ["resources/private-link-connections/waiting", "#platform"],
  ["call", "./../auth/digest.js"],
  ["resources/stream-connections", "./../private-link-connections/project.js"],
  ["call", "@atlas-streams/mock"],
  ["auth", "vitest"],
  ["call", "node:crypto"],
  ["answer", "node:crypto"],
] as const;
const allowed = [
  ["transport", "../call/layer.js"],
  ["auth", "../call/layer.js"],
  ["call", "#platform"],
  ["raw", "openapi-fetch"],
  ["resources/stream-connections", "../../raw.js"],
  ["resources/private-link-connections/waiting", "../../paging.js"],
  ["token-file", "node:crypto"],
] as const;

let folder = "";
/** The linter's complaints, by the file that they are about. */
let complaints: readonly string[] = [];
const fileOf = (room: string, imported: string) => `packages/client/src/${room}/${imported.replace(/\W/g, "-")}.ts`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rooms-"));
  for (const file of [".gitignore", "biome.json", "packages/client/biome.json", "packages/client/package.json"])
    await cp(join(root, file), join(folder, file));
  for (const [room, imported] of [...forbidden, ...allowed]) {
    const file = join(folder, fileOf(room, imported));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `export * from "${imported}";\n`);
  }
  const words = ["lint", "--reporter=github", "--max-diagnostics=none", "packages"];
  const { stdout } = spawnSync(process.execPath, [biome, ...words], { cwd: folder, encoding: "utf8" });
  complaints = stdout
    .split("\n")
    .filter((line) => /noRestrictedImports|noNodejsModules|noUndeclaredDependencies/.test(line));
});
afterAll(() => rm(folder, { recursive: true }));

test.each(forbidden)("%s/ must not know %s", (room, imported) => {
  expect(complaints.filter((line) => line.includes(fileOf(room, imported)))).toHaveLength(1);
});

test.each(allowed)("%s/ knows %s", (room, imported) => {
  expect(complaints.filter((line) => line.includes(fileOf(room, imported)))).toEqual([]);
});
