import { rejection, startClock } from "@atlas-streams/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { RateLimitError } from "../../src/answer/api-error.js";
import { ConnectionError, TimeoutError, UnexpectedResponseError } from "../../src/answer/errors.js";
import type { CallSettings } from "../../src/call/call.js";
import type { Answer, PlainRequest } from "../../src/call/layer.js";
import { loadPlatform } from "../../src/call/network.js";
import type { ResolvedRetry } from "../../src/call/options.js";
import { retry } from "../../src/call/retry.js";
import { aCall, anAnswer, aRequest, create, getOne } from "./calls.js";
import { hear } from "./hear.js";

beforeAll(() => loadPlatform()); // opens the channels

/** How far up its bound a wait is drawn. */
const random = vi.spyOn(Math, "random");
beforeEach(() => {
  random.mockReturnValue(0);
});
afterAll(() => random.mockRestore());

type Ending = Answer | Error;

/** A call that ends so in turn, and in the last way from then on, on a clock that the test moves. */
function start(endings: readonly Ending[], { options = {}, ...settings }: Start = {}) {
  const clock = startClock();
  const call = aCall({ clock, ...settings });
  const sent: PlainRequest[] = [];
  const sentAt: number[] = [];
  const layer = retry(call, { attempts: 4, baseDelayMs: 100, maxDelayMs: 300, ...options }, clock);
  const send = layer(async (request) => {
    const ending = endings[Math.min(sent.length, endings.length - 1)] ?? new Error("It has no ending.");
    sent.push(request);
    sentAt.push(clock.monotonic());
    if (ending instanceof Error) throw ending;
    return ending;
  });
  return {
    clock,
    call,
    sent,
    /** The milliseconds between one sending and the next. */
    waits: () => sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0)),
    begin: () => send(aRequest()),
    /** The call, with time for what it waits for. */
    run: () => clock.until(send(aRequest())),
  };
}
interface Start extends Partial<CallSettings> {
  readonly options?: Partial<ResolvedRetry>;
}

const ok = anAnswer(200);
const unavailable = anAnswer(503);
const asking = (seconds: number) => anAnswer(503, { "retry-after": `${seconds}` });

describe("an answer", () => {
  test.each([
    [200, getOne, 1],
    [302, getOne, 1],
    [404, getOne, 1],
    [501, getOne, 1],
    [408, getOne, 2],
    [503, getOne, 2],
    [429, getOne, 2],
    [503, create, 1],
    [429, create, 2],
  ])("with status %i to $operationId is sent %i times", async (status, operation, times) => {
    const { sent, run } = start([anAnswer(status), ok], { operation });
    expect(await run()).toMatchObject({ status: times === 1 ? status : 200 });
    expect(sent).toEqual(Array(times).fill(aRequest()));
  });
});

describe("an error", () => {
  const unsent = { unsent: true };
  const inDoubt = { unsent: false };
  const login = { method: "POST", path: "/api/oauth/token" };

  test.each([
    ["a read that never left", new ConnectionError(getOne, "failed", unsent), getOne],
    ["a read that broke off", new ConnectionError(getOne, "failed", inDoubt), getOne],
    ["a write that never left", new ConnectionError(create, "failed", unsent), create],
    ["a read that took too long", new TimeoutError(getOne, "timed out", inDoubt), getOne],
    ["a write that took too long to leave", new TimeoutError(create, "timed out", unsent), create],
  ])("of %s lets it be sent again", async (_name, error, operation) => {
    const { sent, run } = start([error, ok], { operation });
    expect(await run()).toBe(ok);
    expect(sent).toHaveLength(2);
  });

  test.each([
    ["a write that broke off", new ConnectionError(create, "failed", inDoubt), create],
    ["a write that took too long", new TimeoutError(create, "timed out", inDoubt), create],
    ["a login, which has been repeated already,", new ConnectionError(login, "failed", unsent), getOne],
    ["an answer that is none", new UnexpectedResponseError(getOne, "is odd", { status: 200 }), getOne],
    ["a project without room", new RateLimitError(getOne, "was not sent", { status: 429, retryAfterMs: 1 }), getOne],
    ["who knows what", new Error("failed"), getOne],
  ])("of %s is the end", async (_name, error, operation) => {
    const { sent, run } = start([error, ok], { operation });
    expect(await rejection(run())).toBe(error);
    expect(sent).toHaveLength(1);
  });
});

describe("a call that never succeeds", () => {
  test.each([1, 2, 5])(
    "is sent %i times where that is as often as it may, and the last answer is its own",
    async (attempts) => {
      const endings = [...Array<Answer>(attempts - 1).fill(unavailable), anAnswer(504)];
      const { sent, run } = start(endings, { options: { attempts } });
      expect(await run()).toMatchObject({ status: 504 });
      expect(sent).toHaveLength(attempts);
    },
  );

  test("throws the last error", async () => {
    const errors = [1, 2].map((number) => new ConnectionError(getOne, `failed ${number}`, { unsent: true }));
    expect(await rejection(start(errors, { options: { attempts: 2 } }).run())).toBe(errors[1]);
  });
});

