import { run } from "@atlas-streams/consumers/src/run.mjs";

/**
 * What tells npm which registry is meant: without a name, the one that it is set up with. One that somebody has set up for
 * our scope would go before `--registry`, so this says it for the scope as well.
 * @param {string | undefined} registry
 */
export function wordsFor(registry) {
  return registry ? ["--registry", registry, `--@atlas-streams:registry=${registry}`] : [];
}

/**
 * Whether a registry has a package in a version. One that cannot be asked has neither: then nothing may be published yet.
 * @param {string} name
 * @param {string} version
 * @param {{ cwd: string, where: readonly string[], env: NodeJS.ProcessEnv }} registry
 */
export async function isPublished(name, version, { cwd, where, env }) {
  const words = ["view", `${name}@${version}`, "version", "--json", ...where];
  const { stdout, output, code } = await run("npm", words, { cwd, env });
  const said = asJson(stdout);
  if (said === version) return true;
  const isSilent = code === 0 && stdout.trim() === ""; // an older npm, of a version that is not there
  if (isSilent || said?.error?.code === "E404") return false;
  const why = [said?.error?.code, said?.error?.summary].filter(Boolean).join(" ") || output.trim() || "nothing";
  throw new Error(`the registry does not say whether it has ${name}@${version}, but: ${why.slice(0, 500)}`);
}

/** @param {string} text */
function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // what a proxy or a portal has to say
  }
}
