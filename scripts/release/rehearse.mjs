import { join } from "node:path";
import { freshClone } from "@atlas-streams/consumers/src/pack.mjs";
import { published } from "@atlas-streams/consumers/src/published.mjs";
import { mustRun } from "@atlas-streams/consumers/src/run.mjs";
import { pendingIn, prepare, versionOf } from "./prepare.mjs";
import { publish } from "./publish.mjs";

/**
 * A whole release, changesets and all, into a registry of this machine; the repository stays as it is.
 * @param {string} folder
 * @param {import("@atlas-streams/consumers/src/registry/registry.mjs").Registry} registry
 */
export async function rehearse(folder, { url, env }) {
  const checkout = await freshClone(join(folder, "rehearsal"));
  if ((await pendingIn(checkout)).length > 0) {
    await prepare(checkout);
    const author = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost"];
    await mustRun("git", [...author, "commit", "--quiet", "--all", "--message", "Versions"], { cwd: checkout });
  }
  const { bills } = await publish(folder, { checkout, registry: url, env });
  const version = versionOf(checkout);
  let seen = 0;
  for (const { name } of published) {
    const shown = await mustRun("npm", ["view", `${name}@${version}`, "version"], { cwd: folder, env });
    if (shown.trim() === version) seen++;
  }
  return { published: seen, bills };
}
