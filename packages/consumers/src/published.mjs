import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The packages that are published, each before those that need it. */
export const published = ["spec", "types", "generate", "client", "mock", "cli"].map((name) => ({
  name: `@atlas-streams/${name}`,
  folder: join(root, name === "spec" ? "spec" : `packages/${name}`),
}));

/** @param {string} folder */
export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/**
 * The links of a README that lead nowhere for somebody who has the package alone.
 * @param {string} folder
 */
export function brokenLinksOf(folder) {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const prose = readme.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, "");
  /** @type {readonly string[]} */
  const files = manifestOf(folder).files;
  return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target)
    .filter((target) => !/^(https?:|#)/.test(target))
    .filter((target) => !files.some((file) => target.startsWith(file)) || !existsSync(join(folder, target)));
}
