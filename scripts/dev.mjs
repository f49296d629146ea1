// Serves the mock and keeps it true to the description: whenever a file of spec/ changes, everything that
// depends on it is generated, built and checked anew, and the mock starts again.
import { spawn } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { watch } from "chokidar";

const root = fileURLToPath(new URL("..", import.meta.url));
const settleMs = 150; // an editor saves in several steps
const generated = /[\\/]spec[\\/](dist|node_modules|reports|\.turbo)([\\/]|$)/;

/** @type {import("node:child_process").ChildProcess | undefined} */
let mock;
/** @type {NodeJS.Timeout | undefined} */
let pending;
let isBuilding = false;
let isStale = true;

const watcher = watch(fileURLToPath(new URL("../spec", import.meta.url)), {
  ignored: (path) => generated.test(path),
  ignoreInitial: true,
});
watcher.on("all", (_event, path) => {
  clearTimeout(pending);
  pending = setTimeout(() => rebuild(`${relative(root, path)} changed`), settleMs);
});
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
await rebuild("starting");

/** @param {string} reason */
async function rebuild(reason) {
  isStale = true;
  if (isBuilding) return;
  isBuilding = true;
  while (isStale) {
    isStale = false;
    console.log(`${reason}: lint, bundle, generate, build, check …`);
    const status = await run("node", [
      "scripts/turbo.mjs",
      "--quiet",
      "run",
      "lint",
      "bundle",
      "generate",
      "build",
      "check",
    ]);
    if (status !== 0)
      console.log("That does not hold yet; the mock goes on with what it had. Waiting for the next change.");
    else await restartMock();
  }
  isBuilding = false;
}

async function restartMock() {
  await endMock();
  mock = spawn(process.execPath, ["packages/mock/bin/atlas-streams-mock.js", ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
}

/** @returns {Promise<void>} */
async function endMock() {
  const running = mock;
  mock = undefined;
  if (!running || running.exitCode !== null) return;
  const ended = new Promise((resolve) => running.once("exit", resolve));
  running.kill("SIGTERM");
  await ended;
}

async function stop() {
  clearTimeout(pending);
  await Promise.all([watcher.close(), endMock()]);
}

/**
 * @param {string} command
 * @param {string[]} words
 * @returns {Promise<number | null>}
 */
function run(command, words) {
  return new Promise((resolve) => spawn(command, words, { cwd: root, stdio: "inherit" }).once("exit", resolve));
}
