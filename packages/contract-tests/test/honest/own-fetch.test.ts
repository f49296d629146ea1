import {
  AtlasError,
  ConnectionError,
  createClient,
  digest,
  type NetworkFetch,
  RateLimitError,
  TimeoutError,
  UnexpectedResponseError,
} from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { aMoment, rejection, startClock, turn } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { connect, kinds } from "./clients.js";
import { call, callRaw, create, getOne, unrepeatable } from "./operations.js";
import { everythingIn, expectNoSecret } from "./secrets.js";

const api = "/api/atlas/";
const tokenPath = "/api/oauth/token";

async function startService(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock({ connections: [], ...options });
  onTestFinished(() => mock.stop());
  return mock;
}

/** How the libraries that people put under a client fail: with all that they know. */
const failures: [string, (init: RequestInit, authorization: string) => unknown][] = [
  ["an error that holds the headers", ({ headers }) => Object.assign(new Error("boom"), { config: { headers } })],
  ["an error that holds the request", (init) => Object.assign(new Error("boom"), { request: init })],
  [
    "an error whose cause holds them",
    ({ headers }) => new Error("boom", { cause: Object.assign(new Error(), { headers }) }),
  ],
  ["an error that says them", ({ body }, authorization) => new Error(`boom ${authorization} ${body}`)],
  ["a string", ({ body }, authorization) => `boom ${authorization} ${body}`],
];

const ring = new Error("a ring");
ring.cause = ring;
const unprintable = {
  toString() {
    throw new Error("no words for it");
  },
};

describe.each(kinds)("with %s, a fetch of the user's own", (kind) => {
  test.each(failures)("that fails with %s shows no secret", async (_name, failureOf) => {
    const mock = await startService();
    const fetch: NetworkFetch = async (url, init) => {
      const authorization = new Headers(init.headers).get("authorization");
      if (!authorization) return globalThis.fetch(url, init);
      throw failureOf(init, authorization);
    };
    const error = await rejection(call(connect(kind, mock, { fetch }), create));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toMatch(/boom|ECONN|broke off/);
    expectNoSecret(error, mock, create.example.body);
  });

  test.each([
    ["undefined", undefined],
    ["null", null],
    ["an object without a prototype", Object.create(null)],
    ["an object that cannot be printed", unprintable],
    ["an error that is its own cause", ring],
  ])("that rejects with %s is a ConnectionError", async (_name, reason) => {
    const mock = await startService();
    const error = await rejection(call(connect(kind, mock, { fetch: () => Promise.reject(reason) }), getOne));
    expect(error).toBeInstanceOf(ConnectionError);
  });

  test("that pays no heed to its signal is not called any more after the abort, wherever that falls", async () => {
    const mock = await startService();
    for (let turns = 0; turns < 40; turns++) {
      const abort = new AbortController();
      let late = 0;
      const fetch: NetworkFetch = (url, { signal: _signal, ...init }) => {
        if (abort.signal.aborted) late++;
        return globalThis.fetch(url, init);
      };
      const made = rejection(call(connect(kind, mock, { fetch }), create, { signal: abort.signal })).catch(
        () => undefined,
      );
      for (let count = 0; count < turns; count++) await (count % 2 ? turn() : Promise.resolve());
      abort.abort(new Error("no more"));
      await made;
      await aMoment(1);
      expect(late, `after ${turns} turns`).toBe(0);
    }
  });

  test.each(unrepeatable)(
    "%s is not sent again where the connection died after it was sent",
    async (_id, operation) => {
      const mock = await startService();
      for (const code of ["EHOSTUNREACH", "ENETUNREACH", "ECONNREFUSED"]) {
        let sent = 0;
        const fetch: NetworkFetch = async (url, init) => {
          if (!url.includes(api) || !new Headers(init.headers).has("authorization")) return globalThis.fetch(url, init);
          sent++;
          throw new TypeError("fetch failed", {
            cause: Object.assign(new Error(`read ${code}`), { code, syscall: "read" }),
          });
        };
        const error = await rejection(call(connect(kind, mock, { fetch, retry: { baseDelayMs: 1 } }), operation));
        expect(error).toMatchObject({ code: "CONNECTION", unsent: false });
        expect(sent).toBe(1);
      }
    },
  );

  test.each<[string, unknown]>([
    [
      "a code that is a secret",
      Object.assign(new TypeError("fetch failed"), { code: "tell nobody: mdb_sa_sk_tell-nobody_about-this-1" }),
    ],
    [
      "a code that is no text",
      Object.assign(new TypeError("fetch failed"), { code: { secret: true }, syscall: Symbol("read") }),
    ],
    [
      "a message that is no text",
      Object.defineProperty(new TypeError("x"), "message", {
        value: { toString: () => "mdb_sa_sk_tell-nobody_about-this-1" },
      }),
    ],
    [
      "getters that throw",
      Object.defineProperty(new TypeError("x"), "code", {
        get: () => {
          throw new Error("do not look");
        },
      }),
    ],
    ["nothing at all", undefined],
    ["a BigInt", 1n],
  ])("a fetch that rejects with %s is a broken connection, and shows no secret", async (_name, failure) => {
    const mock = await startService();
    const fetch: NetworkFetch = (url, init) =>
      url.includes(api) ? Promise.reject(failure) : globalThis.fetch(url, init);
    const error = await rejection(call(connect(kind, mock, { fetch }), getOne));
    expect(error).toMatchObject({ code: "CONNECTION", path: getOne.path });
    expect(everythingIn(error)).not.toContain("tell-nobody");
  });

  test.each([null, 0, "", false])("an abort whose reason is %j rejects with that reason", async (reason) => {
    const mock = await startService({ faults: [{ path: api, fault: "stalled" }] });
    const abort = new AbortController();
    const called = rejection(call(connect(kind, mock), getOne, { signal: abort.signal }));
    await aMoment();
    abort.abort(reason);
    expect(await called).toBe(reason);
  });

  test("no redirect is followed, not even where the call or its middleware asks for it", async () => {
    const elsewhere = await startService();
    const headers = { location: `${elsewhere.url}/api/atlas/v2/groups` };
    const mock = await startService({ faults: [{ path: api, fault: { kind: "answer", status: 307, headers } }] });
    const atlas = connect(kind, mock);
    atlas.raw.use({ onRequest: ({ request }) => new Request(request, { redirect: "follow" }) });
    const { error } = await callRaw(atlas, create, { redirect: "follow" } as object);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(elsewhere.requests).toEqual([]);
  });

  test("a middleware sees the request before the credentials stand in it, and the answer without it", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    const seen: (string | null)[] = [];
    atlas.raw.use({
      onRequest: ({ request }) => void seen.push(request.headers.get("authorization")),
      onResponse: ({ request }) => void seen.push(request.headers.get("authorization")),
    });
    await callRaw(atlas, getOne);
    expect(seen).toEqual([null, null]);
  });
});

