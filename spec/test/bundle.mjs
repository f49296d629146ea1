// The description as it is now, in one piece.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const description = bundle();

function bundle() {
  const folder = mkdtempSync(join(tmpdir(), "spec-"));
  const file = join(folder, "openapi.json");
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stderr } = spawnSync(`redocly bundle openapi.yaml --output "${file}"`, {
    cwd,
    encoding: "utf8",
    shell: true,
  });
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(stderr, { cause });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a reference points to. */
export function find(node) {
  if (!node?.$ref) return node;
  const steps = node.$ref.slice(2).split("/");
  return find(steps.reduce((at, step) => at[step], description));
}

/** The one media type of a body. */
export const mediaOf = (node) => Object.values(find(node)?.content ?? {})[0] ?? {};

/** The values of a body's examples, by name. */
export const examplesOf = (node) =>
  Object.fromEntries(
    Object.entries(mediaOf(node).examples ?? {}).map(([name, example]) => [name, find(example).value]),
  );

export const unique = (values) => [...new Set(values)].sort();
