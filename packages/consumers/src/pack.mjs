import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { manifestOf, published, root } from "./published.mjs";
import { mustRun, pnpm } from "./run.mjs";

/**
 * Packs what is published; each is `{ name, tarball }`.
 * @param {string} destination
 * @param {{ checkout?: string, isBuilt?: boolean }} from `isBuilt` takes `dist` as it is; otherwise prepack makes it
 */
export async function packAll(destination, { checkout = root, isBuilt = false } = {}) {
  await mkdir(destination, { recursive: true });
  const filters = published.map(({ name }) => `--filter=${name}`);
  const scripts = isBuilt ? ["--config.ignore-scripts=true"] : [];
  const words = ["--recursive", "--workspace-concurrency=1", ...filters, ...scripts];
  await mustRun(...pnpm(...words, "pack", "--pack-destination", destination), { cwd: checkout });
  return published.map(({ name, folder }) => {
    const { version } = manifestOf(join(checkout, folder.slice(root.length)));
    return { name, tarball: join(destination, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`) };
  });
}

/**
 * A clone of the checkout as it is committed, with what it needs installed and nothing built.
 * @param {string} folder
 * @param {string} checkout
 */
export async function freshClone(folder, checkout = root) {
  await mustRun("git", ["clone", "--quiet", checkout, folder], { cwd: checkout });
  await mustRun(...pnpm("install", "--frozen-lockfile", "--prefer-offline"), { cwd: folder });
  return folder;
}
