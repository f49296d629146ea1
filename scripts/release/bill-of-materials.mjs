import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mustRun } from "@atlas-streams/consumers/src/run.mjs";
import { between } from "../licences.mjs";

/**
 * @typedef {object} Component
 * @property {string} type
 * @property {string} name
 * @property {string} version
 * @property {string} purl
 * @property {readonly { readonly license?: { readonly id?: string, readonly name?: string }, readonly expression?: string }[]} [licenses]
 */

/**
 * What is in a package that is published: what npm installs with it (CycloneDX, by npm itself), and what is bundled into
 * its files, which npm cannot know.
 * @param {string} folder
 * @param {string} wanted
 * @param {{ where: readonly string[], env: NodeJS.ProcessEnv }} registry
 */
export async function billOfMaterials(folder, wanted, { where, env }) {
  const name = wanted.slice(0, wanted.lastIndexOf("@"));
  const project = join(folder, "bills", name.replace(/\W+/g, "-"));
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "bill", version: "1.0.0", private: true }));
  await mustRun("npm", ["install", "--no-audit", "--no-fund", ...where, wanted], { cwd: project, env });
  const bill = JSON.parse(await mustRun("npm", ["sbom", "--sbom-format", "cyclonedx"], { cwd: project, env }));
  /** @type {Component[]} */
  const installed = bill.components;
  /** @type {Component[]} */
  const bundled = [];
  for (const { name: one } of installed) {
    const licences = await readFile(join(project, "node_modules", one, "dist/THIRD_PARTY_NOTICES.txt"), "utf8").catch(
      () => "",
    );
    bundled.push(...bundledIn(licences));
  }
  const components = [...installed, ...bundled];
  return { name, components, bundled: bundled.length, document: { ...bill, components } };
}

/**
 * What the file of licences beside a bundle tells of.
 * @param {string} licences
 * @returns {Component[]}
 */
export function bundledIn(licences) {
  return licences.split(between).flatMap((section) => {
    const [, name, version, licence] = /^(\S+) (\S+), (.+)/.exec(section) ?? [];
    if (!name || !version || !licence) return [];
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    return [{ type: "library", name, version, purl, licenses: [{ expression: licence }] }];
  });
}
