import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientOptions } from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { rejection, startClock } from "@atlas-streams/testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { CredentialKind } from "../target.js";
import { connect, kinds } from "./clients.js";
import { credentials } from "./hostile-server.js";

const minute = 60_000;
const [groupId, otherGroupId] = ["a".repeat(24), "b".repeat(24)];

beforeAll(async () => {
  // The clock moves while no request is under way, and loading what the first call of a process loads is none.
  const nowhere = connect("digest", { url: "http://127.0.0.1:9", credentials });
  await rejection(nowhere.privateLinkConnections.listPage({ groupId }));
});

/** A mock with the bucket of the real service, and clients of it, in a time of their own. */
async function startCrowd(options: MockOptions = {}) {
  let underWay = 0;
  const [begin, end] = [() => void underWay++, () => void underWay--];
  subscribe("atlas-streams:request", begin);
  subscribe("atlas-streams:response", end);
  const clock = startClock({ isQuiet: () => underWay === 0 });
  const service = await startMock({ clock, connections: [], ...options });
  onTestFinished(async () => {
    unsubscribe("atlas-streams:request", begin);
    unsubscribe("atlas-streams:response", end);
    await service.stop();
  });
  const join = (kind: CredentialKind, own: ClientOptions = {}) =>
    connect(kind, service, { clock, retry: {}, deadlineMs: 15 * minute, ...own }).privateLinkConnections;
  return { service, clock, join };
}

/** The statuses of the requests of a project that its bucket counted. */
function counted({ requests }: Mock, project = groupId): (number | undefined)[] {
  return requests.filter(({ path, status }) => path.includes(project) && status !== 401).map(({ status }) => status);
}

/** A fifth of the service's bucket. `pnpm soak` takes the whole, and fifty clients. */
const rate = { capacity: 240, refill: 100, perMs: minute };
const reads = 600;
const leastMs = Math.ceil((reads - rate.capacity) / rate.refill) * minute;

test("a client that reads 600 times at once succeeds with all of them, about as soon as it can, and is refused next to never", async () => {
  const { service, clock, join } = await startCrowd({ limits: { rate } });
  const connections = join("digest");
  const startedAt = clock.monotonic();
  await clock.until(Promise.all(Array.from({ length: reads }, () => connections.listPage({ groupId }))));
  expect(clock.monotonic() - startedAt).toBeLessThan(1.1 * leastMs);
  const statuses = counted(service);
  expect(statuses.filter((status) => status === 200)).toHaveLength(reads);
  expect(statuses.length).toBeLessThan(1.02 * reads);
});

describe.each(kinds)("with %s, a client at its project's limit", (kind) => {
  test("sends nothing while it knows that it would be refused, so that no attempt is lost", async () => {
    const { service, clock, join } = await startCrowd({ limits: { rate: { capacity: 1, refill: 5, perMs: minute } } });
    const connections = join(kind, { retry: { attempts: 2 } });
    await clock.until(connections.listPage({ groupId }));
    const first = connections.listPage({ groupId });
    await clock.quiet();
    expect(counted(service)).toEqual([200, 429]);
    const others = [1, 2, 3].map(() => connections.listPage({ groupId }, { retry: false }));
    await clock.pass(59_000);
    expect(counted(service)).toHaveLength(2);
    await clock.until(Promise.all([first, ...others]));
    expect(counted(service).slice(2)).toEqual([200, 200, 200, 200]);
  });

  test("holds up no other project", async () => {
    const { service, clock, join } = await startCrowd({ limits: { rate: { capacity: 1, refill: 1, perMs: minute } } });
    const connections = join(kind);
    const two = [1, 2].map(() => connections.listPage({ groupId }));
    await clock.quiet();
    const startedAt = clock.monotonic();
    await clock.until(connections.listPage({ groupId: otherGroupId }));
    expect(clock.monotonic()).toBe(startedAt);
    expect(counted(service, otherGroupId)).toEqual([200]);
    await clock.until(Promise.all(two));
  });

  test("tells a call that has no time until there is room how long that takes, at once, and does not send it", async () => {
    const { service, clock, join } = await startCrowd({ limits: { rate: { capacity: 1, refill: 1, perMs: minute } } });
    const connections = join(kind);
    const two = Promise.all([1, 2].map(() => connections.listPage({ groupId })));
    await clock.pass(10_000);
    const hasty = rejection(connections.listPage({ groupId }, { deadlineMs: 49_000 }));
    await clock.quiet();
    expect(await hasty).toMatchObject({ code: "RATE_LIMIT", status: 429, retryAfterMs: 50_000 });
    expect(counted(service)).toHaveLength(2);
    await clock.until(two);
  });

  test("lets go of a call that is aborted while it is held back, and leaves no timer", async () => {
    const { service, clock, join } = await startCrowd({ limits: { rate: { capacity: 1, refill: 1, perMs: minute } } });
    const connections = join(kind);
    await clock.until(connections.listPage({ groupId }));
    await rejection(clock.until(connections.listPage({ groupId }, { retry: false })));
    const abort = new AbortController();
    const held = rejection(connections.listPage({ groupId }, { signal: abort.signal }));
    await clock.quiet();
    abort.abort("no longer wanted");
    expect(await held).toBe("no longer wanted");
    expect(clock.pending).toBe(0);
    expect(counted(service)).toHaveLength(2);
  });
});

