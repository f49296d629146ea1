import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareDescriptions, readDescription } from "@atlas-streams/generate";
import { checkoutHere, gitOf, readRevision } from "./sides.mjs";

/** Compares spec/ as it is with that of the last release, and says whether its version owns up to what breaks. */
export async function sinceRelease(checkout = checkoutHere()) {
  const { stdout } = gitOf(checkout)("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "HEAD");
  const tag = stdout?.trim();
  if (!tag) return { text: "There is no release yet, no tag such as v1.0.0: nothing can break.\n", isBroken: false };
  const { version } = JSON.parse(readFileSync(join(checkout, "spec/package.json"), "utf8"));
  const now = await readDescription(join(checkout, "spec/openapi.yaml"));
  const { level, changes } = compareDescriptions(await readRevision(tag, checkout), now);
  const breaks = changes.filter((change) => change.level === "major");
  const isBroken = breaks.length > 0 && !isMajor(tag.slice(1), version);
  const told = breaks.map(({ where, what }) => `major  ${where} ${what}\n`).join("");
  const verdict = isBroken
    ? `This breaks callers of ${tag}, but version ${version} of spec/package.json is no new major version.`
    : `${level} since ${tag}; version ${version} allows it.`;
  return { text: `${told}${verdict}\n`, isBroken };
}

/**
 * Whether a version may break the callers of another: a new first number, or, before 1.0.0, a new second one.
 * @param {string} from
 * @param {string} to
 */
export function isMajor(from, to) {
  const [major = 0, minor = 0] = from.split(".").map(Number);
  const [newMajor = 0, newMinor = 0] = to.split(".").map(Number);
  return newMajor > major || (major === 0 && newMajor === 0 && newMinor > minor);
}
