import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  compareDescriptions,
  isDescription,
  openAnswers,
  readDescription,
  readWanted,
  readYaml,
  requireDate,
  select,
  UsageError,
} from "@atlas-streams/generate";
import { root } from "./places.mjs";

/**
 * A description to compare. What is selected is as `atlas-streams-generate` makes types of it: one version of each
 * operation, which may move on, and open answers.
 * @typedef {{ description: import("@atlas-streams/generate").Description, isSelected: boolean }} Side
 */

/**
 * Compares what two words of the command line name.
 * @param {string} from
 * @param {string} to
 */
export async function compareSides(from, to) {
  const [one, other] = [await readSide(from), await readSide(to)];
  const isSelected = one.isSelected || other.isSelected;
  return compareDescriptions(one.description, other.description, { versionsMove: isSelected });
}

/**
 * @param {string} word
 * @returns {Promise<Side>}
 */
async function readSide(word) {
  const [, file = word, date] = existsSync(word) ? [] : (/^(.+)@([^@/]+)$/.exec(word) ?? []);
  if (!existsSync(file)) return { description: await readRevision(word), isSelected: false };
  if (date === undefined && isDescription(await readYaml(file)))
    return { description: await readDescription(file), isSelected: false };
  const { description: whole, choice } = await readWanted(file);
  const asOf = date === undefined ? choice.asOf : requireDate(word, date);
  const { description } = select(whole, { ...choice, asOf });
  openAnswers(description);
  return { description, isSelected: true };
}

/**
 * The description as git has it in a checkout.
 * @param {string} revision
 */
export async function readRevision(revision, checkout = checkoutHere()) {
  const git = gitOf(checkout);
  const { status } = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (status !== 0) throw new UsageError(`${revision} is neither a file nor a revision of this repository`);
  const folder = mkdtempSync(join(tmpdir(), "compare-"));
  try {
    const archive = join(folder, "spec.tar");
    const { status: archived, stderr } = git("archive", "--format=tar", `--output=${archive}`, revision, "spec");
    if (archived !== 0) throw new UsageError(`${revision} has no spec: ${stderr.trim()}`);
    const unpacked = spawnSync("tar", ["-xf", archive, "-C", folder]);
    if (unpacked.status !== 0) throw new UsageError("tar is needed to read a revision");
    return await readDescription(join(folder, "spec/openapi.yaml"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The checkout in which the person is; this one, where that is none. */
export function checkoutHere() {
  return gitOf(process.cwd())("rev-parse", "--show-toplevel").stdout?.trim() || root;
}

/** @param {string} checkout */
export function gitOf(checkout) {
  return (/** @type {string[]} */ ...words) => spawnSync("git", words, { cwd: checkout, encoding: "utf8" });
}
