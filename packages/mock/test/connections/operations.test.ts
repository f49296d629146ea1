import { expect, test } from "vitest";
import type { Mock } from "../../src/index.js";
import { ask, connectionPath, listPath, mockFor, movingClock, msk } from "../helpers.js";

async function make(mock: Mock, body: object = msk): Promise<string> {
  const made = await ask(mock, "POST", listPath, { body });
  expect(made.status).toBe(200);
  return `${listPath}/${made.body._id}`;
}

/** What reading a connection shows, time after time: its state, or the status if it is not there. */
async function states(mock: Mock, path: string, count: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const { status, body } = await ask(mock, "GET", path);
    seen.push(status === 200 ? body.state : status);
  }
  return seen;
}

test("A connection is made without a state, then IDLE, WORKING and DONE", async () => {
  const mock = await mockFor({ auth: "any" });
  const { body } = await ask(mock, "POST", listPath, { body: msk });
  expect(body).toMatchObject({ _id: expect.stringMatching(/^[a-f0-9]{24}$/), ...msk });
  expect(body).not.toHaveProperty("state");
  expect(await states(mock, `${listPath}/${body._id}`, 4)).toEqual(["IDLE", "WORKING", "DONE", "DONE"]);
});

test("Only a connection that is ready shows what the service has made for it", async () => {
  const mock = await mockFor({ auth: "any" });
  const path = await make(mock);
  expect((await ask(mock, "GET", path)).body).not.toHaveProperty("interfaceEndpointId");
  await ask(mock, "GET", path);
  const { body } = await ask(mock, "GET", path);
  expect(body).toMatchObject({
    state: "DONE",
    interfaceEndpointId: expect.any(String),
    providerAccountId: expect.any(String),
  });
  expect(body.interfaceEndpointName).toContain(body._id);
});

test("The service reads the region of MSK from the ARN", async () => {
  const mock = await mockFor({ auth: "any" });
  const arn = "arn:aws:kafka:eu-west-3:123456789012:cluster/orders/1";
  const { body } = await ask(mock, "GET", await make(mock, { ...msk, arn }));
  expect(body).toMatchObject({ region: "eu-west-3", dnsDomain: expect.stringContaining("eu-west-3") });
});

test("Names are taken in any case and read back in upper case, and no vendor is GENERIC", async () => {
  const mock = await mockFor({ auth: "any" });
  const body = {
    provider: "Azure",
    region: "US_EAST_2",
    dnsDomain: "sample.servicebus.windows.net",
    serviceEndpointId: "/subscriptions/1",
  };
  const made = await ask(mock, "POST", listPath, { body });
  expect(made.body).toEqual({ _id: made.body._id, ...body });
  const read = await ask(mock, "GET", `${listPath}/${made.body._id}`);
  expect(read.body).toEqual({ _id: made.body._id, ...body, provider: "AZURE", vendor: "GENERIC", state: "IDLE" });
});

test("Deleting is accepted, takes a while, and ends in 404", async () => {
  const mock = await mockFor({ auth: "any" });
  const path = await make(mock);
  expect(await ask(mock, "DELETE", path)).toMatchObject({ status: 202, text: "{}" });
  expect(await states(mock, path, 4)).toEqual(["DELETE_REQUESTED", "DELETING", 404, 404]);
  expect(await ask(mock, "DELETE", path)).toMatchObject({ status: 404, body: { errorCode: "RESOURCE_NOT_FOUND" } });
});

test("Deleting twice does not begin again", async () => {
  const mock = await mockFor({ auth: "any" });
  const path = await make(mock);
  await ask(mock, "DELETE", path);
  expect(await states(mock, path, 1)).toEqual(["DELETE_REQUESTED"]);
  expect((await ask(mock, "DELETE", path)).status).toBe(202);
  expect(await states(mock, path, 2)).toEqual(["DELETING", 404]);
});

test("The same endpoint twice is refused, until the first is gone", async () => {
  const mock = await mockFor({ auth: "any", scenario: { deleted: [{ state: null }] } });
  const path = await make(mock);
  const twice = await ask(mock, "POST", listPath, { body: { ...msk, vendor: "msk" } });
  expect(twice).toMatchObject({ status: 400, body: { errorCode: "STREAM_PRIVATE_LINK_ALREADY_EXISTS" } });
  await make(mock, { ...msk, arn: `${msk.arn}-other` });
  await ask(mock, "DELETE", path);
  await make(mock);
});

test("A project knows nothing of another", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  await make(mock);
  const other = listPath.replace("32b6e34b3d91647abb20e7b8", "bbbbbbbbbbbbbbbbbbbbbbbb");
  expect((await ask(mock, "GET", other)).body.totalCount).toBe(0);
  expect((await ask(mock, "POST", other, { body: msk })).status).toBe(200);
});

