// Runs turbo with telemetry off. With --quiet it says nothing unless something fails.
//   node scripts/turbo.mjs [--quiet] run build
import { spawnSync } from "node:child_process";

const [first, ...rest] = process.argv.slice(2);
const isQuiet = first === "--quiet";
const words = isQuiet ? [...rest, "--output-logs=errors-only"] : process.argv.slice(2);

const { status, stdout, error } = spawnSync("turbo", words, {
  stdio: ["ignore", isQuiet ? "pipe" : "inherit", "inherit"],
  shell: process.platform === "win32",
  encoding: "utf8",
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
});
if (error)
  console.error(`turbo could not be started (${error.message}). Run it through pnpm: npx --yes pnpm@10.34.8 test`);
if (status !== 0 && stdout)
  process.stdout.write(`${stdout}\nThis could not be built: the report above says which file and line.\n`);
process.exitCode = status ?? 1;
