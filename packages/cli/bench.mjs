// Whether the command starts fast enough: medians of runs that take turns, so that a busy machine is busy for all.
//   pnpm --filter @atlas-streams/cli bench [RUNS]
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const runs = Number(process.argv[2] ?? 15);
const command = fileURLToPath(new URL("dist/atlas-streams.mjs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "atlas-streams-bench-"));

// A server in a process of its own, which answers at once: the mock would be part of what is measured.
if (process.argv[2] === "serve") serve();
else await measure();

async function measure() {
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise((resolve) => server.stdout.once("data", (chunk) => resolve(String(chunk).trim())));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    MONGODB_ATLAS_BASE_URL: url,
    MONGODB_ATLAS_PROJECT_ID: "32b6e34b3d91647abb20e7b8",
    MONGODB_ATLAS_CLIENT_ID: "mdb_sa_id_000000000000000000000000",
    MONGODB_ATLAS_CLIENT_SECRET: "mdb_sa_sk_opens-nothing",
  };
  const get = [command, "private-link", "get", "66f0c1d2e3a4b5c6d7e8f901"];
  const cases = {
    "node -e 0": { words: ["-e", "0"], times: [] },
    "--help": { words: [command, "--help"], times: [], moreMs: 60 },
    "private-link get": { words: get, times: [], moreMs: 110 },
  };
  time(get, env); // the token is kept from here on
  for (let run = 0; run < runs; run++) for (const each of Object.values(cases)) each.times.push(time(each.words, env));
  const base = median(cases["node -e 0"].times);
  for (const [name, { times, moreMs }] of Object.entries(cases)) {
    const took = median(times);
    const limit = moreMs === undefined ? undefined : 1.5 * base + moreMs;
    const verdict = limit === undefined ? "" : `  at most ${limit.toFixed(0)} ms  ${took <= limit ? "kept" : "BROKEN"}`;
    console.log(`${name.padEnd(18)} ${took.toFixed(0).padStart(4)} ms${verdict}`);
    if (limit !== undefined && took > limit) process.exitCode = 1;
  }
  server.kill();
  rmSync(home, { recursive: true });
}

function time(words, env) {
  const before = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - before;
}

function median(times) {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
}

function serve() {
  rmSync(home, { recursive: true });
  const connection = { _id: "66f0c1d2e3a4b5c6d7e8f901", provider: "AWS", vendor: "MSK", state: "DONE" };
  const token = { access_token: "token", expires_in: 3600, token_type: "Bearer" };
  const server = createServer((request, response) => {
    request.resume();
    const isToken = request.url === "/api/oauth/token";
    response.setHeader("content-type", isToken ? "application/json" : "application/vnd.atlas.2023-02-01+json");
    response.end(JSON.stringify(isToken ? token : connection));
  }).listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}