/** A bucket in memory that fills by itself, and how far away it is. */
interface FarBucket {
  readonly capacity: number;
  readonly refill: number;
  readonly perMs: number;
  readonly awayMs?: number;
  /** What it says of itself in the headers of an answer. */
  readonly tell?: (left: number, isRefused: boolean) => Record<string, string>;
}

/** Reads so many times at once; gives how long that took, and how often the client was refused. */
async function readAll(reads: number, { capacity, refill, perMs, awayMs = 0, tell = () => ({}) }: FarBucket) {
  let [left, refills, refused] = [capacity, 0, 0];
  const clock = startClock();
  const startedAt = clock.monotonic();
  const onTheWay = () => new Promise<void>((arrive) => clock.schedule(arrive, awayMs));

  function answer(): Response {
    const due = Math.floor((clock.monotonic() - startedAt) / perMs);
    [left, refills] = [Math.min(capacity, left + (due - refills) * refill), due];
    const isRefused = left === 0;
    if (isRefused) refused++;
    else left--;
    const headers = tell(left, isRefused);
    if (isRefused) return Response.json({ error: 429 }, { status: 429, headers });
    return Response.json({ results: [], totalCount: 0 }, { headers });
  }

  async function fetch(): Promise<Response> {
    if (awayMs > 0) await onTheWay();
    const response = answer();
    if (awayMs > 0) await onTheWay();
    return response;
  }

  const service = { url: "http://127.0.0.1:1", credentials };
  const connections = connect("digest", service, { clock, retry: {}, fetch }).privateLinkConnections;
  await clock.until(Promise.all(Array.from({ length: reads }, () => connections.listPage({ groupId }))));
  return { tookMs: clock.monotonic() - startedAt, refused };
}

test("without a word of what is left, a client finds its pace after a refill, and is refused a few times", async () => {
  const bucket = { capacity: 500, refill: 500, perMs: 2000 };
  const tell = (_left: number, isRefused: boolean): Record<string, string> => (isRefused ? { "retry-after": "2" } : {});
  const { tookMs, refused } = await readAll(3000, { ...bucket, tell });
  expect(tookMs).toBeLessThan(15_000);
  expect(refused).toBeLessThan((6 * 50) / 2);
});

test("without a word of how long to wait, a client waits longer each time that it is refused, and no call fails", async () => {
  const { tookMs } = await readAll(300, { capacity: 50, refill: 50, perMs: 2000 });
  expect(tookMs).toBeLessThan(30_000);
});

test("a small bucket far away is used as soon as it fills: an answer that no other can have overtaken tells", async () => {
  const bucket = { capacity: 40, refill: 20, perMs: 1000, awayMs: 150 };
  const tell = (left: number) => ({ "ratelimit-remaining": String(left) });
  const { tookMs } = await readAll(300, { ...bucket, tell });
  expect(tookMs).toBeLessThan(1.5 * 1000 * ((300 - 40) / 20));
});
