import { channel } from "node:diagnostics_channel";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect, kinds } from "./clients.js";
import { listen } from "./listen.js";
import { call, callRaw, create, deleteOne, getOne, idle, namedOperations } from "./operations.js";
import { expectNoSecret } from "./secrets.js";

const api = "/api/atlas/";

async function startService(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  return mock;
}

describe.each(kinds)("with %s, User-Agent", (kind) => {
  test("names this client, its version and its runtime with everything that is sent, the login included", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    await atlas.close();
    expect(mock.requests.length).toBeGreaterThan(1);
    for (const { headers } of mock.requests)
      expect(headers["user-agent"]).toMatch(/^atlas-streams\/\d+\.\d+\.\d+ \(node\/\d+\.\d+\.\d+; \w+; \w+\)$/);
  });

  test("begins with the caller's own product", async () => {
    const mock = await startService();
    await call(connect(kind, mock, { userAgent: "portal/2.1" }), getOne);
    for (const { headers } of mock.requests) expect(headers["user-agent"]).toMatch(/^portal\/2\.1 atlas-streams\//);
  });
});

test.each(namedOperations)(
  "%s is asked for in its own version, and its body is said to be of that version",
  async (_id, operation) => {
    const mock = await startService();
    await callRaw(connect("digest", mock), operation);
    const [first] = mock.requests.filter(({ headers }) => headers.authorization);
    expect(first?.headers.accept).toBe(operation.accept);
    if (operation.contentType) expect(first?.headers["content-type"]).toBe(operation.contentType);
  },
);

describe.each(kinds)("with %s, who listens to the diagnostics channels hears", (kind) => {
  test("each request, by its operation and path template, and how it ended", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    const [requests, responses] = [listen("request", atlas), listen("response", atlas)];
    await call(atlas, getOne);
    const { operationId, method, path } = getOne;
    expect(requests).toHaveLength(mock.requests.length);
    expect(requests.at(-1)).toMatchObject({ operationId, method, path });
    expect(responses.map(({ status }) => status)).toEqual(mock.requests.map(({ status }) => status));
    for (const { durationMs } of responses) expect(durationMs).toBeGreaterThan(0);
  });

  test("each retry, with how often the call was sent, how long it waits and why", async () => {
    const mock = await startService({ faults: [{ path: api, nth: [1, 2], fault: "unavailable" }] });
    const clock = startClock({ skip: (delayMs) => delayMs < 30_000 });
    const atlas = connect(kind, mock, { retry: {}, clock });
    const events = listen("retry", atlas);
    await call(atlas, getOne);
    expect(events).toMatchObject([
      { operationId: getOne.operationId, attempt: 1, status: 503 },
      { operationId: getOne.operationId, attempt: 2, status: 503 },
    ]);
    expect(events.map(({ delayMs }) => delayMs)).toEqual(clock.skipped);
  });

  test("which client it was, whatever is told, so that a listener can tell one from the others", async () => {
    const mock = await startService({
      connections: [{ ...idle, state: "DONE" }],
      faults: [{ path: api, nth: 1, fault: { kind: "unavailable" } }],
    });
    const clock = startClock({ skip: (delayMs) => delayMs < 30_000 });
    const [atlas, other] = [connect(kind, mock, { retry: {}, clock }), connect(kind, mock)];
    const channels = ["request", "response", "retry", "wait", ...(kind === "digest" ? [] : ["token"])];
    const [heard, heardOfOther] = [atlas, other].map((client) => channels.map((name) => listen(name, client)));
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    await call(atlas, getOne);
    await atlas.privateLinkConnections.waitUntilDone({ groupId, connectionId });
    expect(heard?.filter((events) => events.length === 0)).toEqual([]);
    expect(heardOfOther?.flat()).toEqual([]);
    expect(atlas.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(other.id).not.toBe(atlas.id);
  });

  test("of failures that had no answer, too", async () => {
    const mock = await startService({ faults: [{ path: api, fault: "reset" }] });
    const atlas = connect(kind, mock);
    const responses = listen("response", atlas);
    await rejection(call(atlas, getOne));
    expect(responses.at(-1)).toMatchObject({ error: { code: "CONNECTION" } });
    expect(responses.at(-1)).not.toHaveProperty("status");
  });

  test("of a version that goes away once per operation, not once per call", async () => {
    const headers = { deprecation: "Wed, 01 Feb 2023 00:00:00 GMT", sunset: "Sun, 01 Jun 2025 00:00:00 GMT" };
    const mock = await startService({
      faults: [{ path: api, fault: { kind: "answer", status: 200, headers, body: {} } }],
    });
    const atlas = connect(kind, mock);
    const events = listen("deprecation", atlas);
    for (let count = 0; count < 3; count++) await call(atlas, getOne);
    await Promise.all([call(atlas, deleteOne), call(atlas, deleteOne)]);
    expect(events).toMatchObject([
      { operationId: getOne.operationId, ...headers },
      { operationId: deleteOne.operationId, ...headers },
    ]);
  });

  test("no secret, no token, no header and no body", async () => {
    const mock = await startService({ connections: [], faults: [{ path: api, nth: 1, fault: "rate-limited" }] });
    const clock = startClock({ skip: (delayMs) => delayMs < 30_000 });
    const atlas = connect(kind, mock, { retry: {}, clock });
    const channels = ["request", "response", "retry", "token", "wait", "deprecation"];
    const heard = channels.map((name) => listen(name, atlas));
    await call(atlas, create);
    await atlas.close();
    expect(heard.flat().length).toBeGreaterThan(3);
    expectNoSecret(heard, mock, create.example.body);
  });
});

test("who listens hears of each new token, and when it expires", async () => {
  const clock = startClock();
  const mock = await startService({ clock });
  const atlas = connect("a service account", mock, { clock });
  const events = listen("token", atlas);
  await Promise.all([call(atlas, getOne), call(atlas, getOne)]);
  expect(events).toEqual([{ client: atlas.id, expiresAt: clock.now() + 3_600_000 }]);
});

test("who listens hears of each look while somebody waits, and of what was seen", async () => {
  const mock = await startService({ connections: [] });
  const clock = startClock({ skip: (delayMs) => delayMs < 30_000 });
  const atlas = connect("digest", mock, { clock });
  const events = listen("wait", atlas);
  const { groupId } = getOne.example.parameters.path as { groupId: string };
  const { _id: connectionId } = (await call(atlas, create)) as { _id: string };
  await atlas.privateLinkConnections.waitUntilDone({ groupId, connectionId }, { intervalMs: 1000 });
  expect(events.map(({ state }) => state)).toEqual(["IDLE", "WORKING", "DONE"]);
  expect(new Set(events.map((event) => event.connectionId))).toEqual(new Set([connectionId]));
});

test("a listener that throws fails no call", async () => {
  const mock = await startService();
  const subject = channel("atlas-streams:request");
  const troubles: unknown[] = [];
  const caught = (error: unknown) => void troubles.push(error);
  const listeners = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", caught);
  const fail = () => {
    throw new Error("a bad listener");
  };
  subject.subscribe(fail);
  try {
    await call(connect("digest", mock), getOne);
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    subject.unsubscribe(fail);
    process.off("uncaughtException", caught);
    for (const listener of listeners) process.on("uncaughtException", listener);
  }
  expect(troubles.length).toBeGreaterThan(0);
});
