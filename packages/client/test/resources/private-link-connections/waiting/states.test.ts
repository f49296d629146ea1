import { rejection } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { NotFoundError, WaitFailedError, type WaitProgress, WaitTimeoutError } from "../../../../src/index.js";
import { groupId, idOf, inTurn, pageOf, problem, type Sight } from "./service.js";
import { startWorld } from "./world.js";

const connectionId = idOf(1);
const parameters = { groupId, connectionId };
const failed = { state: "FAILED", errorMessage: "The endpoint service did not accept the connection." };

/** A connection that shows one thing after the other, and the progress of one wait for it. */
async function startLife(...sights: readonly Sight[]) {
  const world = await startWorld({ [connectionId]: inTurn(...sights) });
  const progress: WaitProgress[] = [];
  const onProgress = (step: WaitProgress) => progress.push(step);
  return {
    ...world,
    progress,
    states: () => progress.map(({ state }) => state),
    untilDone: () => world.clock.until(world.connections.waitUntilDone(parameters, { onProgress })),
    untilDeleted: () => world.clock.until(world.connections.waitUntilDeleted(parameters, { onProgress })),
  };
}

describe("waitUntilDone", () => {
  test("gives back the connection when it is DONE", async () => {
    const { untilDone, states, service, clock } = await startLife("IDLE", "WORKING", "DONE");
    expect(await untilDone()).toEqual({ _id: connectionId, provider: "AWS", vendor: "MSK", state: "DONE" });
    expect(states()).toEqual(["IDLE", "WORKING", "DONE"]);
    expect(service.looks).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });

  test("takes one look where the connection is DONE already", async () => {
    const { untilDone, service, clock } = await startLife("DONE");
    const before = clock.now();
    await untilDone();
    expect(service.looks).toHaveLength(1);
    expect(clock.now()).toBe(before);
  });

  test("fails where the connection has FAILED, in the service's own words and with the connection", async () => {
    const { untilDone } = await startLife("IDLE", failed);
    const error = await rejection(untilDone());
    expect(error).toBeInstanceOf(WaitFailedError);
    expect(error).toMatchObject({
      name: "WaitFailedError",
      code: "WAIT_FAILED",
      ...failed,
      connection: { _id: connectionId, vendor: "MSK", ...failed },
    });
    expect(String(error)).toContain(failed.errorMessage);
    expect(String(error)).toContain(connectionId);
  });

  test("says so where the service gives no reason for FAILED", async () => {
    const { untilDone } = await startLife("FAILED");
    expect(await rejection(untilDone())).toMatchObject({
      errorMessage: undefined,
      message: expect.stringContaining("gives no reason"),
    });
  });

  test.each(["DELETE_REQUESTED", "DELETING", "DELETED"])("fails where the connection is %s", async (state) => {
    const { untilDone } = await startLife("WORKING", state);
    expect(await rejection(untilDone())).toMatchObject({ code: "WAIT_FAILED", state, connection: { state } });
  });

  test("waits on in a state that nobody knows yet, however it is named", async () => {
    const { untilDone, states } = await startLife("REBALANCING", "done", "PENDING_ACCEPTANCE", "", "DONE");
    await untilDone();
    expect(states()).toEqual(["REBALANCING", "done", "PENDING_ACCEPTANCE", "", "DONE"]);
  });

  test.each(["constructor", "toString", "__proto__"])("takes %s for no state that it knows", async (state) => {
    const { untilDone, states } = await startLife(state, "DONE");
    await untilDone();
    expect(states()).toEqual([state, "DONE"]);
  });

  test("waits on where there is no state, as just after create", async () => {
    const { untilDone, states } = await startLife({}, {}, "IDLE", "DONE");
    await untilDone();
    expect(states()).toEqual([undefined, undefined, "IDLE", "DONE"]);
  });

  test("takes a 404 just after create for no answer", async () => {
    const { untilDone, states, progress } = await startLife(null, null, "IDLE", "DONE");
    await untilDone();
    expect(states()).toEqual([undefined, undefined, "IDLE", "DONE"]);
    expect(progress[0]?.connection).toBeUndefined();
  });

  test("takes a 404 for the answer after fifteen intervals", async () => {
    const { untilDone, progress } = await startLife(null);
    const error = await rejection(untilDone());
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, errorCode: "RESOURCE_NOT_FOUND" });
    const elapsed = progress.map(({ elapsedMs }) => elapsedMs);
    expect(elapsed.at(-1)).toBeGreaterThanOrEqual(30_000);
    expect(elapsed.at(-2)).toBeLessThan(30_000);
  });

  test("measures that time by the interval that was asked for", async () => {
    const { clock, connections, service } = await startLife(null);
    const startedAt = clock.now();
    await rejection(clock.until(connections.waitUntilDone(parameters, { intervalMs: 100 })));
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(1500);
    expect(clock.now() - startedAt).toBeLessThan(1500 * 2.2);
    expect(service.looks.length).toBeGreaterThan(4);
  });

  test("takes a 404 for the answer at once where the connection has been seen before", async () => {
    const { untilDone, progress } = await startLife("IDLE", null);
    expect(await rejection(untilDone())).toBeInstanceOf(NotFoundError);
    expect(progress).toHaveLength(2);
    expect(progress[1]?.elapsedMs).toBeLessThan(15 * 2000);
  });
});

