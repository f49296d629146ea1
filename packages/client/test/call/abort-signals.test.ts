import { getEventListeners } from "node:events";
import { outcomeOf } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { InvalidArgumentError } from "../../src/answer/errors.js";
import { onAbort, reasonOf, refuseNoSignal, throwIfAborted } from "../../src/call/abort-signals.js";
import { groupId, idOf, inTurn, through } from "../resources/private-link-connections/waiting/service.js";
import { startWorld } from "../resources/private-link-connections/waiting/world.js";

const ids = through(1, 50).map(idOf);
const reason = new Error("The caller has changed its mind.");

/** As `abort-controller` and older test environments have it: without a reason, and without `throwIfAborted`. */
class OldSignal extends EventTarget {
  aborted = false;

  abort(): void {
    this.aborted = true;
    this.dispatchEvent(new Event("abort"));
  }
}

/** A signal, who has been told of its end, and how many listeners it has. */
function aSignal() {
  const abort = new AbortController();
  const { signal } = abort;
  const told: string[] = [];
  const listen = (name: string) => onAbort(signal, () => told.push(name));
  return { abort, signal, told, listen, listeners: () => getEventListeners(signal, "abort").length };
}

describe("whoever listens to a signal", () => {
  test("is told once, each in turn, and by one listener", () => {
    const { abort, signal, told, listen, listeners } = aSignal();
    for (const name of ["first", "second", "third"]) listen(name);
    expect(listeners()).toBe(1);
    expect(told).toEqual([]);
    abort.abort();
    signal.dispatchEvent(new Event("abort"));
    expect(told).toEqual(["first", "second", "third"]);
    expect(listeners()).toBe(0);
  });

  test("is not told once it has called that off, and the last takes the listener with it", () => {
    const { abort, told, listen, listeners } = aSignal();
    const [first, second] = [listen("first"), listen("second")];
    first();
    expect(listeners()).toBe(1);
    second();
    expect(listeners()).toBe(0);
    abort.abort();
    expect(told).toEqual([]);
  });

  test("takes nothing from those who came later by calling it off twice", () => {
    const { abort, told, listen, listeners } = aSignal();
    const first = listen("first");
    first();
    listen("second");
    first();
    listen("third");
    expect(listeners()).toBe(1);
    abort.abort();
    expect(told).toEqual(["second", "third"]);
  });

  test("may call it off when it has been told", () => {
    const { abort, listen, listeners } = aSignal();
    const callOff = listen("first");
    abort.abort();
    callOff();
    expect(listeners()).toBe(0);
  });

  test("may be the same callback twice, of which one is called off", () => {
    const { abort, signal, told } = aSignal();
    const tell = () => told.push("told");
    const callOff = onAbort(signal, tell);
    onAbort(signal, tell);
    callOff();
    abort.abort();
    expect(told).toEqual(["told"]);
  });

  test("is told of its own signal only", () => {
    const [one, other] = [aSignal(), aSignal()];
    one.listen("one");
    other.listen("other");
    other.abort.abort();
    expect([one.told, other.told]).toEqual([[], ["other"]]);
  });
});

describe("a signal that has aborted", () => {
  test.each([reason, "a text", null, 0, false])("throws its reason: %o", (why) => {
    const signal = AbortSignal.abort(why);
    expect(reasonOf(signal)).toBe(why);
    let thrown: unknown = "nothing";
    try {
      throwIfAborted(signal);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBe(why);
  });

  test("throws an AbortError where it gives no reason", () => {
    const old = new OldSignal();
    old.abort();
    const error = new DOMException("This operation was aborted", "AbortError");
    expect(() => throwIfAborted(old as unknown as AbortSignal)).toThrow(error);
    expect(reasonOf(old as unknown as AbortSignal)).toMatchObject({ name: "AbortError" });
  });
});

test.each([undefined, null, new AbortController().signal])("nothing is thrown by %o", (signal) => {
  expect(() => throwIfAborted(signal)).not.toThrow();
});

test.each([undefined, null, new AbortController().signal, AbortSignal.abort(), new OldSignal()])(
  "a signal may be %o",
  (signal) => {
    expect(() => refuseNoSignal(signal)).not.toThrow();
  },
);

test.each([
  {},
  "now",
  0,
  false,
  new AbortController(),
  { aborted: false },
  new EventTarget(),
  { aborted: 1, addEventListener() {} },
])("a signal cannot be %o", (signal) => {
  expect(() => refuseNoSignal(signal)).toThrow(
    new InvalidArgumentError("signal must be an AbortSignal. Nothing was sent."),
  );
});

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
