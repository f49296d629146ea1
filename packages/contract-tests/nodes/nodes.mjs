// Runs whole lives on the versions of Node that `engines` names, each from the npm package `node`, and prints a table.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@atlas-streams/mock";

const versions = process.argv.length > 2 ? process.argv.slice(2) : ["20.0.0", "20.9.0", "20", "22", "24", "26"];
const run = promisify(execFile);
const life = fileURLToPath(new URL("life.mjs", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "nodes-"));
const mock = await startMock({ connections: [], scenario: { pace: { ms: 50 } } });
const rows = [];
try {
  for (const version of versions) rows.push(await liveOn(version));
} finally {
  await mock.stop();
  await rm(folder, { recursive: true });
}
console.table(rows);
process.exitCode = rows.every(({ ended }) => ended === "4 lives") ? 0 : 1;

async function liveOn(version) {
  const home = join(folder, version);
  await run("npm", ["install", "--silent", "--no-save", "--prefix", home, `node@${version}`]);
  await writeFile(join(home, "package.json"), "{}");
  const node = join(home, "node_modules/node/bin/node");
  const { stdout: exact } = await run(node, ["--version"]);
  const ended = await run(node, [life, mock.url, JSON.stringify(mock.credentials)]).then(
    ({ stdout }) => stdout.trim(),
    ({ stderr }) => stderr.trim().split("\n").slice(0, 8).join(" "),
  );
  return { node: exact.trim(), ended };
}
