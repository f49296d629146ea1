import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setImmediate } from "node:timers/promises";
import { ConnectionError, RateLimitError, ServerError } from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { aMoment, type MovingClock, rejection, startClock } from "@atlas-streams/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { connect, kinds } from "./clients.js";
import { credentials } from "./hostile-server.js";
import { call, callRaw, create, getOne, idle, repeatable, unrepeatable } from "./operations.js";

type Fault = NonNullable<MockOptions["faults"]>[number]["fault"];

const api = "/api/atlas/";
const once = (fault: Fault, done = false) => [{ path: api, nth: 1, fault, done }];
const answered = (status: number): Fault => ({ kind: "answer", status, body: { error: status, errorCode: "ANY" } });

/** Waits between attempts are over at once; limits of attempts and calls are longer, and stay. */
const startImpatientClock = () => startClock({ skip: (delayMs) => delayMs < 30_000 });

const transient: [string, Fault][] = [
  ...[408, 429, 500, 502, 503, 504].map((status): [string, Fault] => [`a ${status}`, answered(status)]),
  ["an empty 502", "empty"],
  ["a 503 with a page for people", "html"],
  ["a reset", "reset"],
  ["a reset in the middle of the body", { kind: "reset", when: "in-body" }],
  ["a body shorter than it was announced", "truncated"],
];

const final: [string, Fault][] = [
  ...[400, 403, 404, 405, 406, 409, 410, 418, 422, 501, 505].map((status): [string, Fault] => [
    `a ${status}`,
    answered(status),
  ]),
  ["a 200 with a page for people", { kind: "html", status: 200 }],
  ["half a body, announced as half", { kind: "truncated", length: "half" }],
  ["a redirect", { kind: "answer", status: 302, headers: { location: "/" } }],
];

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ limits: { liveTokens: Number.POSITIVE_INFINITY, rate: false } });
});

afterAll(() => mock.stop());

/** What arrived at the API with credentials, from now on. */
function watch(): () => readonly (number | undefined)[] {
  const from = mock.requests.length;
  return () =>
    mock.requests
      .slice(from)
      .filter(({ path, headers }) => path.startsWith(api) && headers.authorization)
      .map(({ status }) => status);
}

describe.each(kinds)("with %s", (kind) => {
  describe.each(repeatable)("%s", (_id, operation) => {
    test.each(transient)("is repeated after %s", async (_name, fault) => {
      mock.setFaults(once(fault));
      const calls = watch();
      const { error } = await callRaw(connect(kind, mock, { retry: {}, clock: startImpatientClock() }), operation);
      expect(error).toBeUndefined();
      expect(calls()).toHaveLength(2);
    });

    test.each(final)("is not repeated after %s", async (_name, fault) => {
      mock.setFaults(once(fault));
      const calls = watch();
      await rejection(call(connect(kind, mock, { retry: {}, clock: startImpatientClock() }), operation));
      expect(calls()).toHaveLength(1);
    });
  });

  describe.each(unrepeatable)("%s", (_id, operation) => {
    test.each(transient.filter(([name]) => name !== "a 429"))(
      "is never repeated after %s, for the service may have done it",
      async (_name, fault) => {
        mock.setFaults(once(fault, true));
        const calls = watch();
        mock.state.load(operation.method === "POST" ? [] : [idle]);
        await rejection(call(connect(kind, mock, { retry: {}, clock: startImpatientClock() }), operation));
        expect(calls()).toHaveLength(1);
      },
    );

    test("is repeated after a 429, which provably did nothing, with the same body", async () => {
      mock.setFaults(once("rate-limited"));
      mock.state.load(operation.method === "POST" ? [] : [idle]);
      const calls = watch();
      const from = mock.requests.length;
      await call(connect(kind, mock, { retry: {}, clock: startImpatientClock() }), operation);
      expect(calls()).toEqual([429, operation.example.status]);
      const sent = mock.requests.slice(from).filter(({ path }) => path.startsWith(api));
      for (const { body } of sent) expect(body).toEqual(operation.example.body);
    });

    test("is repeated where the connection was refused, for it never left", async () => {
      const refusing = await freePort();
      const clock = startImpatientClock();
      const server = { url: `http://127.0.0.1:${refusing}`, credentials };
      const error = await rejection(call(connect("digest", server, { retry: {}, clock }), operation));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ unsent: true, method: operation.method, path: operation.path });
      expect(clock.skipped).toHaveLength(3);
    });
  });

  test("is sent four times at most, and the last failure is the call's", async () => {
    mock.setFaults([{ path: api, fault: "unavailable" }]);
    const calls = watch();
    const error = await failureOfGet(connect(kind, mock, { retry: {}, clock: startImpatientClock() }));
    expect(error).toBeInstanceOf(ServerError);
    expect(calls()).toEqual([503, 503, 503, 503]);
  });

  test.each([1, 2, 7])("is sent as often as retry.attempts says: %i", async (attempts) => {
    mock.setFaults([{ path: api, fault: "reset" }]);
    const calls = watch();
    const error = await failureOfGet(connect(kind, mock, { retry: { attempts }, clock: startImpatientClock() }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(calls()).toHaveLength(attempts);
  });

  test("is sent once where retry is false", async () => {
    mock.setFaults([{ path: api, fault: "unavailable" }]);
    const calls = watch();
    await failureOfGet(connect(kind, mock, { retry: false }));
    expect(calls()).toEqual([503]);
  });
});

