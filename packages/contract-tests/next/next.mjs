// Lives a connection's whole life inside Next.js, version by version, wherever Next.js has put a fetch of its own, over
// each transport, and prints a table. With --page it writes the table into the guide, too.
//   node next/next.mjs [--page] [13] [14] …
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { startMock } from "@atlas-streams/mock";
import { writeTable } from "../table.mjs";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const packages = join(here, "../..");
/** Kept between runs: Next.js is some hundred megabytes. */
const cache = join(here, "../node_modules/.cache/next");
const longestMs = 180_000;

/** Each version, and the React that goes with it. */
const versions = { 13: 18, 14: 18, 15: 19, 16: 19 };
const transports = ["node:http", "fetch"];

const page = (transport, setting) => `import { tell } from "../../life.js";
${setting}
export default async function Page() {
  return await tell("${transport}");
}
`;

/** What stands in the file of each kind of place, by the name of its folder and of the file. */
const places = {
  "route/route.js": (transport) => `import { tell } from "../../life.js";
export async function GET(request) {
  return new Response(request.url && (await tell("${transport}")));
}
`,
  "dynamic/page.js": (transport) => page(transport, 'export const dynamic = "force-dynamic";'),
  "revalidated/page.js": (transport) => page(transport, "export const revalidate = 1;"),
};

const { values, positionals } = parseArgs({ options: { page: { type: "boolean" } }, allowPositionals: true });
const chosen = positionals.length > 0 ? positionals : Object.keys(versions);
const mock = await startMock({ connections: [], scenario: { pace: { ms: 2000 } }, limits: { rate: false } });
const env = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: "1",
  NODE_ENV: "production",
  BASE_URL: mock.url,
  CLIENT_ID: mock.credentials.serviceAccount.clientId,
  CLIENT_SECRET: mock.credentials.serviceAccount.clientSecret,
};
const rows = [];
for (const version of chosen) rows.push(...(await rowsOf(version)));
await mock.stop();
console.table(rows.map(([version, place, transport, outcome]) => ({ version, place, transport, outcome })));
if (values.page) await writeTable("next", ["Next.js", "place", "sends by", "a whole life"], rows);
process.exitCode = rows.every(([, , , outcome]) => outcome === "as it has to") ? 0 : 1;

async function rowsOf(version) {
  const app = await makeApp(version);
  const { version: exact } = JSON.parse(await readFile(join(app, "node_modules/next/package.json"), "utf8"));
  await next(app, ["build"]);
  const port = await freePort();
  const server = spawn(process.execPath, [nextOf(app), "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: app,
    env,
    stdio: "ignore",
  });
  const found = [];
  try {
    await untilReady(`http://127.0.0.1:${port}/ready`);
    for (const file of Object.keys(places))
      for (const transport of transports) {
        const place = file.split("/")[0];
        const outcome = await twice(`http://127.0.0.1:${port}/${place}/${folderOf(transport)}`);
        found.push([exact, place, transport, outcome]);
      }
  } finally {
    server.kill();
  }
  return found;
}

function folderOf(transport) {
  return transport.replace(":", "-");
}

function nextOf(app) {
  return join(app, "node_modules/next/dist/bin/next");
}

async function next(app, words) {
  try {
    await run(process.execPath, [nextOf(app), ...words], { cwd: app, env, timeout: longestMs });
  } catch (error) {
    throw new Error(`next ${words.join(" ")} failed:\n${error.stdout}\n${error.stderr}`);
  }
}

/** An app of a version of Next.js, with the client as it would be installed. */
async function makeApp(version) {
  const app = join(cache, version);
  await mkdir(app, { recursive: true });
  await writeFile(join(app, "package.json"), "{}");
  const react = versions[version];
  const wanted = [`next@${version}`, `react@${react}`, `react-dom@${react}`];
  const packed = await Promise.all(["types", "client"].map((name) => pack(join(packages, name))));
  const words = ["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", app];
  await rm(join(app, "node_modules/@atlas-streams"), { recursive: true, force: true });
  await run("npm", [...words, ...wanted, ...packed]);
  await rm(join(app, "app"), { recursive: true, force: true });
  await cp(join(here, "app"), join(app, "app"), { recursive: true });
  for (const [file, textOf] of Object.entries(places))
    for (const transport of transports) {
      const [folder, name] = file.split("/");
      const target = join(app, "app", folder, folderOf(transport));
      await mkdir(target, { recursive: true });
      await writeFile(join(target, name), textOf(transport));
    }
  return app;
}

async function pack(folder) {
  const { stdout } = await run(
    "pnpm",
    ["pack", "--json", "--config.ignore-scripts=true", "--pack-destination", cache],
    { cwd: folder },
  );
  return JSON.parse(stdout).filename;
}

/** Two lives, since what is kept would show in the second. A page that is revalidated is made anew in the background. */
async function twice(url) {
  const first = await ask(url);
  let second = first;
  for (let tries = 0; second === first && tries < 20; tries++) {
    await sleep(600);
    second = await ask(url);
  }
  if (second === first) return "is never made anew";
  for (const life of [first, second]) if (!/: (?!DONE)\w+ DONE DONE NOT_FOUND$/.test(life)) return life;
  return "as it has to";
}

async function ask(url) {
  const text = await (await fetch(url)).text();
  return /\[\[(.*?)\]\]/s.exec(text)?.[1] ?? `an answer without a life: ${text.slice(0, 300)}`;
}

async function untilReady(url) {
  for (let tries = 0; tries < 100; tries++) {
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await sleep(200);
  }
  throw new Error("Next.js did not start.");
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
