import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freshClone, packAll } from "@atlas-streams/consumers/src/pack.mjs";
import { manifestOf, published, root } from "@atlas-streams/consumers/src/published.mjs";
import { mustRun } from "@atlas-streams/consumers/src/run.mjs";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { isPublished, wordsFor } from "./on-registry.mjs";
import { pendingIn, versionOf } from "./prepare.mjs";

/**
 * Publishes what is committed here, from a clone of it. Packages that the registry has in this version already are left
 * as they are, so that what broke off half-way can be run again.
 * @param {string} folder
 * @param {{ checkout?: string, registry?: string | undefined, env?: NodeJS.ProcessEnv }} [options]
 */
export async function publish(folder, { checkout = root, registry, env = process.env } = {}) {
  const clone = await freshClone(join(folder, "clone"), checkout);
  const pending = await pendingIn(clone);
  if (pending.length > 0)
    throw new Error(`there are changesets (${pending.join(", ")}): pnpm release --prepare, and commit what it does`);
  for (const { folder: place } of published) await sayWhereItLives(join(clone, place.slice(root.length)), env);
  const version = versionOf(clone);
  const where = wordsFor(registry);
  /** @type {Set<string>} */
  const there = new Set();
  for (const { name } of published) if (await isPublished(name, version, { cwd: folder, where, env })) there.add(name); // before any goes out
  const packed = await packAll(join(folder, "tarballs"), { checkout: clone });
  const lines = [];
  for (const { name, tarball } of packed) {
    if (!there.has(name)) await mustRun("npm", ["publish", tarball, ...where], { cwd: folder, env });
    lines.push(`${name}@${version} ${there.has(name) ? "is there already" : "published"}`);
  }
  const bills = [];
  for (const { name } of packed) bills.push(await billOfMaterials(folder, `${name}@${version}`, { where, env }));
  return { version, lines, bills };
}

/**
 * Keeps the bills of materials where a workflow takes them from.
 * @param {Awaited<ReturnType<typeof publish>>} published
 */
export async function keepBills({ bills }) {
  const place = join(root, "reports/sbom");
  await mkdir(place, { recursive: true });
  for (const { name, document } of bills)
    await writeFile(
      join(place, `${name.replace("@atlas-streams/", "")}.cdx.json`),
      `${JSON.stringify(document, null, 2)}\n`,
    );
  return place;
}

/**
 * Writes into a manifest of the clone where the repository is, as whoever runs this says it: GitHub's workflows do. Here
 * it is written nowhere, since there is no address that is known to last.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function sayWhereItLives(folder, { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }) {
  if (!server || !repository || !existsSync(folder)) return;
  const file = join(folder, "package.json");
  const manifest = manifestOf(folder);
  const home = `${server}/${repository}`;
  manifest.repository = { type: "git", url: `git+${home}.git`, directory: folder.replace(/^.*\/clone\//, "") };
  manifest.homepage = `${home}#readme`;
  manifest.bugs = { url: `${home}/issues` };
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
