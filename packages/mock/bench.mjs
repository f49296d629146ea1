// 1,000 lives of a connection against the mock, 50 at a time, with 5 % of the requests failing; then the same reads
// against the mock and against plain Prism; then creates with few and with many connections there. Each server is a
// process of its own. Prints figures; exits 1 if a life does not end as its scenario says, if reads are more than 5 %
// slower than those of plain Prism in the calmest round, or if a create takes half as long again among many.
//
//     node bench.mjs               after `pnpm build`
//     node bench.mjs --quick       a tenth of it, to see that it runs

import { fork } from "node:child_process";
import { createRequire } from "node:module";

const isQuick = process.argv.includes("--quick");
const lives = isQuick ? 100 : 1000;
const reads = isQuick ? 500 : 5000;
const rounds = 5;
const creates = isQuick ? 50 : 500;
const atATime = 50;
const slowest = 1.05;
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
    const mock = await startMock({ auth: "any", connections: [], scenario, faults, limits });
    process.on("message", (message) => message === "calm" && mock.setFaults([]));
    return mock.url;
  },
  few: () => among(10),
  many: () => among(10_000),
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

/** The bucket is there, as for everybody, and never empty. */
const limits = { rate: { capacity: 1e9 } };
const group = "32b6e34b3d91647abb20e7b8";
const list = `/api/atlas/v2/groups/${group}/streams/privateLinkConnections`;
const arn = (name) => `arn:aws:kafka:us-east-1:123456789012:cluster/bench/${name}`;

/** A mock that has so many connections. */
async function among(count) {
  const { startMock } = await import("./dist/index.js");
  const connections = Array.from({ length: count }, (_, index) => ({
    _id: index.toString(16).padStart(24, "0"),
    provider: "AWS",
    vendor: "MSK",
    arn: arn(`given-${index}`),
    state: "DONE",
  }));
  return (await startMock({ auth: "any", connections, limits })).url;
}

const role = process.argv.slice(2).find((word) => word in servers);
if (role) {
  process.send({ url: await servers[role]() });
  process.on("message", (message) => {
    if (message === "memory") process.send({ memory: process.memoryUsage.rss() });
    if (message === "cpu") process.send({ cpu: process.cpuUsage() });
  });
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

  if (ends.otherwise > 0) process.exitCode = 1;
  mock.send("calm");
  await compareReads(mock);
  await compareCreates();
}

/** Interleaved, so that what else the machine does meets both. The calmest round is the one in which both got furthest. */
async function compareReads(mock) {
  const prism = await start("prism");
  const body = JSON.stringify({ provider: "GCP", vendor: "PUBSUB", region: "us-east4" });
  const path = `${list}/${(await ask("POST", mock.url + list, () => {}, body))._id}`;
  await Promise.all([read(mock, path), read(prism, path)]);
  const idle = await prism.memory();
  const all = [];
  for (let round = 0; round < rounds; round += 1)
    all.push({ mock: await read(mock, path), prism: await read(prism, path) });
  console.log(
    `\n${reads} reads of one connection, ${atATime} at a time, ${rounds} interleaved rounds: requests a second`,
  );
  for (const round of all)
    console.log(
      `  mock ${round.mock.rate}, plain Prism ${round.prism.rate}; CPU ${round.mock.cpu} and ${round.prism.cpu} µs a request`,
    );
  const calmest = all.reduce((best, one) =>
    one.mock.rate + one.prism.rate > best.mock.rate + best.prism.rate ? one : best,
  );
  const ratio = calmest.prism.rate / calmest.mock.rate;
  console.log(
    `  calmest round               plain Prism ${ratio.toFixed(2)} times as fast, no more than ${slowest} is wanted`,
  );
  console.log(
    `  memory (RSS)                mock ${megabytes(await mock.memory())}, plain Prism ${megabytes(await prism.memory())} (${megabytes(idle)} before)`,
  );
  mock.stop();
  prism.stop();
  if (ratio > slowest) process.exitCode = 1;
}

/** One at a time, in turns; the median, which what else the machine does hardly moves. */
async function compareCreates() {
  const servers = { few: await start("few"), many: await start("many") };
  const times = { few: [], many: [] };
  for (let index = 0; index < creates; index += 1) {
    for (const [name, server] of Object.entries(servers)) {
      const body = JSON.stringify({ provider: "AWS", vendor: "MSK", arn: arn(`new-${index}`) });
      const began = performance.now();
      await ask("POST", server.url + list, () => {}, body);
      times[name].push(performance.now() - began);
    }
  }
  const [few, many] = [median(times.few), median(times.many)];
  console.log(`\n${creates} creates, one at a time: the median`);
  console.log(`  among 10 connections        ${few.toFixed(2)} ms`);
  console.log(`  among 10,000                ${many.toFixed(2)} ms`);
  for (const server of Object.values(servers)) server.stop();
  if (many > 1.5 * few) process.exitCode = 1;
}

/** One connection from its creation to its end: what it came to, and whether it went. */
async function live(url, index, fails, count) {
  const project = `${url}/api/atlas/v2/groups/${String(Math.floor(index / 20)).padStart(24, "0")}/streams/privateLinkConnections`;
  const own = arn(index);
  const body = JSON.stringify({
    provider: "AWS",
    vendor: "MSK",
    arn: own,
    ...(fails && { authenticationScheme: "IAM" }),
  });
  const made = await ask("POST", project, count, body);
  const id =
    made._id ?? (await ask("GET", `${project}?itemsPerPage=500`, count)).results.find((one) => one.arn === own)._id;
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

async function read(server, path) {
  const before = await server.cpu();
  const began = performance.now();
  await inParallel(reads, async () => {
    const response = await fetch(server.url + path, {
      headers: { ...headers, accept: "application/vnd.atlas.2023-02-01+json" },
    });
    if (!response.ok) throw new Error(`${server.url} answered ${response.status}`);
    await response.arrayBuffer();
  });
  const rate = Math.round(reads / ((performance.now() - began) / 1000));
  return { rate, cpu: Math.round(((await server.cpu()) - before) / reads) };
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
    /** Microseconds of the processor so far. */
    async cpu() {
      const answer = reply();
      child.send("cpu");
      const { user, system } = (await answer).cpu;
      return user + system;
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