test("A Confluent Enterprise cluster waits for its domain, which an update sets once", async () => {
  const mock = await mockFor({ auth: "any" });
  const path = await make(mock, {
    provider: "AWS",
    vendor: "CONFLUENT",
    region: "us-east-1",
    serviceEndpointId: "vpce-svc-1",
    dnsSubDomain: [],
  });
  expect(await states(mock, path, 4)).toEqual(["IDLE", "IDLE", "IDLE", "IDLE"]);
  const body = { dnsDomain: "ap1.us-east-1.aws.accesspoint.confluent.cloud" };
  expect(await ask(mock, "PATCH", path, { body })).toMatchObject({ status: 200, body: { ...body, state: "WORKING" } });
  expect(await states(mock, path, 2)).toEqual(["WORKING", "DONE"]);
  const { status, body: refusal } = await ask(mock, "PATCH", path, { body });
  expect([status, refusal.errorCode]).toEqual([400, "VALIDATION_ERROR"]);
});

test("What is being deleted cannot be updated, and what is gone neither", async () => {
  const mock = await mockFor({ auth: "any" });
  const path = await make(mock);
  await ask(mock, "DELETE", path);
  expect((await ask(mock, "PATCH", path, { body: { dnsDomain: "sample.example" } })).status).toBe(409);
  await states(mock, path, 3);
  expect((await ask(mock, "PATCH", path, { body: { dnsDomain: "sample.example" } })).status).toBe(404);
});

test("A scenario decides by number of reads, in lists as well", async () => {
  const created = [{ state: "IDLE", reads: 3 }, { state: "SOMETHING_NEW", reads: 1 }, { state: "DONE" }];
  const mock = await mockFor({ auth: "any", connections: [], scenario: { created } });
  const path = await make(mock);
  await ask(mock, "GET", listPath);
  await ask(mock, "GET", listPath);
  expect(await states(mock, path, 3)).toEqual(["IDLE", "SOMETHING_NEW", "DONE"]);
});

test("A scenario decides by time", async () => {
  const clock = movingClock();
  const mock = await mockFor({ auth: "any", clock, scenario: { pace: { ms: 60_000 } } });
  const path = await make(mock);
  expect(await states(mock, path, 3)).toEqual(["IDLE", "IDLE", "IDLE"]);
  clock.move(60_000);
  expect(await states(mock, path, 1)).toEqual(["WORKING"]);
  clock.move(59_999);
  expect(await states(mock, path, 1)).toEqual(["WORKING"]);
  clock.move(1);
  expect(await states(mock, path, 1)).toEqual(["DONE"]);
  await ask(mock, "DELETE", path);
  clock.move(120_000);
  expect(await states(mock, path, 1)).toEqual([404]);
});

test("Some fail, with their message, and only those", async () => {
  const mock = await mockFor({
    auth: "any",
    scenario: { lives: [{ of: { vendor: "msk" }, nth: 2, fails: "No such cluster." }] },
  });
  const first = await make(mock);
  const second = await make(mock, { ...msk, arn: `${msk.arn}-2` });
  expect(await states(mock, first, 3)).toEqual(["IDLE", "WORKING", "DONE"]);
  expect(await states(mock, second, 2)).toEqual(["IDLE", "WORKING"]);
  expect((await ask(mock, "GET", second)).body).toMatchObject({ state: "FAILED", errorMessage: "No such cluster." });
  await ask(mock, "DELETE", second);
  expect((await ask(mock, "GET", second)).body).not.toHaveProperty("errorMessage");
});

test("One fails at the end of the steps that are told for all, or beside it; steps of its own are as they are told", async () => {
  const created = [{ state: "IDLE", reads: 1 }, { state: "DONE" }];
  const mock = await mockFor({
    auth: "any",
    scenario: {
      created,
      lives: [
        { nth: 1, fails: "No such cluster." },
        { nth: 2, fails: "No such service.", created: [{ state: "WORKING", reads: 1 }, { state: "DONE" }] },
      ],
    },
  });
  expect(await states(mock, await make(mock), 2)).toEqual(["IDLE", "FAILED"]);
  const second = await make(mock, { ...msk, arn: `${msk.arn}-2` });
  expect(await states(mock, second, 2)).toEqual(["WORKING", "FAILED"]);
  expect((await ask(mock, "GET", second)).body).toMatchObject({ errorMessage: "No such service." });
  expect(await states(mock, await make(mock, { ...msk, arn: `${msk.arn}-3` }), 2)).toEqual(["IDLE", "DONE"]);
  mock.setScenario({ fails: "No.", lives: [{ created }] });
  expect(await states(mock, await make(mock, { ...msk, arn: `${msk.arn}-4` }), 2)).toEqual(["IDLE", "DONE"]);
});

test("A connection may not be there yet just after it was made, for a read and for a list alike", async () => {
  const mock = await mockFor({
    auth: "any",
    connections: [],
    scenario: { created: [{ state: null, reads: 2 }, { state: "DONE" }] },
  });
  const path = await make(mock);
  expect((await ask(mock, "GET", listPath)).body.totalCount).toBe(0);
  expect(await states(mock, path, 2)).toEqual([404, "DONE"]);
  expect((await ask(mock, "GET", listPath)).body.totalCount).toBe(1);
});

