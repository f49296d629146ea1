import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} words
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} place
 */
export async function run(command, words, { cwd, env = process.env }) {
  const child = spawn(command, words, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, code: Number(code), output: `${stdout}${stderr}` };
}

/**
 * The same, for what has to succeed.
 * @param {Parameters<typeof run>} call
 */
export async function mustRun(...call) {
  const result = await run(...call);
  if (result.code !== 0) throw new Error(`${call[0]} ${call[1].join(" ")} in ${call[2].cwd} failed:\n${result.output}`);
  return result.stdout;
}

/** pnpm as the person has called it, or the one that the repository names. */
export function pnpm(/** @type {readonly string[]} */ ...words) {
  const called = process.env.npm_execpath ?? "";
  return /pnpm/.test(called)
    ? /** @type {const} */ ([process.execPath, [called, ...words]])
    : /** @type {const} */ (["npx", ["--yes", "pnpm@10.34.8", ...words]]);
}
