import { outcomeOf, rejection } from "@atlas-streams/testing";
import { expect, test } from "vitest";
import { atFirst, groupId, idOf, inTurn, type Look, otherGroupId, problem, type Story } from "./service.js";
import { startWorld } from "./world.js";

const range = (count: number, from = 1) => Array.from({ length: count }, (_, index) => idOf(from + index));
const alike = (ids: readonly string[], story: Story) => Object.fromEntries(ids.map((id) => [id, story]));
/** What was looked at: a connection's number, or the list. */
const targets = (looks: readonly Look[]) =>
  looks.map(({ connectionId }) => (connectionId ? Number.parseInt(connectionId, 16) : "list"));
const reason = new Error("The caller has changed its mind.");

test("a lone wait reads its own connection", async () => {
  const { clock, connections, service } = await startWorld(alike(range(5), inTurn("IDLE", "WORKING", "DONE")));
  await clock.until(connections.waitUntilDone({ groupId, connectionId: idOf(3) }));
  expect(targets(service.looks)).toEqual([3, 3, 3]);
});

test("waits that begin in one tick share all their looks, the very first included", async () => {
  const ids = range(20);
  const { clock, connections, service } = await startWorld(alike(ids, inTurn("IDLE", "WORKING", "DONE")));
  const waits = Promise.all(ids.map((connectionId) => connections.waitUntilDone({ groupId, connectionId })));
  const done = await clock.until(waits);
  expect(done.map(({ _id }) => _id)).toEqual(ids);
  expect(targets(service.looks)).toEqual(["list", "list", "list"]);
  expect(service.looks[0]).toMatchObject({ pageNum: 1, itemsPerPage: 500 });
  expect(clock.pending).toBe(0);
});

test("two waits for the same connection share their looks too", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("IDLE", "DONE")));
  const wait = () => connections.waitUntilDone({ groupId, connectionId: idOf(1) });
  await clock.until(Promise.all([wait(), wait()]));
  expect(service.looks).toHaveLength(2);
});

test("newcomers do not multiply the looks", async () => {
  const ids = range(60);
  const { clock, connections, service } = await startWorld(alike(ids, inTurn("WORKING")));
  const outcomes = [];
  for (const connectionId of ids) {
    outcomes.push(outcomeOf(connections.waitUntilDone({ groupId, connectionId }, { timeoutMs: 300_000 })));
    await clock.pass(100);
  }
  // Six seconds: a look at once, and then one each two seconds at most.
  expect(service.looks.length).toBeLessThanOrEqual(4);
  await clock.until(Promise.all(outcomes));
  expect(Math.min(...service.gaps)).toBeGreaterThanOrEqual(1_800);
  expect(service.looks.length).toBeLessThanOrEqual(25);
});

test("a look that somebody wanted who has left is not made: the next is when another is due", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("IDLE")));
  const abort = new AbortController();
  const wait = (number: number, intervalMs: number, signal?: AbortSignal) =>
    outcomeOf(connections.waitUntilDone({ groupId, connectionId: idOf(number) }, { intervalMs, signal }));
  const hasty = wait(1, 10_000, abort.signal);
  void wait(2, 60_000);
  await clock.pass(5_000);
  expect(service.looks).toHaveLength(1);
  abort.abort(reason);
  await hasty;
  await clock.pass(45_000);
  expect(service.looks).toHaveLength(1);
  await clock.pass(20_000);
  expect(service.looks.map(({ connectionId }) => connectionId)).toEqual([undefined, idOf(2)]);
});

test("a newcomer does not wait for the look of somebody who has left", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("DONE")));
  service.lookMeets({ fault: "stalled", nth: 1 });
  const abort = new AbortController();
  const { signal } = abort;
  const first = outcomeOf(connections.waitUntilDone({ groupId, connectionId: idOf(1) }, { signal }));
  await clock.pass(1_000);
  const startedAt = clock.now();
  const second = connections.waitUntilDone({ groupId, connectionId: idOf(2) });
  abort.abort(reason);
  expect(await first).toEqual({ status: "rejected", reason });
  await clock.until(second);
  expect(clock.now() - startedAt).toBeLessThan(2_000);
});

test("nobody who is on the list waits for a look at somebody else's connection alone", async () => {
  const { clock, connections, service } = await startWorld(
    alike(range(2, 2), atFirst(60_000, "WORKING", inTurn("DONE"))),
  );
  service.lookMeets({ fault: "stalled", path: idOf(1) });
  const startedAt = clock.now();
  const missing = connections.waitUntilDone(
    { groupId, connectionId: idOf(1) },
    { intervalMs: 4_000, timeoutMs: 300_000 },
  );
  const others = range(2, 2).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
  const outcome = outcomeOf(missing);
  await clock.until(Promise.all(others));
  expect(targets(service.looks)).toContain(1);
  expect(clock.now() - startedAt).toBeLessThan(90_000);
  expect(await clock.until(outcome)).toMatchObject({ reason: { code: "WAIT_TIMEOUT" } });
});