describe("waitUntilDeleted", () => {
  test("resolves when the service answers 404", async () => {
    const { untilDeleted, states, clock } = await startLife("DELETE_REQUESTED", "DELETING", null);
    expect(await untilDeleted()).toBeUndefined();
    expect(states()).toEqual(["DELETE_REQUESTED", "DELETING", undefined]);
    expect(clock.pending).toBe(0);
  });

  test("takes a 404 for the answer at once", async () => {
    const { untilDeleted, service } = await startLife(null);
    await untilDeleted();
    expect(service.looks).toHaveLength(1);
  });

  test("resolves when the service says DELETED", async () => {
    const { untilDeleted, states } = await startLife("DELETING", "DELETED");
    expect(await untilDeleted()).toBeUndefined();
    expect(states()).toEqual(["DELETING", "DELETED"]);
  });

  test("takes no other 404 for the service's, such as a proxy's page", async () => {
    const { untilDeleted, service } = await startLife("DELETING");
    const page = "<html><h1>404 Not Found</h1></html>";
    service.lookMeets({
      fault: { kind: "answer", status: 404, body: page, headers: { "content-type": "text/html" } },
      nth: 2,
    });
    const error = await rejection(untilDeleted());
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ errorCode: undefined, contentType: "text/html", excerpt: page });
  });

  test("waits on in the state that the connection had before, and in one that nobody knows", async () => {
    const { untilDeleted, states } = await startLife("DONE", "IDLE", {}, "VANISHING", null);
    await untilDeleted();
    expect(states()).toEqual(["DONE", "IDLE", undefined, "VANISHING", undefined]);
  });

  test("takes FAILED at first for the state that the connection is being removed for", async () => {
    const { untilDeleted, states } = await startLife(failed, failed, "DELETING", null);
    await untilDeleted();
    expect(states()).toEqual(["FAILED", "FAILED", "DELETING", undefined]);
  });

  test("fails where the connection is still FAILED after fifteen intervals", async () => {
    const { untilDeleted, progress } = await startLife("DELETING", failed);
    expect(await rejection(untilDeleted())).toMatchObject({ code: "WAIT_FAILED", ...failed });
    expect(progress.at(-1)?.elapsedMs).toBeGreaterThanOrEqual(30_000);
    expect(progress.at(-2)?.elapsedMs).toBeLessThan(30_000);
  });
});

