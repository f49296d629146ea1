import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { type AtlasClient, AtlasError, type ClientOptions, TimeoutError } from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { aMoment, rejection, startClock } from "@atlas-streams/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { CredentialKind } from "../target.js";
import { connect, kinds } from "./clients.js";
import { credentials, tokenPath } from "./hostile-server.js";
import { listen } from "./listen.js";
import { call, create, deleteOne, getOne, idle, namedOperations } from "./operations.js";

type Fault = NonNullable<MockOptions["faults"]>[number]["fault"];

const api = "/api/atlas/";
/** A limit that is over soon, and what ends within it: far less than any default. */
const soonMs = 60;
const withinMs = 10_000;

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ limits: { liveTokens: Number.POSITIVE_INFINITY, rate: false } });
});

afterAll(() => mock.stop());

const hangs: [string, Fault][] = [
  ["answers nothing", "stalled"],
  ["stops in the middle of the body", { kind: "stalled", when: "in-body" }],
  ["is slow with its answer", { kind: "slow", delayMs: 60_000 }],
  ["is slow with the rest of its body", { kind: "slow", delayMs: 60_000, part: "body" }],
];

/** A client whose login is behind it, so that a short time is spent on the call alone. */
async function loggedIn(kind: CredentialKind, options: ClientOptions = {}): Promise<AtlasClient> {
  mock.setFaults([]);
  mock.state.load([idle]);
  const atlas = connect(kind, mock, options);
  await call(atlas, getOne, { timeoutMs: 10_000 });
  return atlas;
}

async function timed<Value>(work: Promise<Value>): Promise<Value> {
  const startedAt = performance.now();
  const value = await work;
  expect(performance.now() - startedAt).toBeLessThan(withinMs);
  return value;
}

describe.each(kinds)("with %s, an attempt's time", (kind) => {
  describe.each(namedOperations)("%s", (_id, operation) => {
    test.each(hangs)("is up where the service %s", async (_name, fault) => {
      const atlas = await loggedIn(kind);
      mock.setFaults([{ path: api, fault }]);
      mock.state.load(operation.method === "POST" ? [] : [idle]);
      const error = await timed(rejection(call(atlas, operation, { timeoutMs: soonMs })));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error).toMatchObject({ code: "TIMEOUT", method: operation.method, path: operation.path });
    });
  });

  test("can be set for one call", async () => {
    mock.setFaults([{ path: api, fault: "stalled" }]);
    const error = await timed(rejection(call(connect(kind, mock), getOne, { timeoutMs: soonMs })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toContain(`${soonMs} ms`);
  });

  test("covers connecting: a handshake that never ends", async () => {
    const silent = await startSilentServer();
    const server = { url: `https://127.0.0.1:${silent.port}`, credentials };
    // Long enough for a busy machine to have connected before it is over.
    const error = await timed(rejection(call(connect(kind, server, { timeoutMs: 1000 }), getOne)));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(silent.connections()).toBeGreaterThan(0);
  });

  test("that is up is one attempt's: a read is tried again", async () => {
    const atlas = await loggedIn(kind, { timeoutMs: 1000, retry: { baseDelayMs: 0 } });
    mock.setFaults([{ path: api, nth: 1, fault: "stalled" }]);
    await timed(call(atlas, getOne));
  });

  test.each([
    ["create", create],
    ["delete", deleteOne],
  ])("that is up is the end of a %s: whether it took effect is not known", async (_name, operation) => {
    const atlas = await loggedIn(kind, { retry: { baseDelayMs: 0 } });
    mock.setFaults([{ path: api, fault: "stalled" }]);
    const from = mock.requests.length;
    const error = await rejection(call(atlas, operation, { timeoutMs: soonMs }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toContain("not known");
    const sent = mock.requests.slice(from).filter(({ path, headers }) => path.startsWith(api) && headers.authorization);
    expect(sent).toHaveLength(1);
  });
});

describe("the token endpoint's time", () => {
  test.each(hangs)("is up where it %s, and nothing is sent", async (_name, fault) => {
    mock.setFaults([{ path: tokenPath, fault }]);
    const from = mock.requests.length;
    const error = await timed(rejection(call(connect("a service account", mock, { timeoutMs: soonMs }), getOne)));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ method: "POST", path: tokenPath });
    expect(mock.requests.slice(from).every(({ path }) => path === tokenPath)).toBe(true);
  });

  test("counts towards the call's own deadline", async () => {
    mock.setFaults([{ path: tokenPath, fault: "stalled" }]);
    const atlas = connect("a service account", mock, { deadlineMs: soonMs });
    expect(await timed(rejection(call(atlas, getOne)))).toBeInstanceOf(TimeoutError);
    expect(
      await timed(rejection(call(connect("a service account", mock), getOne, { deadlineMs: soonMs }))),
    ).toBeInstanceOf(TimeoutError);
  });

  test("does not hold up a caller who has given up", async () => {
    mock.setFaults([{ path: tokenPath, fault: "stalled" }]);
    const abort = new AbortController();
    const answer = rejection(call(connect("a service account", mock), getOne, { signal: abort.signal }));
    await aMoment();
    abort.abort("given up");
    expect(await timed(answer)).toBe("given up");
  });

  test("is up for close() too", async () => {
    mock.setFaults([]);
    const atlas = connect("a service account", mock, { timeoutMs: soonMs });
    await call(atlas, getOne, { timeoutMs: 5000 });
    mock.setFaults([{ path: "/api/oauth/revoke", fault: "stalled" }]);
    const events = listen("token", atlas);
    await timed(atlas.close());
    expect(events).toMatchObject([{ error: { code: "TIMEOUT" } }]);
  });
});

describe.each(kinds)("with %s, the deadline", (kind) => {
  test("ends a call that is repeated and repeated", async () => {
    mock.setFaults([{ path: api, fault: "unavailable" }]);
    const retry = { attempts: 10_000, baseDelayMs: 5, maxDelayMs: 5 };
    const startedAt = performance.now();
    const error = await rejection(call(connect(kind, mock, { deadlineMs: 200, retry }), getOne));
    expect(performance.now() - startedAt).toBeLessThan(5000); // all attempts would take fifty seconds
    expect(error).toBeTruthy();
  });

  test("ends an attempt that would have more time by itself", async () => {
    mock.setFaults([{ path: api, fault: "stalled" }]);
    const error = await timed(rejection(call(connect(kind, mock, { deadlineMs: soonMs, retry: {} }), getOne)));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toContain(`deadline of ${soonMs} ms`);
  });

  test("can be set for one call", async () => {
    mock.setFaults([{ path: api, fault: "stalled" }]);
    const error = await timed(rejection(call(connect(kind, mock), getOne, { deadlineMs: soonMs })));
    expect(error).toBeInstanceOf(TimeoutError);
  });
});

describe.each(kinds)("with %s, an abort", (kind) => {
  test("before the call sends nothing, not even for the login", async () => {
    mock.setFaults([]);
    const from = mock.requests.length;
    const reason = new Error("never mind");
    const error = await rejection(call(connect(kind, mock), getOne, { signal: AbortSignal.abort(reason) }));
    expect(error).toBe(reason);
    await aMoment();
    expect(mock.requests.slice(from).filter(({ path }) => path.startsWith(api))).toEqual([]);
  });

  test.each(hangs)("while the service %s rejects with the caller's own reason", async (_name, fault) => {
    mock.setFaults([{ path: api, fault }]);
    mock.state.load([idle]);
    const from = mock.requests.length;
    const abort = new AbortController();
    const reason = { any: "value" };
    const answer = rejection(call(connect(kind, mock), getOne, { signal: abort.signal }));
    while (!mock.requests.slice(from).some(({ path, headers }) => path.startsWith(api) && headers.authorization))
      await aMoment(1);
    abort.abort(reason);
    expect(await timed(answer)).toBe(reason);
  });

  test("after the call has ended does nothing, and no listener stays on the signal", async () => {
    mock.setFaults([]);
    mock.state.load([idle]);
    const abort = new AbortController();
    let listeners = 0;
    const { signal } = abort;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...parameters: Parameters<typeof add>) => {
      listeners++;
      add(...parameters);
    };
    signal.removeEventListener = (...parameters: Parameters<typeof remove>) => {
      listeners--;
      remove(...parameters);
    };
    await call(connect(kind, mock, { fetch: (url, { signal: _signal, ...init }) => fetch(url, init) }), getOne, {
      signal,
    });
    expect(listeners).toBe(0);
    abort.abort();
  });
});