describe("a wait", () => {
  test.each([
    [0, [0, 0, 0, 0]],
    [0.5, [50, 100, 150, 150]],
    [0.9, [90, 180, 270, 270]],
  ])("is drawn below a bound that doubles until it is high enough: %d of it", async (drawn, expected) => {
    random.mockReturnValue(drawn);
    const { waits, run } = start([unavailable], { options: { attempts: 5 } });
    await run();
    expect(waits()).toEqual(expected);
  });

  test("leaves half of the time until the deadline to the attempt", async () => {
    random.mockReturnValue(1);
    const options = { attempts: 3, baseDelayMs: 1000, maxDelayMs: 1000 };
    const { waits, run } = start([unavailable], { options, deadlineMs: 800 });
    await run();
    expect(waits()).toEqual([400, 200]);
  });

  test.each([
    ["in seconds", asking(7)],
    ["by a date", anAnswer(429, { "retry-after": "Thu, 01 Jan 2026 00:00:07 GMT" })],
    [
      "in the body",
      anAnswer(
        429,
        {},
        { errorCode: "RATE_LIMITED_TOKEN_BUCKET", parameters: ["/groups/{groupId}", 7, 1200, 500, 60] },
      ),
    ],
  ])("is as long as the service asks %s, and a random time on top", async (_name, answer) => {
    random.mockReturnValue(0.5);
    const { clock, sent, begin } = start([answer, ok]);
    const outcome = begin();
    await clock.pass(7049);
    expect(sent).toHaveLength(1);
    await clock.pass(1);
    expect(sent).toHaveLength(2);
    expect(await outcome).toBe(ok);
  });

  test("on top of what the service asks leaves half of what is left after that to the attempt", async () => {
    random.mockReturnValue(1);
    const { waits, run } = start([asking(1), ok], { deadlineMs: 1100 });
    await run();
    expect(waits()).toEqual([1050]);
  });

  test.each([
    [6999, 1],
    [7000, 1],
    [7001, 2],
  ])("of 7 s does not begin where the deadline of %i ms is before its end", async (deadlineMs, times) => {
    const { waits, sent, run } = start([asking(7), ok], { deadlineMs });
    expect(await run()).toMatchObject({ status: times === 1 ? 503 : 200 });
    expect(sent).toHaveLength(times);
    expect(waits()).toEqual(times === 1 ? [] : [7000]);
  });

  test("is held against the deadline by the clock that nobody sets", async () => {
    const { clock, sent, run } = start([asking(7), ok], { deadlineMs: 8000 });
    clock.setTimeOfDay(3_600_000);
    await run();
    expect(sent).toHaveLength(2);
  });

  test("does not begin where the last attempt took all of the time", async () => {
    const error = new TimeoutError(getOne, "timed out", { unsent: false });
    const { clock, sent, run } = start([error, ok], { deadlineMs: 5000 });
    clock.advance(5000);
    expect(await rejection(run())).toBe(error);
    expect(sent).toHaveLength(1);
  });

  test("ends with the caller's signal, and nothing is sent after it", async () => {
    const abort = new AbortController();
    const { clock, call, sent, begin } = start([asking(7)], { abort: abort.signal });
    const error = rejection(begin());
    await clock.untilScheduled(7000);
    abort.abort("enough");
    expect(await error).toBe("enough");
    call.end();
    expect(clock.pending).toBe(0);
    expect(sent).toHaveLength(1);
  });
});

describe("who listens", () => {
  test("is told of each repetition, and why it is needed", async () => {
    const told = hear("retry");
    random.mockReturnValue(0.5);
    const error = new ConnectionError(getOne, "broke off", { unsent: false });
    const { call, run } = start([unavailable, error, ok]);
    await run();
    const { operationId, method, path } = getOne;
    const each = { client: call.client.id, operationId, method, path };
    expect(told).toEqual([
      { ...each, attempt: 1, delayMs: 50, status: 503, error: undefined },
      { ...each, attempt: 2, delayMs: 100, status: undefined, error },
    ]);
  });

  test("is told before the wait, and of none that does not begin", async () => {
    const told = hear("retry");
    const { clock, begin } = start([asking(7), asking(600)]);
    const outcome = begin();
    await clock.untilScheduled(7000);
    expect(told).toMatchObject([{ attempt: 1, delayMs: 7000 }]);
    await clock.pass(7000);
    expect(await outcome).toMatchObject({ status: 503 });
    expect(told).toHaveLength(1);
  });

  test("is nobody, and then nothing is asked of the client", async () => {
    let asked = 0;
    const { client } = aCall();
    Object.defineProperty(client, "id", { get: () => ++asked });
    await start([unavailable, ok], { client }).run();
    expect(asked).toBe(0);
  });
});
