import { getEventListeners } from "node:events";
import { outcomeOf, rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Call } from "../../src/call/call.js";
import { sleep } from "../../src/call/clock.js";
import { Identity } from "../../src/call/identity.js";
import type { Layer } from "../../src/call/layer.js";
import type { CallOptions } from "../../src/call/options.js";
import { runCall, type Settings, type Work } from "../../src/call/pipeline.js";
import { aNetwork, anAnswer, aRequest, getOne } from "./calls.js";

/** A client of one place, whose service answers with these statuses in turn and then no more, on a clock that the test moves. */
function start(statuses: readonly number[] = [200], overrides: Partial<Settings> = {}) {
  const random = vi.spyOn(Math, "random").mockReturnValue(0); // what is repeated is so at once
  onTestFinished(() => random.mockRestore());
  const clock = startClock();
  /** The credentials of what was sent. */
  const sent: (string | undefined)[] = [];
  const network = aNetwork({
    clock,
    places: 1,
    transport: {
      tellsWhatLeft: true,
      send({ headers }, exchange) {
        const status = statuses[sent.length];
        sent.push(headers.authorization);
        exchange.left();
        return status ? Promise.resolve(anAnswer(status)) : new Promise(() => {});
      },
      close() {},
    },
  });
  const settings: Settings = {
    network: () => network,
    timeoutMs: 1000,
    deadlineMs: 5000,
    retry: { attempts: 2, baseDelayMs: 0, maxDelayMs: 0 },
    client: new Identity(),
    clock,
    secrets: () => ["the client's secret"],
    ...overrides,
  };
  return {
    clock,
    network,
    sent,
    settings,
    run: <Value>(work: Work<Value>, options: CallOptions = {}) => runCall(getOne, settings, unarmed, options, work),
    runWith: (authorize: ((call: Call) => Layer) | undefined) => runCall(getOne, settings, authorize, {}, sendOne),
  };
}

/** Asks for no credentials. */
const unarmed = (): Layer => (next) => next;
const sendOne: Work<number> = async (send) => (await send(aRequest())).status;
const callOf: Work<Call> = (_send, call) => Promise.resolve(call);

describe("a call", () => {
  test("is what its work makes of it", async () => {
    const { settings, run } = start();
    expect(await run(sendOne)).toBe(200);
    const call = await run(callOf);
    expect(call).toMatchObject({ operation: getOne, client: settings.client, secrets: ["the client's secret"] });
  });

  test("knows which limits are its own", async () => {
    const { run } = start();
    const own = { timeoutMs: 1, deadlineMs: 2, retry: { attempts: 3 } };
    expect((await run(callOf, { ...own, headers: { "x-own": "1" } })).limits).toEqual(own);
    expect((await run(callOf)).limits).toEqual({});
  });

  test("begins at once where the network is open", () => {
    const { sent, run } = start();
    void run(sendOne);
    expect(sent).toHaveLength(1);
  });

  test("waits for a network that is not open yet", async () => {
    const { network } = start();
    const { run } = start([], { network: () => Promise.resolve(network) });
    expect(await run(sendOne)).toBe(200);
  });

  test("fails where the network cannot be opened", async () => {
    const { run } = start([], { network: () => Promise.reject(new Error("There is none.")) });
    expect(await rejection(run(sendOne))).toMatchObject({ message: "There is none." });
  });

  test("that is aborted while the network opens never begins", async () => {
    const abort = new AbortController();
    const { network } = start();
    const { run } = start([], { network: () => Promise.resolve(network) });
    let begun = 0;
    const error = rejection(run(async () => ++begun, { signal: abort.signal }));
    abort.abort("enough");
    expect(await error).toBe("enough");
    expect(begun).toBe(0);
  });

  test.each([
    ["its work succeeds", sendOne],
    ["its work fails", () => Promise.reject(new Error("It failed."))],
  ])("leaves neither a timer nor a listener behind where %s", async (_name, work) => {
    const { signal } = new AbortController();
    const { clock, run } = start();
    const waitAndWork: Work<unknown> = (send, call) => {
      void call.signal;
      return work(send, call);
    };
    const call = outcomeOf(run(waitAndWork, { signal }));
    expect([clock.pending > 0, getEventListeners(signal, "abort").length]).toEqual([true, 1]);
    await call;
    expect([clock.pending, getEventListeners(signal, "abort").length]).toEqual([0, 0]);
  });
});