test("A connection in use cannot be deleted, as often or as long as the scenario says", async () => {
  const mock = await mockFor({ auth: "any", scenario: { inUse: 1 } });
  const path = await make(mock);
  const id = path.slice(listPath.length + 1);
  expect(await ask(mock, "DELETE", path)).toMatchObject({
    status: 400,
    body: {
      errorCode: "STREAM_PRIVATE_LINK_IN_USE",
      parameters: [id],
      detail: `Private Link with connection ID (${id}) is in use.`,
    },
  });
  expect((await ask(mock, "DELETE", path)).status).toBe(202);
});

test("Without given connections the description's examples are in every project, and so is any id", async () => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "GET", listPath)).body.totalCount).toBeGreaterThan(10);
  expect((await ask(mock, "GET", connectionPath)).body).toMatchObject({
    _id: "66f0c1d2e3a4b5c6d7e8f901",
    state: "DONE",
  });
  expect((await ask(mock, "PATCH", connectionPath, { body: { dnsDomain: "sample.example" } })).status).toBe(200);
  const stranger = `${listPath}/abcdefabcdefabcdefabcdef`;
  expect((await ask(mock, "GET", stranger)).body).toMatchObject({ _id: "abcdefabcdefabcdefabcdef", state: "DONE" });
  await ask(mock, "DELETE", stranger);
  expect(await states(mock, stranger, 3)).toEqual(["DELETE_REQUESTED", "DELETING", 404]);
});

test("With given connections there are just these", async () => {
  const given = { _id: "aaaaaaaaaaaaaaaaaaaaaaaa", ...msk, state: "WORKING" };
  const mock = await mockFor({ auth: "any", connections: [given] });
  expect((await ask(mock, "GET", listPath)).body).toMatchObject({ totalCount: 1, results: [given] });
  expect(await states(mock, `${listPath}/aaaaaaaaaaaaaaaaaaaaaaaa`, 2)).toEqual(["WORKING", "WORKING"]);
  expect(await ask(mock, "GET", connectionPath)).toMatchObject({
    status: 404,
    body: { errorCode: "RESOURCE_NOT_FOUND" },
  });
});

test("A given connection can have a project, a life, or all of its life before it", async () => {
  const groupId = "bbbbbbbbbbbbbbbbbbbbbbbb";
  const mock = await mockFor({
    auth: "any",
    connections: [
      { _id: "aaaaaaaaaaaaaaaaaaaaaaaa", ...msk, life: [{ state: "DELETING", reads: 1 }, { state: null }] },
      { _id: "cccccccccccccccccccccccc", ...msk },
      { _id: "dddddddddddddddddddddddd", ...msk, state: "DONE", groupId },
    ],
  });
  expect(await states(mock, `${listPath}/aaaaaaaaaaaaaaaaaaaaaaaa`, 2)).toEqual(["DELETING", 404]);
  expect(await states(mock, `${listPath}/cccccccccccccccccccccccc`, 3)).toEqual(["IDLE", "WORKING", "DONE"]);
  expect(await states(mock, `${listPath}/dddddddddddddddddddddddd`, 1)).toEqual([404]);
  expect(await states(mock, `${listPath.replace(/[a-f0-9]{24}/, groupId)}/dddddddddddddddddddddddd`, 1)).toEqual([
    "DONE",
  ]);
});

test("A connection that the service could not give is refused before anything starts", async () => {
  await expect(mockFor({ connections: [{ _id: "no id", provider: "AWS" }] })).rejects.toThrow(
    /^connections\[0\] is not one that the service could give: .*_id must match pattern/,
  );
});

test("What is saved goes on elsewhere where it was left", async () => {
  const clock = movingClock();
  const first = await mockFor({
    auth: "any",
    connections: [],
    scenario: { created: [{ state: "IDLE", reads: 2 }, { state: "WORKING", ms: 1000 }, { state: "DONE" }] },
    clock,
  });
  const path = await make(first);
  await ask(first, "GET", path);
  const saved = JSON.parse(JSON.stringify(first.state.save()));
  const second = await mockFor({ auth: "any", connections: saved, clock });
  expect(await states(second, path, 2)).toEqual(["IDLE", "WORKING"]);
  clock.move(600);
  const third = await mockFor({ auth: "any", clock });
  await third.state.load(JSON.parse(JSON.stringify(second.state.save())));
  expect(await states(third, path, 1)).toEqual(["WORKING"]);
  clock.move(400);
  expect(await states(third, path, 1)).toEqual(["DONE"]);
});

test("The same seed makes the same ids", async () => {
  const ids = await Promise.all([1, 1, 2].map(async (seed) => make(await mockFor({ auth: "any", seed }))));
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});
