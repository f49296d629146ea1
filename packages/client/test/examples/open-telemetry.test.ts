import { channel } from "node:diagnostics_channel";
import { inspect } from "node:util";
import {
  type ClientOptions,
  ConnectionError,
  createClient,
  digest,
  NotFoundError,
  serviceAccount,
} from "@atlas-streams/client";
import { type MockOptions, startMock } from "@atlas-streams/mock";
import { context, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { traceAtlas } from "../../examples/open-telemetry.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const connectionId = "32b6e34b3d91647abb20e7b9";
const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/0123abcd";
const list = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";

const exporter = new InMemorySpanExporter();
const tracer: Tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer(
  "test",
);

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => {
  context.disable();
});
beforeEach(() => {
  exporter.reset();
});

function startTracing(): () => void {
  const stop = traceAtlas({ tracer, attributes: { "server.address": "127.0.0.1" } });
  onTestFinished(stop);
  return stop;
}

async function start(mockOptions: MockOptions = {}, options: ClientOptions = {}) {
  const mock = await startMock({ connections: [], ...mockOptions });
  onTestFinished(() => mock.stop());
  const auth = serviceAccount(mock.credentials.serviceAccount);
  const atlas = createClient({ auth, baseUrl: mock.url, retry: { baseDelayMs: 1 }, ...options });
  return { mock, atlas, connections: atlas.privateLinkConnections };
}

/** Does the work in a span of its own, as the caller of a client would, and whose name it gives that. */
function inSpan<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  return tracer.startActiveSpan(name, (span) => work().finally(() => span.end()));
}

const finished = () => exporter.getFinishedSpans();

function find(name: string): ReadableSpan {
  const [span] = finished().filter((span) => span.name === name);
  if (!span) throw new Error(`There is no span ${name}, only ${finished().map((span) => span.name)}.`);
  return span;
}

const childrenOf = (parent: ReadableSpan) =>
  finished().filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent.spanContext().spanId);

test("each request is a client's span, by method and path template, the one for a token included", async () => {
  startTracing();
  const { connections } = await start();
  await connections.listPage({ groupId });
  expect(finished().map(({ name }) => name)).toEqual(["POST /api/oauth/token", `GET ${list}`]);
  const span = find(`GET ${list}`);
  expect(span.kind).toBe(SpanKind.CLIENT);
  expect(span.status.code).toBe(SpanStatusCode.UNSET);
  expect(span.attributes).toEqual({
    "http.request.method": "GET",
    "url.template": list,
    "http.response.status_code": 200,
    "atlas.operation_id": "listGroupStreamPrivateLinkConnections",
    "server.address": "127.0.0.1",
  });
});

test("spans are children of the span in which the call was made, each of its own", async () => {
  startTracing();
  const { connections } = await start();
  await inSpan("first", () => connections.listPage({ groupId }));
  await Promise.all([
    inSpan("left", () => connections.listPage({ groupId })),
    inSpan("right", () => connections.create({ groupId, body: { provider: "AWS", vendor: "MSK", arn } })),
  ]);
  const names = (parent: string) => childrenOf(find(parent)).map(({ name }) => name);
  expect(names("first")).toEqual(["POST /api/oauth/token", `GET ${list}`]);
  expect(names("left")).toEqual([`GET ${list}`]);
  expect(names("right")).toEqual([`POST ${list}`]);
});

test("a refusal is an error by its status", async () => {
  startTracing();
  const { connections } = await start();
  await expect(connections.get({ groupId, connectionId })).rejects.toThrow(NotFoundError);
  const { attributes, status } = find(`GET ${list}/{connectionId}`);
  expect(attributes).toMatchObject({ "http.response.status_code": 404, "error.type": "404" });
  expect(status.code).toBe(SpanStatusCode.ERROR);
});

test("a failure without an answer is an error by the client's code for it", async () => {
  startTracing();
  const { connections } = await start({ faults: [{ path: "/api/atlas/", fault: "reset" }] }, { retry: false });
  await expect(connections.listPage({ groupId })).rejects.toThrow(ConnectionError);
  const { attributes, status } = find(`GET ${list}`);
  expect(attributes).toMatchObject({ "error.type": "CONNECTION" });
  expect(attributes).not.toHaveProperty("http.response.status_code");
  expect(status).toMatchObject({ code: SpanStatusCode.ERROR, message: expect.stringMatching(/broke off/) });
});

test.each([
  ["an Error", new DOMException("Nobody waits any more.", "AbortError"), "AbortError"],
  ["something else", "enough", "_OTHER"],
])("a request that its caller aborts with %s is an error by its name", async (_kind, reason, type) => {
  startTracing();
  const { mock, connections } = await start({ faults: [{ path: "/api/atlas/", fault: "stalled" }] });
  const controller = new AbortController();
  const call = connections.listPage({ groupId }, { signal: controller.signal });
  const rejected = expect(call).rejects.toBe(reason);
  await expect.poll(() => mock.requests.filter(({ path }) => path.startsWith("/api/atlas/")).length).toBe(1);
  controller.abort(reason);
  await rejected;
  expect(find(`GET ${list}`).attributes).toMatchObject({ "error.type": type });
});

