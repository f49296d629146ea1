import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { type Block, findBlocks } from "./blocks.js";
import { docs, root, run } from "./workplace.js";

/** The blocks of a guide. */
export async function blocksOf(guide: string): Promise<Block[]> {
  return findBlocks(await readFile(join(docs, guide), "utf8"));
}

/** The files of a reader's own project that a guide shows, by name. */
export async function projectOf(guide: string): Promise<ReadonlyMap<string, string>> {
  const blocks = await blocksOf(guide);
  return new Map(
    blocks.flatMap(({ notes, code }) => (notes.get("project") ?? []).map((name) => [name, code] as const)),
  );
}

/** Runs a shell block as it stands, with the commands of this checkout, and holds it to what the guide says of it. */
export async function runBlock({ code, notes }: Block, cwd: string): Promise<string> {
  const compare = `${process.execPath} ${join(root, "scripts/compare.mjs")}`;
  const script = code.replaceAll(/^npx (?!--)/gm, "").replaceAll(/^pnpm compare/gm, compare);
  const done = await run("sh", ["-c", script], { cwd, env: { INIT_CWD: cwd } });
  expect(done.code, `${code}${done.stdout}${done.stderr}`).toBe(0);
  for (const text of notes.get("prints") ?? []) expect(done.stdout).toContain(text);
  return done.stdout;
}
