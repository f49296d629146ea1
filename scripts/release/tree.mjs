import { mustRun, run } from "@atlas-streams/consumers/src/run.mjs";

/**
 * What somebody has changed here and not committed: a release is made of what is committed.
 * @param {string} checkout
 */
export async function uncommittedIn(checkout) {
  const told = await mustRun("git", ["status", "--porcelain"], { cwd: checkout });
  return told.split("\n").filter(Boolean);
}

/**
 * Where a version is tagged: nowhere, on the commit that is checked out, or on another one.
 * @param {string} checkout
 * @param {string} version
 */
export async function tagOf(checkout, version) {
  const tagged = await run("git", ["rev-parse", "--verify", "--quiet", `refs/tags/v${version}^{commit}`], {
    cwd: checkout,
  });
  if (tagged.code !== 0) return "none";
  const head = await mustRun("git", ["rev-parse", "HEAD"], { cwd: checkout });
  return tagged.stdout.trim() === head.trim() ? "here" : "elsewhere";
}
