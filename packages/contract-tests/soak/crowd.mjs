// A crowd at the limit of one project, in a clock that is moved, against the bucket as the service was recorded with:
// 1,200 requests, 500 more each minute. First one client that reads 3,000 times at once; then fifty clients that know
// nothing of each other, with twenty readers each, for an hour. CROWD_MINUTES and CROWD_READERS change that.
import { subscribe } from "node:diagnostics_channel";
import { createClient, digest } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";
import { startClock } from "@atlas-streams/testing";

const minutes = Number(process.env.CROWD_MINUTES ?? 60);
const readers = Number(process.env.CROWD_READERS ?? 20);
const minute = 60_000;
const groupId = "a".repeat(24);
const [capacity, refill] = [1200, 500];

let underWay = 0;
subscribe("atlas-streams:request", () => underWay++);
subscribe("atlas-streams:response", () => underWay--);

// The clock moves while no request is under way, and loading what the first call of a process loads is none.
const auth = digest({ publicKey: "a", privateKey: "b" });
const nowhere = createClient({ baseUrl: "http://127.0.0.1:9", auth, retry: false });
await nowhere.privateLinkConnections.listPage({ groupId }).catch(() => {});

const count = (number) => number.toLocaleString("en");
const share = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
const complaints = [];
const demand = (isMet, complaint) => isMet || complaints.push(complaint);

/** Runs a crowd of clients at a mock of their own, and tells what the mock's bucket saw. */
async function gather(size, deadlineMs, work) {
  const clock = startClock({ isQuiet: () => underWay === 0, longestRestMs: 300_000 });
  const mock = await startMock({ clock, connections: [] });
  const options = { baseUrl: mock.url, auth: digest(mock.credentials.digest), clock, deadlineMs };
  const crowd = Array.from({ length: size }, () => createClient(options).privateLinkConnections);
  const startedAt = clock.monotonic();
  let failed = 0;
  const read = (connections) => connections.listPage({ groupId }).catch(() => failed++);
  const isOpen = () => clock.monotonic() - startedAt < minutes * minute;
  await clock.until(Promise.all(crowd.map((connections) => work(() => read(connections), isOpen))));
  const elapsedMs = clock.monotonic() - startedAt;
  const counted = mock.requests.filter(({ status }) => status !== 401);
  const refused = counted.filter(({ status }) => status === 429).length;
  await mock.stop();
  return { sent: counted.length, refused, failed, elapsedMs };
}

const reads = 3000;
const alone = await gather(1, 15 * minute, (read) => Promise.all(Array.from({ length: reads }, read)));
const leastMs = Math.ceil((reads - capacity) / refill) * minute;
console.log(
  `alone: ${count(reads)} reads at once, ${count(alone.sent)} requests, ${alone.refused} of them refused (${share(alone.refused, alone.sent)}), ${alone.failed} reads failed; ${(alone.elapsedMs / 1000).toFixed(1)} s, ${(alone.elapsedMs / leastMs).toFixed(3)} of the least possible ${leastMs / 1000} s`,
);
demand(alone.failed === 0, "a read failed that had time");
demand(alone.elapsedMs < 1.1 * leastMs, "it took more than 1.1 of the least possible time");
demand(alone.refused < 0.02 * alone.sent, "2 % of the requests or more were refused");

const together = await gather(50, 60 * minute, async (read, isOpen) => {
  const reader = async () => {
    while (isOpen()) await read();
  };
  await Promise.all(Array.from({ length: readers }, reader));
});
const room = capacity + Math.floor(together.elapsedMs / minute) * refill;
const granted = together.sent - together.refused;
console.log(
  `together: 50 clients with ${readers} readers each, ${(together.elapsedMs / minute).toFixed(1)} minutes, ${count(together.sent)} requests, ${count(together.refused)} of them refused (${share(together.refused, together.sent)}), ${together.failed} reads failed; ${count(granted)} of ${count(room)} in the bucket were used (${share(granted, room)})`,
);
demand(together.failed === 0, "a read failed that had time");
demand(granted >= 0.85 * room, "less than 85 % of the bucket was used");
demand(together.refused < 0.1 * together.sent, "10 % of the requests or more were refused");
console.log(complaints.length === 0 ? "the crowd went as it has to" : complaints.join("\n"));
if (complaints.length > 0) process.exitCode = 1;