describe.each(kinds)("with %s, a fetch of the caller's own", (kind) => {
  test("that ignores its signal cannot hold a call beyond its time", async () => {
    const never = () => new Promise<Response>(() => undefined);
    const atlas = connect(kind, mock, { fetch: never, timeoutMs: soonMs });
    expect(await timed(rejection(call(atlas, getOne)))).toBeInstanceOf(TimeoutError);
  });

  test("that ignores its signal and fails later troubles nobody", async () => {
    const troubles: unknown[] = [];
    const note = (reason: unknown) => troubles.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const late = () => new Promise<Response>((_, reject) => setTimeout(() => reject(new Error("late")), 3 * soonMs));
    const atlas = connect(kind, mock, { fetch: late, timeoutMs: soonMs });
    expect(await timed(rejection(call(atlas, getOne)))).toBeInstanceOf(TimeoutError);
    await aMoment(4 * soonMs);
    expect(troubles).toEqual([]);
  });

  test.each([
    [
      "throws at once",
      () => {
        throw new Error("no network today");
      },
    ],
    ["rejects with no Error", () => Promise.reject("a string")],
    ["rejects with nothing", () => Promise.reject()],
    ["gives nothing", () => Promise.resolve(undefined)],
    [
      "gives a Response whose body was read",
      async () => {
        const used = new Response("{}");
        await used.text();
        return used;
      },
    ],
    ["gives a network error", () => Promise.resolve(Response.error())],
  ])("that %s is an AtlasError", async (_name, send) => {
    const atlas = connect(kind, mock, { fetch: send as unknown as typeof fetch });
    const error = await rejection(call(atlas, getOne));
    expect(error).toBeInstanceOf(AtlasError);
    expect(error).toMatchObject({ method: expect.any(String), path: expect.any(String) });
  });
});

describe.each(kinds)("with %s, no timer is left behind", (kind) => {
  test.each<[string, Fault | undefined]>([
    ["a success", undefined],
    ["a refusal", { kind: "empty", status: 404 }],
    ["a reset", "reset"],
  ])("by %s", async (_name, fault) => {
    const clock = startClock();
    mock.setFaults(fault ? [{ path: api, fault }] : []);
    await call(connect(kind, mock, { clock }), getOne).catch(() => undefined);
    expect(clock.pending).toBe(0);
  });
});

/** Takes connections and says nothing. */
async function startSilentServer() {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on("error", () => socket.destroy());
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}