test("an entry of the list without an id is nobody's, and fails nobody", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("IDLE", "DONE")));
  const body = { results: [{ provider: "AWS" }, { _id: null }, { _id: 7 }, { _id: { toString: 0 } }], totalCount: 6 };
  service.lookMeets({ fault: { kind: "answer", status: 200, body }, nth: 1 });
  const waits = range(2).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
  expect(await clock.until(Promise.all(waits))).toHaveLength(2);
});

test("a newcomer has its first look at the latest after its own interval", async () => {
  const { clock, connections } = await startWorld(alike(range(2), inTurn("WORKING")));
  const first = outcomeOf(connections.waitUntilDone({ groupId, connectionId: idOf(1) }));
  await clock.pass(300_000);
  const seenAfter: number[] = [];
  const second = connections.waitUntilDone(
    { groupId, connectionId: idOf(2) },
    { intervalMs: 500, timeoutMs: 10_000, onProgress: ({ elapsedMs }) => seenAfter.push(elapsedMs) },
  );
  await rejection(clock.until(second));
  expect(seenAfter[0]).toBeLessThanOrEqual(500);
  expect(seenAfter.length).toBeGreaterThan(3);
  await clock.until(first);
});

test("the interval of one is not the interval of another, once it is alone again", async () => {
  const { clock, connections, service } = await startWorld({
    [idOf(1)]: inTurn("IDLE", "DONE"),
    [idOf(2)]: inTurn("WORKING"),
  });
  const slow = outcomeOf(
    connections.waitUntilDone({ groupId, connectionId: idOf(2) }, { intervalMs: 60_000, timeoutMs: 600_000 }),
  );
  await clock.until(connections.waitUntilDone({ groupId, connectionId: idOf(1) }, { intervalMs: 100 }));
  await clock.until(slow);
  expect(service.gaps[0]).toBeLessThanOrEqual(110);
  expect(Math.min(...service.gaps.slice(1))).toBeGreaterThanOrEqual(54_000);
});

test("each settles as soon as it is ready", async () => {
  const ids = range(4);
  const { clock, connections } = await startWorld(
    Object.fromEntries(ids.map((id, index) => [id, inTurn(...Array(index * 3).fill("WORKING"), "DONE")])),
  );
  const settledAt: number[] = [];
  const waits = ids.map(async (connectionId) => {
    await connections.waitUntilDone({ groupId, connectionId });
    settledAt.push(clock.now());
  });
  await clock.until(Promise.all(waits));
  expect(settledAt).toEqual([...settledAt].sort((one, other) => one - other));
  expect(new Set(settledAt).size).toBe(4);
});

test("the last one left reads its own connection", async () => {
  const { clock, connections, service } = await startWorld({
    [idOf(1)]: inTurn("IDLE", "DONE"),
    [idOf(2)]: inTurn("IDLE", "IDLE", "DONE"),
    [idOf(3)]: inTurn("IDLE", "IDLE", "IDLE", "IDLE", "DONE"),
  });
  const wait = (connectionId: string) => connections.waitUntilDone({ groupId, connectionId });
  await clock.until(Promise.all(range(3).map(wait)));
  expect(targets(service.looks)).toEqual(["list", "list", "list", 3, 3]);
});

test("the end of one, whichever it is, does not touch the others", async () => {
  const story = inTurn("IDLE", "IDLE", "WORKING", "WORKING", "WORKING", "DONE");
  const { clock, connections, service } = await startWorld({
    ...alike(range(3), story),
    [idOf(4)]: inTurn("IDLE", { state: "FAILED", errorMessage: "No such cluster." }),
    [idOf(5)]: inTurn("IDLE", "DELETING"),
    [idOf(6)]: inTurn("IDLE", "WORKING", null),
  });
  const abort = new AbortController();
  const options = [
    {},
    { timeoutMs: 4_000 },
    { signal: abort.signal, onProgress: ({ attempt = 0 }) => attempt === 2 && abort.abort(reason) },
    {},
    {},
    {},
  ];
  const waits = options.map((own, index) => connections.waitUntilDone({ groupId, connectionId: idOf(index + 1) }, own));
  expect(await clock.until(Promise.allSettled(waits))).toMatchObject([
    { status: "fulfilled", value: { state: "DONE" } },
    { status: "rejected", reason: { code: "WAIT_TIMEOUT", state: "IDLE" } },
    { status: "rejected", reason },
    { status: "rejected", reason: { code: "WAIT_FAILED", errorMessage: "No such cluster." } },
    { status: "rejected", reason: { code: "WAIT_FAILED", state: "DELETING" } },
    { status: "rejected", reason: { code: "NOT_FOUND" } },
  ]);
  expect(service.looks).toHaveLength(7);
  expect(clock.pending).toBe(0);
});