test("a call's own limits are those of the login that it begins, and fail nobody who has more patience", async () => {
  const mock = await startService({ faults: [{ path: tokenPath, nth: 1, fault: "stalled" }] });
  const atlas = connect("a service account", mock);
  const hasty = rejection(call(atlas, getOne, { timeoutMs: 500 }));
  const patient = callRaw(atlas, getOne);
  expect(await hasty).toBeInstanceOf(TimeoutError);
  expect((await patient).response.status).toBeLessThan(500);
  expect(mock.requests.filter(({ path }) => path === tokenPath)).toHaveLength(2);
});

test("a Retry-After that fits into the deadline is never given up for the random part of the wait", async () => {
  const faults = [{ path: api, nth: 1, fault: { kind: "rate-limited", retryAfterSeconds: 9 } }] as const;
  for (let round = 0; round < 20; round++) {
    const clock = startClock({ skip: (delayMs) => delayMs >= 9000 && delayMs < 10_000 });
    const mock = await startService({ connections: [], faults });
    const retry = { baseDelayMs: 5000 };
    await callRaw(connect("digest", mock, { clock, retry, deadlineMs: 10_000, timeoutMs: 30_000 }), getOne);
    expect(mock.requests.filter(({ path, headers }) => path.startsWith(api) && headers.authorization)).toHaveLength(2);
    await mock.stop();
  }
});

test("the oldest form of an HTTP date, which names no zone, means GMT", async () => {
  vi.stubEnv("TZ", "America/New_York");
  onTestFinished(() => void vi.unstubAllEnvs());
  const [day, date, month, year, time] = new Date(Date.now() + 60_000).toUTCString().replace(",", "").split(" ");
  const asctime = `${day} ${month} ${date?.replace(/^0/, " ")} ${time} ${year}`;
  const headers = { "retry-after": asctime };
  const mock = await startService({
    faults: [{ path: api, fault: { kind: "answer", status: 429, headers, body: {} } }],
  });
  const error = await rejection(connectOwn(mock));
  expect(error).toBeInstanceOf(RateLimitError);
  const { retryAfterMs = 0 } = error as RateLimitError;
  expect(retryAfterMs).toBeGreaterThan(50_000);
  expect(retryAfterMs).toBeLessThanOrEqual(60_000);
});

/** Reads one connection by its method, which throws what the service said. */
function connectOwn({ url, credentials }: Mock): Promise<unknown> {
  const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
  const atlas = createClient({ baseUrl: url, auth: digest(credentials.digest), retry: false });
  return atlas.privateLinkConnections.get({ groupId, connectionId });
}

test("an error body of megabytes costs no time that is felt, and an error that can be printed", async () => {
  const detail = "x".repeat(4_000_000);
  const mock = await startService({
    faults: [{ path: api, fault: { kind: "answer", status: 400, body: { detail } } }],
  });
  const startedAt = performance.now();
  const error = await rejection(connectOwn(mock));
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect(error).toBeInstanceOf(AtlasError);
  expect((error as Error).message.length).toBeLessThan(2000);
});
