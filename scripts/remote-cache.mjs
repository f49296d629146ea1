// Tries turbo's remote cache against a server of one's own, on loopback: what one checkout has built another takes, and
// nobody takes what was signed with another key.
//   pnpm --filter @atlas-streams/scripts remote-cache
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = new URL("reports/", import.meta.url);
const server = "turborepo-remote-cache@2.12.0";
const words = ["run", "build", "--filter=@atlas-streams/testing", "--cache=remote:rw"];

const folder = await mkdtemp(join(tmpdir(), "remote-cache-"));
const port = await freePort();
const token = randomBytes(16).toString("hex");
const [key, otherKey] = [randomBytes(32).toString("hex"), randomBytes(32).toString("hex")];
const cache = spawn("npx", ["--yes", "--loglevel=error", server], {
  cwd: folder,
  stdio: ["ignore", "ignore", "inherit"],
  detached: true,
  env: {
    ...process.env,
    NODE_ENV: "production",
    LOG_LEVEL: "error",
    HOST: "127.0.0.1",
    PORT: String(port),
    TURBO_TOKEN: token,
    STORAGE_PROVIDER: "local",
    STORAGE_PATH: join(folder, "artifacts"),
    STORAGE_PATH_USE_TMP_FOLDER: "false",
    TURBO_REMOTE_CACHE_SIGNATURE_KEY: key, // or it keeps no signatures
  },
});
try {
  await untilUp();
  const rows = [
    { run: "the first", wanted: 0, ...build(key) },
    { run: "the second, with the same key", wanted: 1, ...build(key) },
    { run: "one with another key", wanted: 0, ...build(otherKey) },
  ];
  console.table(rows);
  await mkdir(reports, { recursive: true });
  await writeFile(new URL("remote-cache.json", reports), JSON.stringify(rows)); // for check-release/
  process.exitCode = rows.every(({ cached, wanted }) => cached === wanted) ? 0 : 1;
} finally {
  if (cache.pid) process.kill(-cache.pid); // npx and the server that it has started
  await rm(folder, { recursive: true, force: true });
}

/**
 * Builds one package with nothing but the remote cache.
 * @param {string} key
 */
function build(key) {
  const { stdout, stderr } = spawnSync("turbo", words, {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      TURBO_TELEMETRY_DISABLED: "1",
      TURBO_API: `http://127.0.0.1:${port}`,
      TURBO_TEAM: "team_atlas_streams",
      TURBO_TOKEN: token,
      TURBO_REMOTE_CACHE_SIGNATURE_KEY: key,
    },
  });
  const [, cached, total] = /Cached:\s+(\d+) cached, (\d+) total/.exec(stdout) ?? [];
  if (!total) throw new Error(`turbo did not run: ${stdout}${stderr}`);
  return { cached: Number(cached), total: Number(total) };
}

async function untilUp() {
  for (const end = Date.now() + 120_000; Date.now() < end; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/v8/artifacts/status`, {
      headers: { authorization: `Bearer ${token}` },
    }).catch(() => undefined); // not yet
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${server} did not start.`);
}

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}
