import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { freshClone, packAll } from "@atlas-streams/consumers/src/pack.mjs";
import { manifestOf, published, root } from "@atlas-streams/consumers/src/published.mjs";
import { mustRun, pnpm } from "@atlas-streams/consumers/src/run.mjs";
import { describePackage } from "./contents.mjs";

const changesets = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");

/**
 * Turns the changesets of a checkout into versions and changelogs.
 * @param {string} checkout
 */
export async function prepare(checkout) {
  await mustRun(process.execPath, [changesets, "version"], { cwd: checkout });
  await mustRun(...pnpm("install", "--no-frozen-lockfile", "--prefer-offline"), { cwd: checkout });
  await mustRun(...pnpm("exec", "biome", "format", "--write", "."), { cwd: checkout });
}

/**
 * What would go out if the changesets were turned into versions now, and published. Done in a clone, so that nothing here changes.
 * @param {string} folder
 */
export async function wouldBe(folder) {
  const clone = await freshClone(join(folder, "clone"));
  const pending = await pendingIn(clone);
  const before = versionOf(clone);
  if (pending.length > 0) await prepare(clone);
  const packed = await packAll(join(folder, "tarballs"), { checkout: clone });
  const lines = await Promise.all(packed.map(({ name, tarball }) => describePackage(name, tarball)));
  const version = versionOf(clone);
  const told =
    pending.length > 0 ? `${before} -> ${version}, by ${pending.join(", ")}` : `${version}: no changesets are pending`;
  return `${told}\n\n${lines.join("\n")}\n\n${await changelogOf(clone)}`;
}

/** @param {string} checkout */
export async function pendingIn(checkout) {
  const names = await readdir(join(checkout, ".changeset"));
  return names.filter((name) => name.endsWith(".md") && name !== "README.md").map((name) => name.replace(".md", ""));
}

/** @param {string} checkout */
export function versionOf(checkout) {
  const client = published.find(({ name }) => name.endsWith("/client"));
  return manifestOf(join(checkout, client?.folder.slice(root.length) ?? "")).version;
}

/** What the newest version has changed, as the client's changelog tells it. @param {string} checkout */
async function changelogOf(checkout) {
  const file = join(checkout, "packages/client/CHANGELOG.md");
  if (!existsSync(file)) return "There is no changelog yet.\n";
  const [, newest = ""] = (await readFile(file, "utf8")).split(/^(?=## )/m);
  return newest;
}
