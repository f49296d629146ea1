// 100,000 calls against a service that fails 5 % of them, 50 at a time: every call has to end as the service's own
// ledger says, and the heap has to stay. Run with --expose-gc. SOAK_CALLS and SOAK_PARALLEL change the numbers.
import { fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient, digest, serviceAccount } from "@atlas-streams/client";

const calls = Number(process.env.SOAK_CALLS ?? 100_000);
const parallel = Number(process.env.SOAK_PARALLEL ?? 50);
const attempts = 4;

const service = fork(fileURLToPath(new URL("server.mjs", import.meta.url)));
const port = await new Promise((resolve) => service.once("message", resolve));
const baseUrl = `http://127.0.0.1:${port}`;
/** Over which transport: the client's own, or `fetch` where the one word of the command says so. */
const transport = (process.argv[2] ?? process.env.TRANSPORT) === "fetch" ? { fetch: globalThis.fetch } : {};
const shared = { ...transport, baseUrl, retry: { attempts, baseDelayMs: 1, maxDelayMs: 20 } };
const clients = [
  createClient({ ...shared, auth: serviceAccount({ clientId: "mdb_sa_id_soak", clientSecret: "mdb_sa_sk_soak" }) }),
  createClient({ ...shared, auth: digest({ publicKey: "soak", privateKey: "soak" }) }),
];

const groupId = "32b6e34b3d91647abb20e7b8";
const one = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}";
const all = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";
const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/soak/6ba7b810-9dad-11d1-80b4-00c04fd430c8-1";

/** How a call ended: the letter of the ledger that it has to be the end of. */
const ends = ["?", "G", "U", "E", "H", "R", "T", "L"];
/** One byte a call, made beforehand, so that the bookkeeping is no part of the heap's growth. */
const endOf = new Uint8Array(calls);

const methodOf = (index) => ["DELETE", "POST"][index % 10] ?? "GET";
const idOf = (index) => index.toString(16).padStart(24, "0");

async function call(index) {
  const { raw } = clients[Math.floor(index / 10) % clients.length];
  const connectionId = idOf(index);
  const method = methodOf(index);
  const headers = { "x-call": connectionId };
  const path = { groupId, connectionId };
  if (method === "POST")
    return raw.POST(all, { params: { path: { groupId } }, body: { provider: "AWS", vendor: "MSK", arn }, headers });
  return raw[method](one, { params: { path }, headers });
}

function letterOf(index, { data, error, response }) {
  if (!error) {
    const isOwn =
      methodOf(index) === "DELETE" ? response.status === 202 : data?._id === idOf(index) && data.state === "DONE";
    return isOwn ? "G" : "?";
  }
  if (response.status === 503) return error.errorCode === "SERVICE_UNAVAILABLE" ? "U" : "?";
  if (response.status === 502) return error.code === "SERVER" ? "E" : "?";
  if (response.status === 200) return error.code === "UNEXPECTED_RESPONSE" ? "H" : "?";
  if (response.status === 429) return error.errorCode === "RATE_LIMITED" ? "L" : "?";
  return "?";
}

function letterOfFailure({ code, status }) {
  if (code !== "CONNECTION") return "?";
  return status === 200 ? "T" : "R";
}

let next = 0;
let slowestMs = 0;

async function work(until) {
  while (next < until) {
    const index = next++;
    const startedAt = performance.now();
    const letter = await call(index).then((result) => letterOf(index, result), letterOfFailure);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    endOf[index] = ends.indexOf(letter);
  }
}

async function run(until) {
  await Promise.all(Array.from({ length: parallel }, () => work(until)));
}

async function heap() {
  for (let turn = 0; turn < 3; turn++) {
    await pause(50);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

const startedAt = performance.now();
await run(Math.floor(calls / 10));
const heapBefore = await heap();
await run(calls);
const seconds = (performance.now() - startedAt) / 1000;
const heapAfter = await heap();

const { ledger, tokens, challenges } = await (await fetch(`${baseUrl}/ledger`)).json();
const known = new Map(ledger);
const tally = {};
const wrong = [];
let repeats = 0;
for (let index = 0; index < calls; index++) {
  const written = known.get(idOf(index)) ?? "";
  const end = ends[endOf[index]] ?? "?";
  const may = methodOf(index) === "GET" ? "UERTL" : "L";
  const [last, before] = [written.at(-1), written.slice(0, -1)];
  const isOver = last === "G" || !may.includes(last) || written.length === attempts;
  const isRight =
    end === last && isOver && written.length <= attempts && [...before].every((letter) => may.includes(letter));
  if (!isRight)
    wrong.push(`${methodOf(index)} ${idOf(index)}: the ledger says ${written || "nothing"}, the client ${end}`);
  tally[end] = (tally[end] ?? 0) + 1;
  repeats += before.length;
}
service.disconnect();

const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MB`;
const growth = heapAfter / heapBefore - 1;
const faults = ledger.reduce((count, [, written]) => count + written.replaceAll("G", "").length, 0);
const names = {
  G: "good",
  U: "503",
  E: "empty 502",
  H: "HTML 200",
  R: "reset",
  T: "truncated",
  L: "429",
  "?": "something else",
};
console.log(
  `soak: ${calls} calls, ${parallel} at a time, half with a service account and half with digest, in ${seconds.toFixed(1)} s (${Math.round(calls / seconds)} a second)`,
);
console.log(
  `the service failed ${faults} of ${calls + repeats} requests (${((100 * faults) / (calls + repeats)).toFixed(2)} %); the client repeated ${repeats}; tokens ${tokens}, challenges ${challenges}`,
);
console.log(
  `ended: ${Object.entries(tally)
    .map(([letter, count]) => `${names[letter]} ${count}`)
    .join(", ")}; the slowest call took ${Math.round(slowestMs)} ms`,
);
console.log(
  `heap at one tenth ${megabytes(heapBefore)}, at the end ${megabytes(heapAfter)}: ${(100 * growth).toFixed(1)} % (at most 10 %)`,
);
console.log(
  wrong.length === 0
    ? "every call ended as the service's ledger says"
    : `${wrong.length} calls did not end as the ledger says:`,
);
for (const line of wrong.slice(0, 10)) console.log(`  ${line}`);

const isHeapJudged = globalThis.gc !== undefined && calls >= 50_000;
if (wrong.length > 0 || tokens !== 1 || (isHeapJudged && growth > 0.1)) process.exitCode = 1;
