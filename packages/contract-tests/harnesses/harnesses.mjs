// Makes the same twenty calls under test runners, in other realms, with faked time and with what people put in front of
// the network, the client installed as a user installs it, and prints a table. With --page it writes the table into the
// guide, too.
//   node harnesses/harnesses.mjs [--page] [jest] [MSW] …
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { startMock } from "@atlas-streams/mock";
import { writeTable } from "../table.mjs";
import { faults } from "./run/twenty-calls.mjs";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const packages = join(here, "../..");
/** Kept between runs. Jest finds nothing below a node_modules. */
const home = join(here, "../.cache/harnesses");
const longestMs = 120_000;

const installed = {
  jest: "30.5.2",
  vitest: "4.1.12",
  "@sinonjs/fake-timers": "15.5.0",
  msw: "2.11.6",
  nock: "14.0.10",
  undici: "7.16.0",
  "@opentelemetry/api": "1.9.1",
  "@opentelemetry/instrumentation-http": "0.223.0",
  "@opentelemetry/sdk-trace-node": "2.12.0",
  "@sentry/node": "10.22.0",
};

const vmModules = { NODE_OPTIONS: "--experimental-vm-modules" };
const jest = (file) => ({ by: "jest", words: [bin("jest/bin/jest.js"), "--testMatch", `**/${file}`], env: vmModules });
const vitest = (pool, env) => ({
  by: "vitest",
  words: [bin("vitest/vitest.mjs"), "run", "--pool", pool],
  env,
});

/** How each is started, and whose version it has. */
const harnesses = {
  Node: { words: ["plain.mjs"] },
  "node:test": { words: ["--test", "node-test.mjs"] },
  "a worker thread": { words: ["worker.mjs"] },
  "--frozen-intrinsics": { words: ["--frozen-intrinsics", "plain.mjs"] },
  "damaged globals": { words: ["damaged.mjs"] },
  "jest, ES modules": jest("twenty.jest.mjs"),
  "jest, CommonJS": jest("twenty.jest.cjs"),
  "vitest, threads": vitest("threads"),
  "vitest, forks": vitest("forks"),
  "vitest, vmThreads": vitest("vmThreads"),
  "vitest, vmForks": vitest("vmForks"),
  "vitest's fake timers": vitest("forks", { FAKE_TIMERS: "1" }),
  "sinon's fake timers": { by: "@sinonjs/fake-timers", words: ["fake-timers.mjs"] },
  MSW: { by: "msw", words: ["msw.mjs"] },
  nock: { by: "nock", words: ["nock.mjs"] },
  "undici's MockAgent, over fetch": { by: "undici", words: ["mock-agent.mjs"] },
  OpenTelemetry: { by: "@opentelemetry/instrumentation-http", words: ["open-telemetry.mjs"] },
  Sentry: { by: "@sentry/node", words: ["sentry.mjs"] },
};

function bin(path) {
  return join("node_modules", path);
}

const { values, positionals } = parseArgs({ options: { page: { type: "boolean" } }, allowPositionals: true });
const isChosen = (name) => positionals.length === 0 || positionals.some((word) => name.includes(word));
await install();
const closedUrl = await whereNobodyListens();
const rows = [];
for (const [name, harness] of Object.entries(harnesses)) if (isChosen(name)) rows.push(await rowOf(name, harness));
console.table(rows.map(([harness, version, alike, otherwise]) => ({ harness, version, alike, otherwise })));
if (values.page) await writeTable("harnesses", ["under", "version", "calls that end alike", "otherwise"], rows);
process.exitCode = rows.length > 0 && rows.every(([, , , otherwise]) => otherwise === 0) ? 0 : 1;

async function install() {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), JSON.stringify({ type: "module" }));
  const words = ["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", home];
  const packed = await Promise.all(["types", "client"].map((name) => pack(join(packages, name))));
  await rm(join(home, "node_modules/@atlas-streams"), { recursive: true, force: true });
  const wanted = Object.entries(installed).map(([name, version]) => `${name}@${version}`);
  await run("npm", [...words, "--ignore-scripts", ...wanted, ...packed], { maxBuffer: 2 ** 24 });
  await cp(join(here, "run"), home, { recursive: true });
  await writeFile(join(home, "vitest.config.mjs"), 'export default { test: { include: ["twenty.vitest.mjs"] } };\n');
}

async function pack(folder) {
  const { stdout } = await run("pnpm", ["pack", "--json", "--config.ignore-scripts=true", "--pack-destination", home], {
    cwd: folder,
  });
  return JSON.parse(stdout).filename;
}

async function rowOf(name, { by, words, env }) {
  const version = by ? installed[by] : process.versions.node;
  const mock = await startMock({ connections: [], scenario: { pace: { ms: 100 } }, faults, limits: { rate: false } });
  const report = join(home, "report.json");
  await rm(report, { force: true });
  const given = { url: mock.url, closedUrl, credentials: mock.credentials };
  try {
    const own = { ...process.env, ...env, TWENTY_CALLS: JSON.stringify(given), TWENTY_REPORT: report, NO_COLOR: "1" };
    let failure = "";
    await run(process.execPath, words, { cwd: home, env: own, timeout: longestMs }).catch(
      ({ message, stdout, stderr }) => {
        failure = [message, stdout, stderr].join("\n");
      },
    );
    const complaints = await readFile(report, "utf8").then(JSON.parse, () => undefined);
    for (const complaint of complaints ?? [`it did not run: ${failure}`]) console.log(`${name}: ${complaint}\n`);
    if (complaints?.length === 0 && failure) console.log(`${name}: ${failure}\n`);
    const otherwise = complaints ? complaints.length + Number(complaints.length === 0 && failure !== "") : 20;
    return [name, version, 20 - otherwise, otherwise];
  } finally {
    await mock.stop();
  }
}

function whereNobodyListens() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
}
