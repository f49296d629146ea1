import { type FaultRule, type MockOptions, type Scenario, startMock } from "@atlas-streams/mock";
import { rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadPlatform } from "../../../src/call/network.js";
import {
  AlreadyExistsError,
  type ClientOptions,
  createClient,
  type PrivateLinkConnectionRequest,
  serviceAccount,
} from "../../../src/index.js";
import { watchNetwork } from "./waiting/world.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const s3 = (region = "us-east-1"): PrivateLinkConnectionRequest => ({
  provider: "AWS",
  vendor: "S3",
  region,
  serviceEndpointId: `com.amazonaws.${region}.s3`,
});
const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/6ba7b810-9dad-11d1-80b4-00c04fd430c8-1";

const creating = { method: "POST", path: "privateLinkConnections" } as const;
const listing = { method: "GET", path: "privateLinkConnections" } as const;
/** Gateways answer this, whatever became of the request behind them. */
const unclear = { ...creating, fault: "empty" } as const;
/** A list from before the connection was made. */
const emptyPage = { kind: "answer", status: 200, body: { results: [], totalCount: 0 } } as const;

/** A project of the mock that is empty unless told otherwise, and a client in one time with it. */
async function start({ faults = [], ...options }: MockOptions & { faults?: readonly FaultRule[] } = {}) {
  await loadPlatform(); // the clock moves while no request is under way, and loading is none
  const underWay = watchNetwork();
  const clock = startClock({ isQuiet: () => underWay() === 0 });
  const mock = await startMock({ connections: [], clock, ...options });
  onTestFinished(() => mock.stop());
  const auth = serviceAccount(mock.credentials.serviceAccount);
  const { privateLinkConnections: connections } = createClient({ auth, baseUrl: mock.url, clock });
  mock.setFaults(faults);
  return {
    clock,
    mock,
    connections,
    /** Creates or adopts, while time goes on. */
    ensure: (body = s3(), callOptions = {}) =>
      clock.until(connections.createOrAdopt({ groupId, body }, { retry: { baseDelayMs: 0 }, ...callOptions })),
    creates: () =>
      mock.requests.filter(({ method, path }) => method === "POST" && path.startsWith("/api/atlas/")).length,
    ids: async () => (await connections.listPage({ groupId })).results.map(({ _id }) => _id),
  };
}

test("makes the connection where there is none, and finds it the next time", async () => {
  const { ensure, creates, ids } = await start();
  const { _id } = await ensure();
  expect((await ensure())._id).toBe(_id);
  expect(creates()).toBe(1);
  expect(await ids()).toEqual([_id]);
});

test("takes provider and vendor in any case, and lists of resources in any order, for the same", async () => {
  const { connections, ensure, creates } = await start();
  const azureResourceIds = [1, 2, 3].map((zone) => `/subscriptions/0/privateLinkServices/${zone}`);
  const body: PrivateLinkConnectionRequest = {
    provider: "AZURE",
    vendor: "CONFLUENT",
    region: "eastus2",
    dnsDomain: "abc.eastus2.azure.confluent.cloud",
    azureResourceIds,
  };
  const { _id } = await connections.create({ groupId, body });
  expect((await ensure({ ...body, azureResourceIds: azureResourceIds.toReversed() }))._id).toBe(_id);
  expect(creates()).toBe(1);
});

const subscription = "/subscriptions/0/resourceGroups/rg/providers";
const eventHub = {
  provider: "AZURE",
  vendor: "EVENTHUB",
  region: "eastus2",
  dnsDomain: "n.servicebus.windows.net",
  serviceEndpointId: `${subscription}/Microsoft.EventHub/namespaces/n`,
} as const;
const attachment = "projects/p/regions/us-central1/serviceAttachments/s";
const gcp = { provider: "GCP", region: "us-central1" } as const;
const confluent = { ...gcp, vendor: "CONFLUENT", dnsDomain: "abc.us-central1.gcp.confluent.cloud" } as const;

test.each<[string, PrivateLinkConnectionRequest, object]>([
  ["an Azure id in another case", eventHub, { serviceEndpointId: eventHub.serviceEndpointId.toUpperCase() }],
  [
    "an Azure id with resourcegroups",
    eventHub,
    { serviceEndpointId: `${subscription.toLowerCase()}/microsoft.eventhub/namespaces/n` },
  ],
  ["an Azure id with a slash at its end", eventHub, { serviceEndpointId: `${eventHub.serviceEndpointId}/` }],
  ["a region in capitals", { ...gcp, vendor: "PUBSUB" }, { region: "US_CENTRAL1" }],
  ["a region with underscores", { provider: "AWS", vendor: "KINESIS", region: "us-east-1" }, { region: "us_east_1" }],
  ["a region as Atlas has it", { provider: "AWS", vendor: "KINESIS", region: "us-east-1" }, { region: "US_EAST_1" }],
  [
    "a service attachment with its host",
    { ...confluent, gcpServiceAttachmentUris: [attachment] },
    { gcpServiceAttachmentUris: [`https://www.googleapis.com/compute/v1/${attachment}`] },
  ],
])("takes %s for the same far end", async (_name, body, otherwise) => {
  const { ensure, creates } = await start();
  const { _id } = await ensure(body);
  expect((await ensure({ ...body, ...otherwise }))._id).toBe(_id);
  expect(creates()).toBe(1);
});

