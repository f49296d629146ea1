// A day of waiting in a clock that is moved: ten waits in each of 20,000 projects, begun all through the day, while the
// time of day is set back and forth and the machine falls asleep. Every wait has to end as the service has it and soon
// after it could, and nothing may stay behind. Run with --expose-gc. DAY_PROJECTS changes the number.
import { createClient, digest, serviceAccount } from "@atlas-streams/client";
import { startClock, turn } from "@atlas-streams/testing";

const projects = Number(process.env.DAY_PROJECTS ?? 20_000);
const waitsEach = 10;
const minute = 60_000;
const hour = 60 * minute;
/** The longest interval with its jitter, once more for each look in a row that fails: four are one in a hundred million. */
const latestMs = 5 * 33_000;

// The clock moves while no request is under way, and loading what the first call of a process loads is none.
const nowhere = createClient({
  baseUrl: "http://127.0.0.1:9",
  auth: digest({ publicKey: "a", privateKey: "b" }),
  retry: false,
});
await nowhere.privateLinkConnections.get({ groupId: "0".repeat(24), connectionId: "0".repeat(24) }).catch(() => {});

const clock = startClock();
const startedAt = clock.monotonic();
/** @type {{ from: number, until: number }[]} */
const sleeps = [];
const ledger = { requests: 0, failed: 0, steps: 0 };
const tally = new Map();
const wrong = [];
let latest = 0;

const hex = (number) => number.toString(16).padStart(24, "0");
const between = (least, most) => least + Math.random() * (most - least);

/** What is alive: when each connection of a project will be ready or have failed. */
const alive = new Map();

function answer(url) {
  if (url.includes("/oauth/"))
    return Response.json({ access_token: "a-token-of-a-day-long", expires_in: 3600, token_type: "Bearer" });
  ledger.requests++;
  if (Math.random() < 0.01) {
    ledger.failed++;
    return Response.json({ error: 503 }, { status: 503, headers: { "retry-after": "5" } });
  }
  const [, groupId, connectionId] = /groups\/(\w+)\/streams\/privateLinkConnections(?:\/(\w+))?/.exec(url) ?? [];
  const connections = alive.get(groupId) ?? [];
  const results = connections.map(({ _id, readyAt, end }) => {
    const isOver = clock.monotonic() >= readyAt;
    const state = isOver ? (end === "WAIT_FAILED" ? "FAILED" : "DONE") : "WORKING";
    return { _id, provider: "AWS", vendor: "MSK", state };
  });
  if (!connectionId) return Response.json({ results, totalCount: results.length });
  const found = results.find(({ _id }) => _id === connectionId);
  return found ? Response.json(found) : Response.json({ error: 404, errorCode: "RESOURCE_NOT_FOUND" }, { status: 404 });
}

const { privateLinkConnections } = createClient({
  auth: serviceAccount({ clientId: "mdb_sa_id_day", clientSecret: "mdb_sa_sk_day" }),
  baseUrl: "http://127.0.0.1:1",
  fetch: async (url) => answer(url),
  clock,
});

/** The milliseconds between two moments in which the machine was awake. */
function awakeMs(from, until) {
  const asleep = sleeps.map((sleep) => Math.max(0, Math.min(until, sleep.until) - Math.max(from, sleep.from)));
  return until - from - asleep.reduce((sum, each) => sum + each, 0);
}

/** Of twenty waits, one is aborted, one meets a failure, one has too little time. */
const ends = ["ABORTED", "WAIT_FAILED", "WAIT_TIMEOUT"];

async function visit(project) {
  const groupId = hex(project + 1);
  const now = clock.monotonic();
  const connections = Array.from({ length: waitsEach }, (_, index) => ({
    _id: hex(index + 1),
    readyAt: now + between(5 * minute, 30 * minute),
    end: ends[(project * waitsEach + index) % 20] ?? "DONE",
  }));
  alive.set(groupId, connections);
  await Promise.all(connections.map((connection) => wait(groupId, connection)));
  alive.delete(groupId);
}

