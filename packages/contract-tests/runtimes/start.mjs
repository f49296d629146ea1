// Installs a runtime from npm, and runs the suite on it.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

/** @typedef {import("./catalog.mjs").Listed} Listed */
/** @typedef {import("./suite/place.mjs").Servers} Servers */
/** @typedef {import("./suite/run.mjs").Outcome} Outcome */

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
/** Kept between runs: a runtime is a hundred megabytes. */
const cache = join(here, "../node_modules/.cache/runtimes");
const longestMs = 180_000;

/** Where each package has its program. */
const programs = {
  node: "node/bin/node",
  bun: "bun/bin/bun.exe",
  deno: "deno/bin.cjs",
  workerd: "workerd/bin/workerd",
};

/**
 * The program of a runtime, which npm installs where it is not there yet.
 * @param {Listed} runtime
 */
export async function install({ package: wanted, start }) {
  if (!wanted) return { program: process.execPath, version: process.versions.node };
  const home = join(cache, wanted);
  const program = join(home, "node_modules", programs[start]);
  if (!(await exists(program))) {
    await mkdir(home, { recursive: true });
    await writeFile(join(home, "package.json"), "{}");
    await run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", home, wanted]);
  }
  const { stdout } = await run(program, ["--version"]);
  return { program, version: /\d[\w.-]+/.exec(stdout)?.[0] ?? stdout.trim() };
}

/** @param {string} file */
function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * What came of each case on a runtime.
 * @param {Listed} runtime @param {string} program @param {Servers} servers
 * @returns {Promise<Outcome[]>}
 */
export function runOn(runtime, program, servers) {
  return runtime.start === "workerd" ? inWorker(runtime, program, servers) : inProcess(runtime, program, servers);
}

/** @param {Listed} runtime @param {string} program @param {Servers} servers */
async function inProcess({ start, has }, program, servers) {
  const words = { node: [], bun: ["run"], deno: ["run", "--allow-all", "--no-lock", "--quiet"], workerd: [] }[start];
  const given = [join(here, "in-process.mjs"), JSON.stringify(servers), JSON.stringify(has)];
  const { stdout } = await run(program, [...words, ...given], {
    timeout: longestMs, // it has to end by itself
    maxBuffer: 16 * 1024 * 1024,
    env: { ...process.env, DENO_NO_UPDATE_CHECK: "1", DO_NOT_TRACK: "1", NO_COLOR: "1" },
  });
  return JSON.parse(stdout);
}

/** @param {Listed} runtime @param {string} program @param {Servers} servers */
async function inWorker({ has, date = "", flags = [] }, program, servers) {
  const folder = await mkdtemp(join(tmpdir(), "workerd-"));
  const port = await freePort();
  await bundle(join(folder, "worker.mjs"));
  await writeFile(join(folder, "config.capnp"), configOf({ port, date, flags }));
  const server = spawn(program, ["serve", join(folder, "config.capnp")], { stdio: ["ignore", "ignore", "pipe"] });
  const complaints = text(server.stderr);
  try {
    const answer = await askUntilUp(`http://127.0.0.1:${port}/`, JSON.stringify({ servers, runtime: has }), server);
    return /** @type {Outcome[]} */ (await answer.json());
  } catch (error) {
    server.kill();
    throw new Error(`${await complaints}${error}`);
  } finally {
    server.kill();
    await rm(folder, { recursive: true });
  }
}

/** As wrangler does it. @param {string} outfile */
function bundle(outfile) {
  return build({
    entryPoints: [join(here, "worker.mjs")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:*"],
    tsconfigRaw: {}, // what is in the workspace does not come with the package
    logLevel: "error",
  });
}

/** @param {{ port: number, date: string, flags: readonly string[] }} settings */
function configOf({ port, date, flags }) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = (
      modules = [ ( name = "worker.mjs", esModule = embed "worker.mjs" ) ],
      compatibilityDate = "${date}",
      compatibilityFlags = ${JSON.stringify(flags)},
      globalOutbound = "network",
    ) ),
    ( name = "network", network = ( allow = ["public", "private", "local"], tlsOptions = ( trustBrowserCas = true ) ) ),
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:${port}", http = (), service = "main" ) ],
);
`;
}

/** @param {string} url @param {string} body @param {import("node:child_process").ChildProcess} server */
async function askUntilUp(url, body, server) {
  const end = Date.now() + longestMs;
  for (;;) {
    try {
      return await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(longestMs) });
    } catch (error) {
      if (server.exitCode !== null || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50)); // it is not up yet
    }
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}