test.each<[string, PrivateLinkConnectionRequest, object]>([
  ["another namespace", eventHub, { serviceEndpointId: `${subscription}/Microsoft.EventHub/namespaces/m` }],
  ["another region", { ...gcp, vendor: "PUBSUB" }, { region: "us-central2" }],
  [
    "a service attachment in another case",
    { ...confluent, gcpServiceAttachmentUris: [attachment] },
    { gcpServiceAttachmentUris: [attachment.toUpperCase()] },
  ],
  ["an endpoint at AWS in another case", s3(), { serviceEndpointId: "com.amazonaws.us-east-1.S3" }],
])("does not take %s for the same far end", async (_name, body, otherwise) => {
  const { ensure, creates } = await start();
  await ensure(body);
  await ensure({ ...body, ...otherwise });
  expect(creates()).toBe(2);
});

test("does not adopt what reaches something else", async () => {
  const { ensure, creates, ids } = await start();
  await ensure(s3("us-east-1"));
  await ensure(s3("us-west-2"));
  expect(creates()).toBe(2);
  expect(await ids()).toHaveLength(2);
});

describe("with one in the way that has failed or is being removed", () => {
  const inTheWay = async (state: string, deleted: Scenario["deleted"] = [{ state: null }]) => {
    const world = await start({ scenario: { created: [{ state }], deleted } });
    const { _id } = await world.connections.create({ groupId, body: s3() });
    return { ...world, _id };
  };

  const removal = [{ state: "DELETING", ms: 60_000 }, { state: null }];

  test.each(["FAILED", "DELETE_REQUESTED", "DELETING"])("%s is not adopted, but named", async (state) => {
    const { ensure, creates, _id } = await inTheWay(state);
    const error = await rejection(ensure());
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect(error).toMatchObject({
      name: "AlreadyExistsError",
      code: "API",
      status: 400,
      errorCode: "STREAM_PRIVATE_LINK_ALREADY_EXISTS",
      inTheWay: [{ _id, state }],
    });
    expect(String(error)).toContain(`${_id}, which is ${state}`);
    expect(String(error)).toContain(state === "FAILED" ? "Delete it, wait until it is gone" : "Wait until it is gone");
    expect(creates()).toBe(2); // it is the service that allows no second one
  });

  test("one that has failed is removed and made anew where that is asked for", async () => {
    const { ensure, creates, ids, mock, _id } = await inTheWay("FAILED", removal);
    const made = await ensure(s3(), { replaceFailed: true });
    expect(made._id).not.toBe(_id);
    expect(await ids()).toEqual([made._id]);
    expect(mock.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
    expect(creates()).toBe(2);
  });

  test("one that is being removed is waited for, and not deleted again, where that is asked for", async () => {
    const _id = "32b6e34b3d91647abb20e7ff";
    const { ensure, ids, mock } = await start({ connections: [{ ...s3(), _id, groupId, life: removal }] });
    const made = await ensure(s3(), { replaceFailed: true });
    expect(await ids()).toEqual([made._id]);
    expect(mock.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
  });

  test("nothing is removed that reaches something else", async () => {
    const { ensure, ids, _id } = await inTheWay("FAILED");
    const made = await ensure(s3("us-west-2"), { replaceFailed: true });
    expect((await ids()).sort()).toEqual([_id, made._id].sort());
  });

  test("the removal has the one deadline, too", async () => {
    const { clock, ensure, creates } = await inTheWay("FAILED", [{ state: "DELETING" }]);
    const startedAt = clock.now();
    const options = { replaceFailed: true, deadlineMs: 30_000 };
    expect(await rejection(ensure(s3(), options))).toMatchObject({ code: "WAIT_TIMEOUT", state: "DELETING" });
    expect(clock.now() - startedAt).toBeLessThanOrEqual(30_000);
    expect(creates()).toBe(1);
  });
});

test("adopts what somebody else has made meanwhile, where the service refuses a second one", async () => {
  const { connections, ensure, ids } = await start({ faults: [{ ...listing, fault: emptyPage, nth: 1 }] });
  const { _id } = await connections.create({ groupId, body: s3() });
  expect((await ensure())._id).toBe(_id);
  expect(await ids()).toEqual([_id]);
});

test("adopts nothing that is not what the service gives", async () => {
  const odd = { toString: 0 };
  const results = [{}, { ...s3(), serviceEndpointId: odd }, { ...s3(), provider: odd }, { ...s3(), vendor: [odd] }];
  const body = { results, totalCount: results.length };
  const { ensure, creates } = await start({
    faults: [{ ...listing, fault: { kind: "answer", status: 200, body }, nth: 1 }],
  });
  await ensure();
  expect(creates()).toBe(1);
});

test("finds what it has made where the answer to the create was lost, and does not make it twice", async () => {
  const { ensure, creates, ids } = await start({ faults: [{ ...unclear, nth: 1, done: true }] });
  const { _id } = await ensure();
  expect(await ids()).toEqual([_id]);
  expect(creates()).toBe(1);
});

test("finds it even where the service does not show what tells it from others", async () => {
  const body: PrivateLinkConnectionRequest = { provider: "AWS", vendor: "MSK", arn };
  const { connections, ensure, mock, creates } = await start({ faults: [{ ...unclear, nth: 1, done: true }] });
  const { _id } = await ensure(body);
  expect(mock.requests.filter(({ method }) => method === "POST").length).toBeGreaterThan(0);
  expect((await connections.get({ groupId, connectionId: _id })).vendor).toBe("MSK");
  expect(creates()).toBe(1);
});

test("creates again where the create has done nothing", async () => {
  const { ensure, creates, ids } = await start({ faults: [{ ...unclear, nth: [1, 2] }] });
  const { _id } = await ensure();
  expect(creates()).toBe(3);
  expect(await ids()).toEqual([_id]);
});

test("gives up after three creates, with the last failure", async () => {
  const { ensure, creates } = await start({ faults: [unclear] });
  expect(await rejection(ensure())).toMatchObject({ code: "SERVER", status: 502, method: "POST" });
  expect(creates()).toBe(3);
});

test("creates once where nothing is to be repeated, but still looks for what it may have made", async () => {
  const lost = await start({ faults: [{ ...unclear, nth: 1, done: true }] });
  expect(await lost.ensure(s3(), { retry: false })).toMatchObject({ vendor: "S3" });
  const failing = await start({ faults: [unclear] });
  expect(await rejection(failing.ensure(s3(), { retry: false }))).toMatchObject({ code: "SERVER" });
  expect(failing.creates()).toBe(1);
});

test("throws a refusal at once", async () => {
  const refusal = { kind: "answer", status: 400, body: { error: 400, errorCode: "INVALID_ATTRIBUTE" } } as const;
  const { ensure, creates } = await start({ faults: [{ ...creating, fault: refusal }] });
  expect(await rejection(ensure())).toMatchObject({ code: "API", errorCode: "INVALID_ATTRIBUTE" });
  expect(creates()).toBe(1);
});

test("throws the failure of the create where it cannot look for what may have been made", async () => {
  const forbidden = { kind: "answer", status: 403, body: { error: 403, errorCode: "USER_UNAUTHORIZED" } } as const;
  const { ensure } = await start({ faults: [unclear, { ...listing, fault: forbidden, nth: 2 }] });
  expect(await rejection(ensure())).toMatchObject({ code: "SERVER", method: "POST" });
});

test("keeps deadlineMs for all of it, the pauses included", async () => {
  const { clock, ensure, creates } = await start({ faults: [unclear] });
  const startedAt = clock.now();
  expect(await rejection(ensure(s3(), { deadlineMs: 3000 }))).toMatchObject({ code: "SERVER", method: "POST" });
  expect(clock.now() - startedAt).toBeLessThanOrEqual(3000);
  expect(creates()).toBe(2);
});

test("keeps deadlineMs for all the pages of a list together", async () => {
  const clock = startClock();
  let pages = 0;
  const slowPages: ClientOptions["fetch"] = async (url) => {
    if (!String(url).includes("pageNum"))
      return Response.json({ access_token: "a-token-of-some-length", expires_in: 3600, token_type: "Bearer" });
    clock.advance(400);
    const results = Array.from({ length: 500 }, (_, index) => ({ _id: `${pages}-${index}`, provider: "GCP" }));
    pages++;
    return Response.json({ results, totalCount: 1_000_000 });
  };
  const auth = serviceAccount({ clientId: "mdb_sa_id_slow", clientSecret: "mdb_sa_sk_slow" });
  const { privateLinkConnections } = createClient({ auth, clock, baseUrl: "http://127.0.0.1:1", fetch: slowPages });
  const startedAt = clock.monotonic();
  const made = privateLinkConnections.createOrAdopt({ groupId, body: s3() }, { deadlineMs: 1000 });
  expect(String(await rejection(made))).toMatch(/^TimeoutError: GET .* createOrAdopt .* deadline of 1000 ms/);
  expect(clock.monotonic() - startedAt).toBeLessThanOrEqual(1200);
  expect(pages).toBe(3);
});

test("ends in a pause as soon as its caller gives up", async () => {
  const { clock, connections, creates } = await start({ faults: [unclear] });
  const abort = new AbortController();
  const reason = new Error("The caller has changed its mind.");
  const made = connections.createOrAdopt({ groupId, body: s3() }, { signal: abort.signal, retry: false });
  await clock.pass(1000);
  abort.abort(reason);
  expect(await rejection(made)).toBe(reason);
  expect(creates()).toBe(1);
  expect(clock.pending).toBe(0);
});