test("retries are events of the caller's span, and each attempt is a span", async () => {
  startTracing();
  const faults = [
    { path: "/api/atlas/", nth: 1, fault: "unavailable" },
    { path: "/api/atlas/", nth: 2, fault: "reset" },
  ] as const;
  const { connections } = await start({ faults });
  await inSpan("caller", () => connections.listPage({ groupId }));
  const caller = find("caller");
  const retries = caller.events.filter(({ name }) => name === "atlas.retry").map(({ attributes }) => attributes);
  expect(retries).toMatchObject([
    { "http.request.resend_count": 1, "http.response.status_code": 503, "error.type": "503" },
    { "http.request.resend_count": 2, "error.type": "CONNECTION" },
  ]);
  for (const retry of retries) expect(retry?.["atlas.delay_ms"]).toEqual(expect.any(Number));
  const attempts = childrenOf(caller).filter(({ name }) => name === `GET ${list}`);
  expect(attempts.map(({ status }) => status.code)).toEqual([
    SpanStatusCode.ERROR,
    SpanStatusCode.ERROR,
    SpanStatusCode.UNSET,
  ]);
});

test("a new token and each look of a wait are events of the caller's span", async () => {
  startTracing();
  const { connections } = await start();
  await inSpan("caller", async () => {
    const { _id } = await connections.create({ groupId, body: { provider: "AWS", vendor: "MSK", arn } });
    await connections.waitUntilDone({ groupId, connectionId: _id }, { intervalMs: 1 });
  });
  const { events } = find("caller");
  expect(events.map(({ name, attributes }) => [name, attributes?.["atlas.state"]])).toEqual([
    ["atlas.token", undefined],
    ["atlas.wait", "IDLE"],
    ["atlas.wait", "WORKING"],
    ["atlas.wait", "DONE"],
  ]);
  expect(events[0]?.attributes?.["atlas.expires_at"]).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("a token that could not be had is an event with its error", async () => {
  startTracing();
  const { connections } = await start(
    { faults: [{ path: "/api/oauth/token", fault: "unavailable" }] },
    { retry: false },
  );
  await inSpan("caller", () => connections.listPage({ groupId }).catch(() => "told by the event too"));
  expect(find("caller").events).toMatchObject([{ name: "atlas.token", attributes: { "error.type": "CREDENTIAL" } }]);
});

test("without a span around the call, its requests are roots, and nothing fails", async () => {
  startTracing();
  const { connections } = await start({ faults: [{ path: "/api/atlas/", nth: 1, fault: "empty" }] });
  await connections.listPage({ groupId });
  expect(finished().map(({ parentSpanContext }) => parentSpanContext)).toEqual([undefined, undefined, undefined]);
});

test("no secret, no token, no id of a project and no body gets into a span", async () => {
  startTracing();
  const { mock, atlas, connections } = await start({ faults: [{ method: "GET", nth: 1, fault: "reset" }] });
  const { digest: key, serviceAccount: account } = mock.credentials;
  await inSpan("caller", async () => {
    await connections.create({ groupId, body: { provider: "AWS", vendor: "MSK", arn } });
    await connections.listPage({ groupId });
    await createClient({ auth: digest(key), baseUrl: mock.url }).privateLinkConnections.listPage({ groupId });
    await atlas.close();
  });
  const told = inspect(
    finished().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    { depth: null },
  );
  const sent = mock.requests.flatMap(({ headers }) => headers.authorization?.split(/[\s,="]+/) ?? []);
  const secrets = [account.clientSecret, key.privateKey, groupId, arn, ...sent.filter((part) => part.length > 30)];
  expect(told).toContain("/api/atlas/v2/groups/{groupId}");
  expect(secrets.filter((secret) => !secret.startsWith("/api/") && told.includes(secret))).toEqual([]);
});

test("ends when it is told to: what is open ends, and nothing more begins", async () => {
  const stop = startTracing();
  const { connections } = await start({ faults: [{ path: "/api/atlas/", nth: 1, fault: "stalled" }] });
  const controller = new AbortController();
  const call = connections.listPage({ groupId }, { signal: controller.signal });
  await expect.poll(() => finished().length).toBe(1); // the one for the token; the other is open
  await new Promise((resolve) => setTimeout(resolve, 100));
  stop();
  expect(finished()).toHaveLength(2);
  controller.abort();
  await expect(call).rejects.toThrow();
  await connections.listPage({ groupId });
  expect(finished()).toHaveLength(2);
});

test("speaks to the global tracer where none is given, which without an SDK does nothing", async () => {
  const stop = traceAtlas();
  onTestFinished(stop);
  expect(trace.getActiveSpan()).toBeUndefined();
  const { connections } = await start();
  await expect(connections.listPage({ groupId })).resolves.toMatchObject({ results: [] });
});

test("tells of no time that is none: what throws in a listener would end the process", async () => {
  startTracing();
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  process.on("uncaughtException", note);
  onTestFinished(() => void process.off("uncaughtException", note));
  await inSpan("caller", async () => {
    for (const expiresAt of [9e15, 1e300, Number.NaN, Number.POSITIVE_INFINITY, -9e15, 0])
      channel("atlas-streams:token").publish({ expiresAt });
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(uncaught).toEqual([]);
  const events = finished().flatMap((span) => span.events);
  expect(events.map(({ attributes }) => attributes?.["atlas.expires_at"])).toEqual([
    ...Array(5).fill(undefined),
    "1970-01-01T00:00:00.000Z",
  ]);
});

test.each([Object.create(null), Symbol("late"), null, "late", { toString: 1 }])(
  "takes whatever a caller aborts with: what throws in a listener would end the process",
  (reason: unknown) => {
    startTracing();
    const request = { client: "c", operationId: "o", method: "GET", path: list };
    channel("atlas-streams:request").publish(request);
    channel("atlas-streams:response").publish({ client: "c", request, durationMs: 1, error: reason });
    expect(find(`GET ${list}`).status.code).toBe(SpanStatusCode.ERROR);
  },
);
