import { getEventListeners } from "node:events";
import { outcomeOf, rejection } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../../../../src/index.js";
import { groupId, idOf, inTurn } from "./service.js";
import { startWorld } from "./world.js";

const connectionId = idOf(1);
const parameters = { groupId, connectionId };
const reason = new Error("The caller has changed its mind.");

describe.each(["waitUntilDone", "waitUntilDeleted"] as const)("%s, aborted", (method) => {
  test("before it begins, rejects with the reason and sends nothing", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    const wait = connections[method](parameters, { signal: AbortSignal.abort(reason) });
    expect(await rejection(wait)).toBe(reason);
    await clock.pass(3_600_000);
    expect(service.looks).toHaveLength(0);
    expect(clock.pending).toBe(0);
  });

  test("before its first look, rejects with the reason and sends nothing", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    const abort = new AbortController();
    const wait = outcomeOf(connections[method](parameters, { signal: abort.signal }));
    abort.abort(reason);
    expect(await wait).toEqual({ status: "rejected", reason });
    await clock.pass(3_600_000);
    expect(service.looks).toHaveLength(0);
    expect(clock.pending).toBe(0);
  });

  test("during a look, rejects at once with the reason, ends the request and sends no other", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    service.lookMeets({ fault: "stalled", nth: 2 });
    const abort = new AbortController();
    const wait = outcomeOf(connections[method](parameters, { signal: abort.signal }));
    await clock.pass(5_000);
    expect(service.held).toBe(1);
    abort.abort(reason);
    expect(await wait).toEqual({ status: "rejected", reason });
    expect(getEventListeners(abort.signal, "abort")).toHaveLength(0);
    await clock.quiet();
    expect(service.held).toBe(0);
    await clock.pass(3_600_000);
    expect(service.looks).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  test("during a pause, rejects at once with the reason and sends nothing any more", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    const abort = new AbortController();
    const wait = outcomeOf(connections[method](parameters, { signal: abort.signal }));
    await clock.pass(3_000);
    const abortedAt = clock.now();
    abort.abort(reason);
    expect(await wait).toEqual({ status: "rejected", reason });
    expect(clock.now()).toBe(abortedAt);
    expect(clock.pending).toBe(0);
    const looks = service.looks.length;
    await clock.pass(3_600_000);
    expect(service.looks).toHaveLength(looks);
  });

  test("by its own onProgress, rejects with the reason and sends nothing any more", async () => {
    const others = Object.fromEntries(Array.from({ length: 3 }, (_, index) => [idOf(index + 10), inTurn("IDLE")]));
    const { clock, connections, service } = await startWorld(others);
    const abort = new AbortController();
    const ids = Object.keys(others);
    const company = Promise.allSettled(
      ids.map(
        (connectionId): Promise<unknown> => connections[method]({ groupId, connectionId }, { timeoutMs: 60_000 }),
      ),
    );
    // It is not on the list, which calls for a look of its own; but nobody waits for that any more.
    const wait = outcomeOf(
      connections[method](parameters, {
        signal: abort.signal,
        onProgress: ({ elapsedMs }) => elapsedMs > 30_000 && abort.abort(reason),
      }),
    );
    const end = method === "waitUntilDone" ? { status: "rejected", reason } : { status: "fulfilled", value: undefined };
    await clock.until(company);
    expect(await wait).toEqual(end);
    expect(service.looks.filter((look) => look.connectionId === connectionId)).toHaveLength(0);
  });
});

test("a wait leaves no listener on the signal of its caller", async () => {
  const { clock, connections } = await startWorld({ [connectionId]: inTurn("IDLE", "WORKING", "DONE") });
  const { signal } = new AbortController();
  for (let count = 0; count < 3; count++) await clock.until(connections.waitUntilDone(parameters, { signal }));
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("an onProgress that is asynchronous ends its wait as well where it rejects", async () => {
  const { clock, connections } = await startWorld({ [connectionId]: inTurn("IDLE", "WORKING", "DONE") });
  const wait = connections.waitUntilDone(parameters, { onProgress: () => Promise.reject(reason) });
  expect(await clock.until(outcomeOf(wait))).toEqual({ status: "rejected", reason });
  expect(clock.pending).toBe(0);
});

test("an onProgress that throws ends its wait with that error, and leaves the others alone", async () => {
  const { clock, connections, service } = await startWorld({
    [connectionId]: inTurn("IDLE", "WORKING", "DONE"),
    [idOf(2)]: inTurn("IDLE", "WORKING", "DONE"),
  });
  const other = connections.waitUntilDone({ groupId, connectionId: idOf(2) });
  const wait = connections.waitUntilDone(parameters, {
    onProgress({ state }) {
      if (state === "WORKING") throw reason;
    },
  });
  const outcome = outcomeOf(wait);
  expect(await clock.until(other)).toMatchObject({ state: "DONE" });
  expect(await outcome).toEqual({ status: "rejected", reason });
  expect(service.looks.map((look) => look.connectionId)).toEqual([undefined, undefined, idOf(2)]);
  expect(clock.pending).toBe(0);
});

test("a wait is taken up by the id alone, by another client", async () => {
  const { clock, connections, connect } = await startWorld({ [connectionId]: inTurn("IDLE", "WORKING", "DONE") });
  const abort = new AbortController();
  const first = outcomeOf(
    connections.waitUntilDone(parameters, { signal: abort.signal, onProgress: () => abort.abort(reason) }),
  );
  await clock.until(first);
  expect(await first).toEqual({ status: "rejected", reason });
  expect(await clock.until(connect().waitUntilDone(parameters))).toMatchObject({ state: "DONE" });
});

test.each([
  [{ groupId: "", connectionId }],
  [{ groupId, connectionId: "" }],
  [{ groupId, connectionId: "../../groups" }],
  [{ groupId: groupId.toUpperCase(), connectionId }],
  [{ groupId, connectionId: `${connectionId}0` }],
])("ids that are none are refused before the network: %j", async (parameters) => {
  const { clock, connections, service } = await startWorld();
  for (const method of ["waitUntilDone", "waitUntilDeleted"] as const) {
    const error = await rejection(connections[method](parameters));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(String(error)).toContain("Nothing was sent");
  }
  await clock.pass(60_000);
  expect(service.looks).toHaveLength(0);
});