describe("a wait", () => {
  test("is given up after an hour, with the last state, and another goes on from there", async () => {
    const { untilDone, clock, service, connections } = await startLife("IDLE", "WORKING");
    const startedAt = clock.now();
    const error = await rejection(untilDone());
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toMatchObject({ name: "WaitTimeoutError", code: "WAIT_TIMEOUT", state: "WORKING" });
    expect(String(error)).toContain(
      `Connection ${connectionId} was waited for 3600000 ms; its last state was WORKING. It goes its way all the same: wait again by its id.`,
    );
    expect(clock.now() - startedAt).toBe(3_600_000);
    expect(clock.pending).toBe(0);

    await service.has({ [connectionId]: inTurn("DONE") });
    expect(await clock.until(connections.waitUntilDone(parameters))).toMatchObject({ state: "DONE" });
  });

  test("is given up after its own timeoutMs, even during a look", async () => {
    const { clock, service, connections } = await startLife("IDLE");
    service.lookMeets({ fault: "stalled", nth: 3 });
    const startedAt = clock.now();
    const error = await rejection(clock.until(connections.waitUntilDone(parameters, { timeoutMs: 10_000 })));
    expect(error).toMatchObject({ code: "WAIT_TIMEOUT", state: "IDLE" });
    expect(clock.now() - startedAt).toBe(10_000);
    await clock.pass(60_000);
    expect(service.looks).toHaveLength(3);
    expect(service.held).toBe(0);
  });

  test("says so where no state was seen in its time", async () => {
    const { clock, connections, service } = await startLife("IDLE");
    service.lookMeets({ fault: problem(503, "SERVICE_UNAVAILABLE") });
    const error = await rejection(clock.until(connections.waitUntilDeleted(parameters, { timeoutMs: 5_000 })));
    expect(error).toMatchObject({
      code: "WAIT_TIMEOUT",
      state: undefined,
      message: expect.stringContaining("no state"),
    });
  });

  test("tells its progress: state, time, number of looks, connection", async () => {
    const { untilDone, progress, service } = await startLife({}, "IDLE", "DONE");
    const connection = await untilDone();
    const [first, second, third] = service.looks.map(({ at }) => at - (service.looks[0]?.at ?? 0));
    expect(progress).toEqual([
      { state: undefined, elapsedMs: first, attempt: 1, connection: expect.objectContaining({ _id: connectionId }) },
      { state: "IDLE", elapsedMs: second, attempt: 2, connection: expect.objectContaining({ state: "IDLE" }) },
      { state: "DONE", elapsedMs: third, attempt: 3, connection },
    ]);
  });

  test("finds its connection however the id is written, alone and in company", async () => {
    const [small, capital] = ["66f0c1d2e3a4b5c6d7e8f901", "66F0C1D2E3A4B5C6D7E8F902"];
    const { clock, connections, service } = await startWorld({
      [small]: inTurn("DONE"),
      [capital.toLowerCase()]: inTurn("DONE"),
    });
    // The description has no capitals in an id, and so the mock has none either.
    service.lookMeets(
      { fault: pageOf({ [small]: "IDLE", [capital]: "IDLE" }), nth: 1 },
      { fault: pageOf({ [small]: "IDLE", [capital]: "DONE" }), nth: 2 },
    );
    const ids = [small.toUpperCase(), capital.toLowerCase()];
    const seen: (string | undefined)[] = [];
    const onProgress = ({ state }: WaitProgress) => seen.push(state);
    const waits = ids.map((connectionId) => connections.waitUntilDone({ groupId, connectionId }, { onProgress }));
    expect(await clock.until(Promise.all(waits))).toMatchObject([{ state: "DONE" }, { state: "DONE" }]);
    expect(service.looks.map((look) => look.connectionId)).toEqual([undefined, undefined, small.toUpperCase()]);
    expect(seen).toEqual(["IDLE", "IDLE", "IDLE", "DONE", "DONE"]);
  });
});
