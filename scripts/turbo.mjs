// Runs turbo with telemetry off. With --quiet it says nothing, unless something fails: then the first complaint in one
// sentence.
//   node scripts/turbo.mjs [--quiet] run build
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("..", import.meta.url));
if (/[#?]/.test(checkout)) {
  console.error(
    `${checkout} has a # or a ? in it, which the tool that checks the description takes for the end of a path (redocly-cli 1441). Move the checkout to a path without.`,
  );
  process.exit(1);
}

const [first, ...rest] = process.argv.slice(2);
const isQuiet = first === "--quiet";
const words = isQuiet ? [...rest, "--output-logs=errors-only"] : process.argv.slice(2);

const { status, stdout, stderr, error } = spawnSync("turbo", words, {
  stdio: ["ignore", isQuiet ? "pipe" : "inherit", isQuiet ? "pipe" : "inherit"],
  shell: process.platform === "win32",
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
});
process.exitCode = status ?? 1;
if (error)
  console.error(`turbo could not be started (${error.message}). Run it through pnpm: npx --yes pnpm@10.34.8 test`);
else if (isQuiet && status !== 0) console.error(summary(stdout) ?? `${stdout}\n${stderr}`);

/**
 * What is wrong first, and where: unreadable YAML, a complaint of the description's lint, an error of the compiler.
 * @param {string} output
 */
function summary(output) {
  const text = output.replaceAll(/^\S+:\S+: ?/gm, ""); // the names of the tasks
  const [, why, file, line, column] = /Failed to parse: (.+?) in "(.+?)" \((\d+):(\d+)\)/.exec(text) ?? [];
  const [, place, complaint] = /^\[1\] (\S+?:\d+:\d+) at .*\s+(.+)$/m.exec(text) ?? [];
  const [compiler] = /^\S+\(\d+,\d+\): error TS.*$/m.exec(text) ?? [];
  const found =
    (file && `${file.replace(`${process.cwd()}/`, "")}:${line}:${column} is no YAML (${why})`) ??
    (place && `spec/${place}: ${complaint}`) ??
    compiler;
  return found && `This does not build: ${found.replace(/\.$/, "")}. The whole report: npx --yes pnpm@10.34.8 test`;
}
