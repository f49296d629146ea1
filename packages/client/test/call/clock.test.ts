import { getEventListeners } from "node:events";
import { outcomeOf, startClock, turn } from "@atlas-streams/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { abortable, monotonicNow, sleep, systemClock } from "../../src/call/clock.js";
import { createClient, serviceAccount } from "../../src/index.js";

const hour = 3_600_000;
const reason = new Error("The caller has changed its mind.");
const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;
/** How a promise has ended by now. */
const soon = (promise: Promise<unknown>) => Promise.race([outcomeOf(promise), turn().then(() => "pending")]);
const rejected = { status: "rejected", reason };

describe("the machine's own time", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Every moment at which a timer of so many milliseconds fires, and how to call it off. */
  function schedule(delayMs: number) {
    const fired: number[] = [];
    const begin = Date.now();
    const callOff = systemClock.schedule(() => fired.push(Date.now() - begin), delayMs);
    return { fired, callOff };
  }

  test("is the time of day, and durations in whole milliseconds", () => {
    vi.setSystemTime(1_700_000_000_000);
    expect(systemClock.now()).toBe(1_700_000_000_000);
    const begin = monotonicNow(systemClock);
    expect(begin).toBe(Math.floor(performance.now()));
    vi.setSystemTime(0);
    vi.advanceTimersByTime(7);
    expect(monotonicNow(systemClock) - begin).toBe(7);
  });

  const most = 2 ** 31 - 1; // what a timer of Node's can be set to

  test.each([1, 1000, most, most + 1, most + 1000, 3 * most + 5])("calls back once after %i ms", (delayMs) => {
    const { fired } = schedule(delayMs);
    vi.advanceTimersByTime(delayMs - 1);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(most);
    expect(fired).toEqual([delayMs]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    [1000, 0],
    [most + 1000, 0],
    [most + 1000, most + 1],
  ])("does not call back after %i ms where that is called off after %i", (delayMs, afterMs) => {
    const { fired, callOff } = schedule(delayMs);
    vi.advanceTimersByTime(afterMs);
    callOff();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2 * delayMs);
    expect(fired).toEqual([]);
  });
});

test("durations are measured by a clock's monotonic time, and by its time of day where it has no other", () => {
  const clock = startClock();
  const { now, schedule } = clock;
  clock.setTimeOfDay(hour);
  expect(monotonicNow(clock)).toBe(now() - hour);
  expect(monotonicNow({ now, schedule })).toBe(now());
});

describe("a sleep", () => {
  test("ends after its time, and leaves nothing behind", async () => {
    const [clock, { signal }] = [startClock(), new AbortController()];
    const sleeping = sleep(clock, 1000, signal);
    clock.advance(999);
    expect(await soon(sleeping)).toBe("pending");
    clock.advance(1);
    expect(await soon(sleeping)).toMatchObject({ status: "fulfilled" });
    expect([clock.pending, listeners(signal)]).toEqual([0, 0]);
  });

  test("ends as soon as its signal aborts, and leaves nothing behind", async () => {
    const [clock, abort] = [startClock(), new AbortController()];
    const sleeping = outcomeOf(sleep(clock, 1000, abort.signal));
    abort.abort(reason);
    expect(await soon(sleeping)).toEqual({ status: "fulfilled", value: rejected });
    expect([clock.pending, listeners(abort.signal)]).toEqual([0, 0]);
  });

  test("does not begin where its signal has aborted", async () => {
    const [clock, signal] = [startClock(), AbortSignal.abort(reason)];
    expect(await soon(sleep(clock, 1000, signal))).toEqual(rejected);
    expect([clock.pending, listeners(signal)]).toEqual([0, 0]);
  });
});

describe("what a signal can end", () => {
  test("ends as it does by itself, and leaves nothing on its signal", async () => {
    const { signal } = new AbortController();
    expect(await soon(abortable(Promise.resolve("done"), signal))).toEqual({ status: "fulfilled", value: "done" });
    expect(await soon(abortable(Promise.reject(reason), signal))).toEqual(rejected);
    expect(listeners(signal)).toBe(0);
  });

  test("is listened for until then, and ends as soon as the signal aborts", async () => {
    const abort = new AbortController();
    const waiting = abortable(new Promise(() => {}), abort.signal);
    expect(await soon(waiting)).toBe("pending");
    expect(listeners(abort.signal)).toBe(1);
    abort.abort(reason);
    expect(await soon(waiting)).toEqual(rejected);
  });

  test("ends at once where the signal has aborted, even if it is done", async () => {
    for (const promise of [new Promise(() => {}), Promise.resolve("done")])
      expect(await soon(abortable(promise, AbortSignal.abort(reason)))).toEqual(rejected);
  });
});

const token = { access_token: "a-token-of-some-length", expires_in: 3600, token_type: "Bearer" };
const parameters = { groupId: "32b6e34b3d91647abb20e7b8", connectionId: "32b6e34b3d91647abb20e7b9" };

test.each([hour, -hour])(
  "a call that is repeated keeps its deadline, though the time of day is set by %i ms meanwhile",
  async (byMs) => {
    const clock = startClock();
    let calls = 0;
    const fetch = async (url: string) => {
      if (url.includes("/oauth/")) return Response.json(token);
      calls++;
      return calls === 1
        ? Response.json({ error: 503 }, { status: 503, headers: { "retry-after": "10" } })
        : Response.json({ _id: parameters.connectionId, provider: "AWS", state: "DONE" });
    };
    const auth = serviceAccount({ clientId: "mdb_sa_id_clock", clientSecret: "mdb_sa_sk_clock" });
    const { privateLinkConnections } = createClient({
      auth,
      clock,
      baseUrl: "http://127.0.0.1:1",
      fetch,
      retry: { baseDelayMs: 0 },
    });
    const call = privateLinkConnections.get(parameters);
    await clock.untilScheduled(10_000);
    clock.setTimeOfDay(byMs);
    clock.advance(10_000);
    expect(await call).toMatchObject({ state: "DONE" });
    expect(calls).toBe(2);
  },
);
