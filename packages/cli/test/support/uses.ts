import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A command line that a test has run, and how it ended. */
export interface Use {
  readonly words: readonly string[];
  readonly code: number | null;
}

/** A folder for the run, which vitest.config.mjs makes. */
const folder = process.env.USES ?? "";
const usesFile = join(folder, "uses");
const endedFile = join(folder, "ended");

export function noteUse(words: readonly string[], code: number | null): void {
  appendFileSync(usesFile, `${JSON.stringify({ words, code } satisfies Use)}\n`);
}

/** Every use so far, in all files of the run. */
export function uses(): Use[] {
  return linesOf(usesFile).map((line) => JSON.parse(line) as Use);
}

export function noteEnd(testFile: string): void {
  appendFileSync(endedFile, `${testFile}\n`);
}

/** The files of tests that have come to their end. */
export function endedFiles(): string[] {
  return linesOf(endedFile);
}

function linesOf(file: string): string[] {
  return readFileSync(file, { encoding: "utf8", flag: "a+" }).split("\n").filter(Boolean);
}