describe("what is refused before anything is opened", () => {
  test.each<[CallOptions, string]>([
    [{ timeoutMs: 0 }, "timeoutMs must be a number of milliseconds, 1 or more."],
    [{ deadlineMs: 0 }, "deadlineMs must be a number of milliseconds, 1 or more."],
    [{ retry: { attempts: 0 } }, "retry.attempts must be a whole number of 1 or more."],
    [{ signal: new AbortController() as unknown as AbortSignal }, "signal must be an AbortSignal. Nothing was sent."],
  ])("is %j", async (options, message) => {
    let opened = 0;
    const { network } = start();
    const { run } = start([], {
      network() {
        opened++;
        return network;
      },
    });
    expect(await rejection(run(sendOne, options))).toMatchObject({ code: "INVALID_ARGUMENT", message });
    expect(opened).toBe(0);
  });
});

describe("the time of a call", () => {
  const once = { retry: false } as const;

  test.each([
    ["an attempt is the client's", 1000, once, "an attempt took more than 1000 ms"],
    ["an attempt is its own, where it has one", 7, { ...once, timeoutMs: 7 }, "an attempt took more than 7 ms"],
    [
      "all of it is the client's",
      5000,
      { ...once, timeoutMs: 10_000 },
      "the call was not done by its deadline of 5000 ms",
    ],
    [
      "all of it is its own, where it has one",
      8,
      { ...once, deadlineMs: 8 },
      "the call was not done by its deadline of 8 ms",
    ],
  ])("for %s", async (_name, ms, options, what) => {
    const { clock, run } = start([]);
    const error = rejection(run(sendOne, options));
    await clock.quiet();
    const startedAt = clock.monotonic();
    const reason = await clock.until(error);
    expect(clock.monotonic() - startedAt).toBe(ms);
    expect(reason).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining(what) });
  });

  test("for an attempt begins when its credentials are there", async () => {
    const { clock, sent, runWith } = start();
    const slowly =
      (call: Call): Layer =>
      (next) =>
      async (request) => {
        await sleep(clock, 3000, call.signal);
        return next(request);
      };
    expect(await clock.until(runWith(slowly))).toBe(200);
    expect(sent).toHaveLength(1);
  });
});

describe("a call that fails", () => {
  test.each<[string, CallOptions, number]>([
    ["as the client says", {}, 2],
    ["as it says itself", { retry: { attempts: 3, baseDelayMs: 0 } }, 3],
    ["not at all, where it says so", { retry: false }, 1],
  ])("is repeated %s", async (_name, options, times) => {
    const { clock, sent, run } = start([503, 503, 503, 503]);
    expect(await clock.until(run(sendOne, options))).toBe(503);
    expect(sent).toHaveLength(times);
  });

  test("has new credentials each time", async () => {
    const { clock, sent, runWith } = start([503, 200]);
    let number = 0;
    const numbered = (): Layer => (next) => (request) =>
      next({ ...request, headers: { authorization: `Bearer ${++number}` } });
    expect(await clock.until(runWith(numbered))).toBe(200);
    expect(sent).toEqual(["Bearer 1", "Bearer 2"]);
  });
});

describe("where the client has no place left", () => {
  test("a call waits for one before it asks for credentials", async () => {
    const { clock, sent, network, runWith } = start();
    network.queue.tryEnter();
    let asked = 0;
    const call = runWith(
      (): Layer => (next) => (request) => {
        asked++;
        return next(request);
      },
    );
    await clock.quiet();
    expect([asked, sent.length]).toEqual([0, 0]);
    network.queue.leave();
    expect(await call).toBe(200);
    expect(asked).toBe(1);
  });

  test("a login goes all the same: calls that have theirs wait for it", async () => {
    const { sent, network, runWith } = start();
    network.queue.tryEnter();
    expect(await runWith(undefined)).toBe(200);
    expect(sent).toHaveLength(1);
  });
});
