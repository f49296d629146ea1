import { getEventListeners } from "node:events";
import { outcomeOf } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { groupId, idOf, inTurn, through } from "../resources/private-link-connections/waiting/service.js";
import { startWorld } from "../resources/private-link-connections/waiting/world.js";

const ids = through(1, 50).map(idOf);
const reason = new Error("The caller has changed its mind.");

test("fifty waits on one signal make no warning, all end with it, and leave nothing on it", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const { clock, connections } = await startWorld(Object.fromEntries(ids.map((id) => [id, inTurn("IDLE")])));
  const abort = new AbortController();
  const { signal } = abort;
  const waits = ids.map((connectionId) => outcomeOf(connections.waitUntilDone({ groupId, connectionId }, { signal })));
  await clock.pass(10_000);
  expect(getEventListeners(signal, "abort").length).toBeLessThanOrEqual(1);
  abort.abort(reason);
  expect(await Promise.all(waits)).toEqual(ids.map(() => ({ status: "rejected", reason })));
  await clock.quiet();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(clock.pending).toBe(0);
  expect(warnings).toEqual([]);
});

test("one of many that ends by itself leaves the others on their signal", async () => {
  const { clock, connections } = await startWorld({ [idOf(1)]: inTurn("DONE"), [idOf(2)]: inTurn("IDLE") });
  const abort = new AbortController();
  const { signal } = abort;
  const [done, pending] = [1, 2].map((number) =>
    outcomeOf(connections.waitUntilDone({ groupId, connectionId: idOf(number) }, { signal })),
  );
  expect(await clock.until(done ?? Promise.reject())).toMatchObject({ status: "fulfilled" });
  abort.abort(reason);
  expect(await pending).toEqual({ status: "rejected", reason });
});

/** As `abort-controller` and older test environments have it: without a reason, and without `throwIfAborted`. */
class OldSignal extends EventTarget {
  aborted = false;

  abort(): void {
    this.aborted = true;
    this.dispatchEvent(new Event("abort"));
  }
}

describe("a signal of a polyfill", () => {
  const start = async () => {
    const { clock, connections } = await startWorld({ [idOf(1)]: inTurn("IDLE") });
    const old = new OldSignal();
    return {
      clock,
      connections,
      old,
      signal: old as unknown as AbortSignal,
      named: { groupId, connectionId: idOf(1) },
    };
  };

  test("lets a call pass", async () => {
    const { clock, connections, signal, named } = await start();
    expect(await clock.until(connections.get(named, { signal }))).toMatchObject({ state: "IDLE" });
  });

  test("ends a call and a wait, with an AbortError where it gives no reason", async () => {
    const { clock, connections, old, signal, named } = await start();
    const waiting = outcomeOf(connections.waitUntilDone(named, { signal }));
    await clock.pass(10_000);
    old.abort();
    const aborted = { status: "rejected", reason: { name: "AbortError" } };
    expect(await waiting).toMatchObject(aborted);
    expect(await outcomeOf(connections.get(named, { signal }))).toMatchObject(aborted);
    expect(await outcomeOf(connections.waitUntilDone(named, { signal }))).toMatchObject(aborted);
    expect(clock.pending).toBe(0);
  });
});

test.each([{}, "now", new AbortController()])("what is no signal is refused: %s", async (given) => {
  const { connections } = await startWorld({ [idOf(1)]: inTurn("IDLE") });
  const [named, signal] = [{ groupId, connectionId: idOf(1) }, given as unknown as AbortSignal];
  for (const call of [connections.get(named, { signal }), connections.waitUntilDone(named, { signal })])
    expect(await outcomeOf(call)).toMatchObject({ status: "rejected", reason: { code: "INVALID_ARGUMENT" } });
});