async function wait(groupId, { _id, readyAt, end }) {
  const abort = new AbortController();
  const callOff = end === "ABORTED" ? clock.schedule(() => abort.abort({ code: "ABORTED" }), 3 * minute) : () => {};
  const timeoutMs = end === "WAIT_TIMEOUT" ? 2 * minute : 6 * hour;
  const dueAt = { ABORTED: 3 * minute, WAIT_TIMEOUT: timeoutMs }[end];
  const begunAt = clock.monotonic();
  const ended = await privateLinkConnections
    .waitUntilDone({ groupId, connectionId: _id }, { signal: abort.signal, timeoutMs })
    .then(
      ({ state }) => state,
      ({ code }) => code,
    );
  callOff();
  tally.set(ended, (tally.get(ended) ?? 0) + 1);
  const lateMs = awakeMs(dueAt === undefined ? readyAt : begunAt + dueAt, clock.monotonic());
  latest = Math.max(latest, lateMs);
  // Who sleeps past both ends of a wait may see either.
  const isTie = sleeps.some(({ from, until }) => from < readyAt && until >= readyAt);
  if ((ended !== end && !isTie) || lateMs > latestMs)
    wrong.push(`${_id} of ${groupId} ended with ${ended} instead of ${end}, ${Math.round(lateMs)} ms late`);
}

async function heap() {
  for (let count = 0; count < 5; count++) {
    await turn();
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

async function live(from, until, length) {
  const visits = [];
  let count = 0;
  const events = Array.from({ length: until - from }, (_, index) => ({
    at: startedAt + length * Math.random(),
    run: () => {
      count++;
      visits.push(visit(from + index).then(() => count--));
    },
  }));
  const base = clock.monotonic() - startedAt;
  for (let at = 10 * minute; at < length; at += between(5 * minute, 20 * minute))
    events.push({
      at: startedAt + at,
      run: () => {
        ledger.steps++;
        clock.setTimeOfDay(between(-2 * hour, 2 * hour));
      },
    });
  for (let at = 2 * hour; at < length; at += between(2 * hour, 4 * hour))
    events.push({
      at: startedAt + at,
      run: () => {
        const from = clock.monotonic();
        const until = from + between(10 * minute, hour);
        sleeps.push({ from, until });
        clock.oversleep(until - from);
      },
    });
  events.sort((one, other) => one.at - other.at);
  for (const { at, run } of events) {
    await clock.pass(Math.max(0, at + base - clock.monotonic()));
    run();
  }
  while (count > 0) await clock.pass(minute);
  await Promise.all(visits);
}

const measuredFrom = performance.now();
const warmUp = Math.ceil(projects / 20);
await live(0, warmUp, hour);
const heapBefore = await heap();
const dayBegan = clock.monotonic();
await live(warmUp, projects, 23 * hour);
const heapAfter = await heap();
const hours = (clock.monotonic() - dayBegan) / hour;
const bytes = (heapAfter - heapBefore) / (projects - warmUp);

const count = (number) => number.toLocaleString("en");
console.log(
  `waiting: ${count(projects * waitsEach)} waits in ${count(projects)} projects, ${hours.toFixed(1)} hours in ${Math.round((performance.now() - measuredFrom) / 1000)} s`,
);
console.log(
  `the time of day was set ${ledger.steps} times, the machine slept ${sleeps.length} times; ${count(ledger.requests)} requests, ${count(ledger.failed)} of them failed`,
);
console.log(`ended: ${[...tally].map(([end, times]) => `${end} ${count(times)}`).join(", ")}`);
console.log(`the latest ended ${(latest / 1000).toFixed(1)} s after it could (at most ${latestMs / 1000} s)`);
console.log(`left behind: ${bytes.toFixed(0)} bytes a project (at most 100), ${clock.pending} timers`);
console.log(wrong.length === 0 ? "every wait ended as it had to" : `${wrong.length} waits did not end as they had to:`);
for (const line of wrong.slice(0, 10)) console.log(`  ${line}`);

const isHeapJudged = globalThis.gc !== undefined && projects >= 10_000;
if (wrong.length > 0 || clock.pending > 0 || (isHeapJudged && bytes > 100)) process.exitCode = 1;
