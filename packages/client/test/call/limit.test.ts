import { getEventListeners } from "node:events";
import { outcomeOf, rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { Limit } from "../../src/call/limit.js";

const reason = new Error("The caller has changed its mind.");
const late = new Error("It took too long.");

/** A limit of a second with a caller's signal, and what it has told of its end. */
function start(limitMs = 1000) {
  const [clock, caller] = [startClock(), new AbortController()];
  const limit = new Limit(clock, caller.signal, limitMs, () => late);
  const told: unknown[] = [];
  const listen = () => limit.onEnd((end) => told.push(end));
  const listeners = () => getEventListeners(caller.signal, "abort").length;
  return { clock, caller, limit, told, listen, listeners };
}

describe("a limit ends the work", () => {
  test("when its time is over, and no sooner", () => {
    const { clock, limit, told, listen } = start();
    listen();
    clock.advance(999);
    expect([limit.ended, told]).toEqual([undefined, []]);
    expect(() => limit.throwIfEnded()).not.toThrow();
    clock.advance(1);
    expect([limit.ended, told]).toEqual([{ reason: late }, [late]]);
    expect(() => limit.throwIfEnded()).toThrow(late);
  });

  test("when the caller's signal aborts, with its reason", () => {
    const { caller, limit, told, listen } = start();
    listen();
    caller.abort(reason);
    expect([limit.ended, told]).toEqual([{ reason }, [reason]]);
    expect(() => limit.throwIfEnded()).toThrow(reason);
  });

  test("when its time is over, where there is no signal", () => {
    for (const parent of [undefined, null]) {
      const clock = startClock();
      const limit = new Limit(clock, parent, 1, () => late);
      clock.advance(1);
      expect(limit.ended).toEqual({ reason: late });
    }
  });

  test("once: what comes first counts", () => {
    const { clock, caller, limit, told, listen } = start();
    listen();
    clock.advance(1000);
    caller.abort(reason);
    expect([limit.ended, told]).toEqual([{ reason: late }, [late]]);
  });

  test.each([0, -1])("at once where there are %i ms, and leaves nothing behind", (limitMs) => {
    const { clock, limit, listeners } = start(limitMs);
    expect(limit.ended).toEqual({ reason: late });
    expect([clock.pending, listeners()]).toEqual([0, 0]);
    expect(() => limit.release()).not.toThrow();
  });

  test("at once with the reason of a signal that has aborted, though there is no time either", () => {
    for (const limitMs of [1000, 0]) {
      const clock = startClock();
      const signal = AbortSignal.abort(reason);
      const limit = new Limit(clock, signal, limitMs, () => late);
      expect(limit.ended).toEqual({ reason });
      expect([clock.pending, getEventListeners(signal, "abort").length]).toEqual([0, 0]);
    }
  });
});

test("whoever listens is told in turn, and at once where the limit has ended", () => {
  const { clock, limit } = start();
  const told: string[] = [];
  for (const name of ["first", "second"]) limit.onEnd((end) => told.push(`${name}: ${end}`));
  clock.advance(1000);
  limit.onEnd((end) => told.push(`third: ${end}`));
  expect(told).toEqual([`first: ${late}`, `second: ${late}`, `third: ${late}`]);
});

describe("a limit's signal", () => {
  test("is one, and aborts when the limit ends the work", () => {
    const { clock, limit } = start();
    const { signal } = limit;
    expect(limit.signal).toBe(signal);
    expect(signal.aborted).toBe(false);
    clock.advance(1000);
    expect([signal.aborted, signal.reason]).toEqual([true, late]);
  });

  test("has aborted where the limit has ended before it is first read", () => {
    expect(start(0).limit.signal.reason).toBe(late);
  });
});

describe("work that races with a limit", () => {
  test("ends as it does by itself", async () => {
    const { limit } = start();
    expect(await limit.race(Promise.resolve("done"))).toBe("done");
    expect(await rejection(limit.race(Promise.reject(reason)))).toBe(reason);
  });

  test("ends with the limit, even where it does not heed it", async () => {
    const { clock, limit } = start();
    const racing = outcomeOf(limit.race(new Promise(() => {})));
    clock.advance(1000);
    expect(await racing).toEqual({ status: "rejected", reason: late });
    expect(await rejection(limit.race(Promise.resolve("done")))).toBe(late);
  });
});

test("a limit that is released leaves neither a timer nor a listener, and ends nothing any more", () => {
  const { clock, caller, limit, told, listen, listeners } = start();
  listen();
  expect([clock.pending, listeners()]).toEqual([1, 1]);
  limit.release();
  expect([clock.pending, listeners()]).toEqual([0, 0]);
  clock.advance(1000);
  caller.abort(reason);
  expect([limit.ended, told]).toEqual([undefined, []]);
});

test("one without a signal is released all the same", () => {
  const clock = startClock();
  new Limit(clock, undefined, 1, () => late).release();
  expect(clock.pending).toBe(0);
});
