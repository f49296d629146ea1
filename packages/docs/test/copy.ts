import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { onTestFinished } from "vitest";
import { root } from "./workplace.js";

/** What is made anew, or is of no use to a copy. */
const leftOut = new Set([".git", ".turbo", ".blocks", "reports", ".vite", ".vite-temp", ".cache"]);

/** A copy of this checkout as it is, built and all; it shares the dependencies of this one. */
export async function copyCheckout(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "atlas-streams-copy-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  const isWanted = (path: string) => path !== join(root, "node_modules") && !leftOut.has(basename(path));
  for (const folder of ["spec", "packages", "scripts", "tsconfig.base.json", "biome.json", "package.json"])
    await cp(join(root, folder), join(copy, folder), { recursive: true, verbatimSymlinks: true, filter: isWanted });
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Puts text before the first line that begins so, as far from the margin as that line is. */
export async function insert(file: string, beginning: string, text: string): Promise<void> {
  const lines = (await readFile(file, "utf8")).split("\n");
  const at = lines.findIndex((line) => line.trimStart().startsWith(beginning));
  const [margin] = /^ */.exec(lines[at] ?? "") ?? [];
  if (margin === undefined || at < 0) throw new Error(`no line of ${file} begins with ${JSON.stringify(beginning)}`);
  lines.splice(at, 0, text.replace(/\n$/, "").replace(/^(?=.)/gm, margin));
  await writeFile(file, lines.join("\n"));
}
