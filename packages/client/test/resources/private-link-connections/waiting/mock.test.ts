import { type MockOptions, startMock } from "@atlas-streams/mock";
import { rejection, startClock } from "@atlas-streams/testing";
import { expect, onTestFinished, test } from "vitest";
import { loadPlatform } from "../../../../src/call/network.js";
import { createClient, digest, type PrivateLinkConnectionRequest, type WaitProgress } from "../../../../src/index.js";
import { watchNetwork } from "./world.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const region = "us-east-1";
const serviceEndpointId = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0";
const minute = 60_000;

/** A client and a mock in one time, so that half an hour of the mock's is half an hour of the client's. */
async function startTogether(options: MockOptions = {}) {
  await loadPlatform(); // the clock moves while no request is under way, and loading is none
  const underWay = watchNetwork();
  const clock = startClock({ isQuiet: () => underWay() === 0 });
  const mock = await startMock({ connections: [], clock, ...options });
  onTestFinished(() => mock.stop());
  const { privateLinkConnections: connections } = createClient({
    baseUrl: mock.url,
    auth: digest(mock.credentials.digest),
    clock,
  });
  const asked = (method: string) =>
    mock.requests.filter((request) => request.method === method && request.status !== 401);
  return { clock, connections, asked };
}

test("a connection that takes half an hour is made, waited for, removed and waited for", async () => {
  const { clock, connections } = await startTogether({ scenario: { pace: { ms: 15 * minute } } });
  const body = { provider: "AWS", vendor: "S3", region, serviceEndpointId } as const;
  const { _id: connectionId } = await clock.until(connections.create({ groupId, body }));
  const startedAt = clock.now();
  const progress: WaitProgress[] = [];
  const done = await clock.until(
    connections.waitUntilDone({ groupId, connectionId }, { onProgress: (step) => progress.push(step) }),
  );
  expect(done).toMatchObject({ state: "DONE", vendor: "S3", serviceEndpointId });
  expect([...new Set(progress.map(({ state }) => state))]).toEqual(["IDLE", "WORKING", "DONE"]);
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(30 * minute);
  expect(clock.now() - startedAt).toBeLessThanOrEqual(31 * minute);

  await clock.until(connections.delete({ groupId, connectionId }));
  await clock.until(connections.waitUntilDeleted({ groupId, connectionId }));
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(60 * minute);
  expect(clock.pending).toBe(0);
});

test("a Confluent Enterprise cluster is pending until its domain is set, and then done", async () => {
  const { clock, connections } = await startTogether();
  const body: PrivateLinkConnectionRequest = { provider: "AWS", vendor: "CONFLUENT", region, serviceEndpointId };
  const { _id: connectionId } = await clock.until(connections.create({ groupId, body }));
  const wait = connections.waitUntilDone({ groupId, connectionId });
  await clock.pass(20 * minute);
  const dnsDomain = "ap00000.us-east-1.aws.accesspoint.confluent.cloud";
  await clock.until(connections.update({ groupId, connectionId, body: { dnsDomain } }));
  expect(await clock.until(wait)).toMatchObject({ state: "DONE", dnsDomain });
});

test("a connection that fails is removed, and the removal waited for", async () => {
  const { clock, connections } = await startTogether({ scenario: { fails: "No such endpoint service." } });
  const body = { provider: "AWS", vendor: "S3", region, serviceEndpointId } as const;
  const { _id: connectionId } = await clock.until(connections.create({ groupId, body }));
  const error = await rejection(clock.until(connections.waitUntilDone({ groupId, connectionId })));
  expect(error).toMatchObject({ code: "WAIT_FAILED", errorMessage: "No such endpoint service." });
  await clock.until(connections.delete({ groupId, connectionId }));
  await clock.until(connections.waitUntilDeleted({ groupId, connectionId }));
});

test("a bad day is waited out", async () => {
  const { clock, connections } = await startTogether({
    scenario: { pace: { ms: 5 * minute } },
    faults: [
      { fault: { kind: "rate-limited", retryAfterSeconds: 60 }, method: "GET", nth: 2 },
      { fault: "unavailable", method: "GET", nth: 3 },
      { fault: "reset", method: "GET", nth: 4 },
      { fault: "html", method: "GET", nth: 5 },
      { fault: "empty", method: "GET", nth: 6 },
    ],
  });
  const body = { provider: "GCP", vendor: "PUBSUB", region: "us-east4" } as const;
  const { _id: connectionId } = await clock.until(connections.create({ groupId, body }));
  expect(await clock.until(connections.waitUntilDone({ groupId, connectionId }))).toMatchObject({ state: "DONE" });
});

test("twenty waits side by side read the list once a round, and nothing else", async () => {
  const { clock, connections, asked } = await startTogether({ scenario: { pace: { reads: 3 } } });
  const made = [];
  for (let number = 0; number < 20; number++) {
    const body = { provider: "AWS", vendor: "S3", region, serviceEndpointId: `com.amazonaws.${number}` } as const;
    made.push(await clock.until(connections.create({ groupId, body })));
  }
  const waits = made.map(({ _id: connectionId }) => connections.waitUntilDone({ groupId, connectionId }));
  const done = await clock.until(Promise.all(waits));
  expect(new Set(done.map(({ state }) => state))).toEqual(new Set(["DONE"]));
  expect(asked("GET")).toHaveLength(7);
});