test("one that is aborted during a shared look leaves the look to the others", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("IDLE", "DONE")));
  service.lookMeets({ fault: "stalled", nth: 1 });
  const abort = new AbortController();
  const first = outcomeOf(connections.waitUntilDone({ groupId, connectionId: idOf(1) }, { signal: abort.signal }));
  const second = connections.waitUntilDone({ groupId, connectionId: idOf(2) });
  await clock.pass(1_000);
  abort.abort(reason);
  expect(await first).toEqual({ status: "rejected", reason });
  expect(service.held).toBe(1);
  await clock.until(second);
  expect(targets(service.looks)).toEqual(["list", 2, 2]);
});

test("one that is aborted during a shared look hears nothing of what it shows", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("IDLE", "DONE")));
  const abort = new AbortController();
  service.afterLook = () => abort.abort(reason);
  const heard: unknown[] = [];
  const first = outcomeOf(
    connections.waitUntilDone(
      { groupId, connectionId: idOf(1) },
      { signal: abort.signal, onProgress: (progress) => heard.push(progress) },
    ),
  );
  await clock.until(connections.waitUntilDone({ groupId, connectionId: idOf(2) }));
  expect(await first).toEqual({ status: "rejected", reason });
  expect(heard).toEqual([]);
});

test("a newcomer during a look that takes long does not begin another beside it", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("IDLE", "DONE")));
  service.lookMeets({ fault: "stalled", nth: 1 });
  const first = connections.waitUntilDone({ groupId, connectionId: idOf(1) });
  await clock.pass(1_000);
  const second = connections.waitUntilDone({ groupId, connectionId: idOf(2) });
  await clock.pass(20_000);
  expect(service.looks).toHaveLength(1);
  await clock.until(Promise.all([first, second]));
  expect(targets(service.looks)).toEqual([1, "list", "list"]);
});

test("when all are aborted during a shared look, the look ends, and a later wait begins anew", async () => {
  const { clock, connections, service } = await startWorld(alike(range(2), inTurn("DONE")));
  service.lookMeets({ fault: "stalled", nth: 1 });
  const abort = new AbortController();
  const wait = (id: string) => connections.waitUntilDone({ groupId, connectionId: id }, { signal: abort.signal });
  const both = outcomeOf(Promise.all(range(2).map(wait)));
  await clock.pass(1_000);
  abort.abort(reason);
  await both;
  const again = connections.waitUntilDone({ groupId, connectionId: idOf(1) });
  expect(await clock.until(again)).toMatchObject({ state: "DONE" });
  expect(service.held).toBe(0);
});

test("waitUntilDone and waitUntilDeleted, side by side, share their looks", async () => {
  const { clock, connections, service } = await startWorld({
    [idOf(1)]: inTurn("IDLE", "WORKING", "DONE"),
    [idOf(2)]: inTurn("DELETE_REQUESTED", "DELETING", null),
  });
  const both = Promise.all([
    connections.waitUntilDone({ groupId, connectionId: idOf(1) }),
    connections.waitUntilDeleted({ groupId, connectionId: idOf(2) }),
  ]);
  await clock.until(both);
  // Who is not on the only page of the list is gone: no look of its own is needed.
  expect(targets(service.looks)).toEqual(["list", "list", "list"]);
});

test("two projects and two clients do not mix", async () => {
  const { clock, connections, connect, service } = await startWorld(alike(range(2), inTurn("IDLE", "DONE")));
  await service.has(alike(range(1), inTurn("IDLE", "WORKING", "DONE")), otherGroupId);
  await clock.until(
    Promise.all([
      connections.waitUntilDone({ groupId, connectionId: idOf(1) }),
      connections.waitUntilDone({ groupId: otherGroupId, connectionId: idOf(1) }),
      connect().waitUntilDeleted({ groupId, connectionId: idOf(9) }),
    ]),
  );
  const looksAt = (project: string) => targets(service.looks.filter(({ groupId }) => groupId === project));
  expect(looksAt(otherGroupId)).toEqual([1, 1, 1]);
  expect(looksAt(groupId).sort()).toEqual([1, 1, 9]);
});

test("what does not pass ends all the waits of the project, each with the error", async () => {
  const { clock, connections, service } = await startWorld(alike(range(3), inTurn("IDLE")));
  service.lookMeets({ fault: problem(403, "ACCESS_FORBIDDEN"), nth: 2 });
  const waits = range(3).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
  const outcomes = await clock.until(Promise.allSettled(waits));
  expect(outcomes).toMatchObject(Array(3).fill({ status: "rejected", reason: { code: "PERMISSION" } }));
  expect(service.looks).toHaveLength(2);
});

test("what may pass is waited out by all of them", async () => {
  const { clock, connections, service } = await startWorld(alike(range(3), inTurn("IDLE", "DONE")));
  service.lookMeets({ fault: problem(503, "SERVICE_UNAVAILABLE"), nth: [1, 3] });
  const waits = range(3).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
  await clock.until(Promise.all(waits));
  expect(service.looks).toHaveLength(4);
});