describe("the wait", () => {
  test("is drawn evenly below a bound that doubles, up to its own bound", async () => {
    mock.setFaults([{ path: api, fault: "unavailable" }]);
    for (const [drawn, waits] of [
      [0, [0, 0, 0, 0]],
      [0.5, [50, 100, 150, 150]],
      [0.999, [99.9, 199.8, 299.7, 299.7]],
    ] as const) {
      const random = vi.spyOn(Math, "random").mockReturnValue(drawn);
      onTestFinished(() => random.mockRestore());
      const clock = startImpatientClock();
      await failureOfGet(connect("digest", mock, { retry: { attempts: 5, baseDelayMs: 100, maxDelayMs: 300 }, clock }));
      expect(clock.skipped.map((wait) => Math.round(wait * 10) / 10)).toEqual(waits);
    }
  });

  const asked: [string, Fault, number][] = [
    ["Retry-After in seconds", { kind: "rate-limited", retryAfterSeconds: 90 }, 90_000],
    ["Retry-After as a date", { kind: "rate-limited", retryAfterSeconds: 90, header: "date" }, 90_000],
    [
      "a token bucket's parameters, where the header is missing",
      { kind: "rate-limited", retryAfterSeconds: 90, header: "none" },
      90_000,
    ],
    ["Retry-After of a 503", { kind: "unavailable", retryAfterSeconds: 75 }, 75_000],
  ];

  describe.each(kinds)("with %s", (kind) => {
    test.each(asked)(
      "is at least as long as the service asks by %s: not a millisecond less",
      async (_name, fault, waitMs) => {
        const { service, clock } = await startTimed(once(fault));
        const answer = call(connect(kind, service, { clock, retry: { baseDelayMs: 0 }, deadlineMs: 600_000 }), getOne);
        await clock.untilScheduled(waitMs);
        clock.advance(waitMs - 1);
        await aMoment();
        expect(calls(service)).toHaveLength(1);
        clock.advance(1);
        await answer;
        expect(calls(service)).toHaveLength(2);
      },
    );

    test.each(asked)(
      "by %s is never past the deadline: the call fails at once instead, and says how long",
      async (_name, fault, waitMs) => {
        const { service, clock } = await startTimed([{ path: api, fault }]);
        const error = await failureOfGet(connect(kind, service, { clock, retry: {}, deadlineMs: waitMs - 1 }));
        expect(calls(service)).toHaveLength(1);
        if (error instanceof RateLimitError) expect(error.retryAfterMs).toBe(waitMs);
        else expect(error).toBeInstanceOf(ServerError);
      },
    );

    test("ends at once when it is aborted, and nothing is sent after it", async () => {
      const { service, clock } = await startTimed([
        { path: api, fault: { kind: "rate-limited", retryAfterSeconds: 60 } },
      ]);
      const abort = new AbortController();
      const reason = new Error("no longer wanted");
      const atlas = connect(kind, service, { clock, retry: { baseDelayMs: 0 }, deadlineMs: 600_000 });
      const answer = rejection(call(atlas, getOne, { signal: abort.signal }));
      await clock.untilScheduled(60_000);
      abort.abort(reason);
      expect(await Promise.race([answer, setImmediate("not at once")])).toBe(reason);
      expect(clock.pending).toBe(0);
      clock.advance(600_000);
      await aMoment();
      expect(calls(service)).toHaveLength(1);
    });

    test.each(["", "soon", "-5", "1.5", "0x10", "Infinity", "Wed, 99 Foo 2026 99:99:99 GMT", "2026-01-01"])(
      "with a Retry-After of %j, which is none, is the usual one",
      async (value) => {
        const fault = { kind: "answer", status: 503, headers: { "retry-after": value } } as const;
        const { service } = await startTimed(once(fault));
        const clock = startImpatientClock();
        await call(connect(kind, service, { clock, retry: { baseDelayMs: 10 } }), getOne);
        expect(clock.skipped[0]).toBeLessThanOrEqual(10);
      },
    );

    test("with a Retry-After longer than any timer is not over at once", async () => {
      const fault = { kind: "answer", status: 503, headers: { "retry-after": "99999999999" } } as const;
      const { service } = await startTimed([{ path: api, fault }]);
      const startedAt = performance.now();
      const error = await failureOfGet(connect(kind, service, { retry: {}, deadlineMs: 10_000 }));
      expect(error).toBeInstanceOf(ServerError);
      expect(performance.now() - startedAt).toBeLessThan(5000);
      expect(calls(service)).toHaveLength(1);
    });
  });
});

async function startTimed(faults: NonNullable<MockOptions["faults"]>): Promise<{ service: Mock; clock: MovingClock }> {
  const clock = startClock();
  const service = await startMock({ faults, clock });
  onTestFinished(() => service.stop());
  return { service, clock };
}

function calls({ requests }: Mock) {
  return requests.filter(({ path, headers }) => path.startsWith(api) && headers.authorization);
}

function failureOfGet(atlas: ReturnType<typeof connect>): Promise<unknown> {
  const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
  return rejection(atlas.privateLinkConnections.get({ groupId, connectionId }));
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("the table says which operations may be repeated, and none that writes is among them", () => {
  expect(repeatable.map(([, { method }]) => method).filter((method) => method !== "GET")).toEqual([]);
  expect(unrepeatable.map(([id]) => id)).toContain(create.operationId);
});
