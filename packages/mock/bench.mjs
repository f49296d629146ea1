// 1,000 lives of a connection against the mock, 50 at a time, with 5 % of the requests failing; then the same reads
// against the mock and against plain Prism. Each server is a process of its own. Prints figures; exits 1 if a life
// does not end as its scenario says.
//
//     node bench.mjs            after `pnpm build`

import { fork } from "node:child_process";
import { createRequire } from "node:module";

const lives = 1000;
const reads = 5000;
const atATime = 50;
const failing = 0.05;
const kinds = ["rate-limited", "unavailable", "unexpected-error", "empty", "html", "reset", "slow", "truncated"];
const headers = {
  accept: "application/vnd.atlas.2025-03-12+json",
  "content-type": "application/json",
  authorization: "Bearer x",
};

const servers = {
  async mock() {
    const { startMock } = await import("./dist/index.js");
    const faults = kinds.map((kind) => ({
      fault:
        kind === "slow" ? { kind, delayMs: 20 } : { kind, ...(kind === "rate-limited" && { retryAfterSeconds: 0 }) },
      share: failing / kinds.length,
      path: "/groups/",
    }));
    const scenario = { lives: [{ of: { authenticationScheme: "IAM" }, fails: "No such cluster." }] };
    const mock = await startMock({ auth: "any", connections: [], scenario, faults });
    process.on("message", (message) => message === "calm" && mock.setFaults([]));
    return mock.url;
  },
  async prism() {
    const require = createRequire(import.meta.url);
    const { createServer } = require("@stoplight/prism-http-server");
    const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
    const { createLogger } = require("@stoplight/prism-core");
    const operations = await getHttpOperationsFromSpec(require.resolve("@atlas-streams/spec/openapi.json"));
    const common = {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
    };
    const config = { ...common, upstreamProxy: undefined, mock: { dynamic: false } };
    const components = { logger: createLogger("prism", { enabled: false }) };
    return createServer(operations, { components, config, cors: false }).listen(0, "127.0.0.1");
  },
};

const role = process.argv[2];
if (role) {
  process.send({ url: await servers[role]() });
  process.on("message", (message) => message === "memory" && process.send({ memory: process.memoryUsage.rss() }));
  process.on("disconnect", () => process.exit());
} else await main();

async function main() {
  const mock = await start("mock");
  const before = await mock.memory();
  const began = performance.now();
  const ends = { asTold: 0, otherwise: 0 };
  let requests = 0;
  let failed = 0;
  await inParallel(lives, async (index) => {
    const fails = index % 10 === 0;
    const end = await live(mock.url, index, fails, (fault) => {
      requests += 1;
      if (fault) failed += 1;
    });
    ends[end === (fails ? "FAILED, gone" : "DONE, gone") ? "asTold" : "otherwise"] += 1;
  });
  const seconds = (performance.now() - began) / 1000;
  const after = await mock.memory();
  console.log(`${lives} lives, ${atATime} at a time, ${failing * 100} % faults`);
  console.log(`  ended as the scenario says  ${ends.asTold}, otherwise ${ends.otherwise}`);
  console.log(`  requests                    ${requests}, of which ${failed} failed (${percent(failed / requests)})`);
  console.log(
    `  time                        ${seconds.toFixed(1)} s, ${Math.round(requests / seconds)} requests a second`,
  );
  console.log(`  memory (RSS)                ${megabytes(before)} before, ${megabytes(after)} after`);

  mock.send("calm");
  const prism = await start("prism");
  const project = "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/streams/privateLinkConnections";
  const body = JSON.stringify({ provider: "GCP", vendor: "PUBSUB", region: "us-east4" });
  const path = `${project}/${(await ask("POST", mock.url + project, () => {}, body))._id}`;
  const idle = await prism.memory();
  const rounds = [];
  for (let round = 0; round < 3; round += 1)
    rounds.push({ mock: await read(mock.url + path), prism: await read(prism.url + path) });
  console.log(
    `\n${reads} reads of one connection, ${atATime} at a time, median of ${rounds.length} interleaved rounds`,
  );
  console.log(
    `  mock                        ${median(rounds.map(({ mock }) => mock))} requests a second, ${megabytes(await mock.memory())}`,
  );
  console.log(
    `  plain Prism                 ${median(rounds.map(({ prism }) => prism))} requests a second, ${megabytes(await prism.memory())} (${megabytes(idle)} before)`,
  );
  mock.stop();
  prism.stop();
  if (ends.otherwise > 0) process.exitCode = 1;
}

/** One connection from its creation to its end: what it came to, and whether it went. */
async function live(url, index, fails, count) {
  const project = `${url}/api/atlas/v2/groups/${String(Math.floor(index / 20)).padStart(24, "0")}/streams/privateLinkConnections`;
  const arn = `arn:aws:kafka:us-east-1:123456789012:cluster/bench/${index}`;
  const body = JSON.stringify({ provider: "AWS", vendor: "MSK", arn, ...(fails && { authenticationScheme: "IAM" }) });
  const made = await ask("POST", project, count, body);
  const id =
    made._id ?? (await ask("GET", `${project}?itemsPerPage=500`, count)).results.find((one) => one.arn === arn)._id;
  const seen = [];
  for (;;) {
    const { state } = await ask("GET", `${project}/${id}`, count);
    seen.push(state);
    if (state !== "IDLE" && state !== "WORKING") break;
  }
  await ask("DELETE", `${project}/${id}`, count);
  for (;;) {
    const { state, error } = await ask("GET", `${project}/${id}`, count);
    if (error === 404) return `${seen.at(-1)}, gone`;
    if (!state?.startsWith("DELET")) return `${seen.at(-1)}, then ${state}`;
  }
}

/** The answer's object; asked again as long as a fault strikes. */
async function ask(method, url, count, body) {
  for (;;) {
    try {
      const response = await fetch(url, { method, headers, ...(body && { body }) });
      const answer = JSON.parse(await response.text());
      count(response.status >= 429);
      if (response.status < 429) return answer;
    } catch {
      count(true);
    }
  }
}

async function read(url) {
  const began = performance.now();
  await inParallel(reads, async () => {
    const response = await fetch(url, { headers: { ...headers, accept: "application/vnd.atlas.2023-02-01+json" } });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    await response.arrayBuffer();
  });
  return Math.round(reads / ((performance.now() - began) / 1000));
}

async function inParallel(count, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

async function start(role) {
  const child = fork(new URL(import.meta.url), [role]);
  const reply = () => new Promise((resolve) => child.once("message", resolve));
  const { url } = await reply();
  return {
    url,
    send: (message) => child.send(message),
    async memory() {
      const answer = reply();
      child.send("memory");
      return (await answer).memory;
    },
    stop: () => child.disconnect(),
  };
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

function megabytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
