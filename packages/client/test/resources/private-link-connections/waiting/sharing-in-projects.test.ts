import { rejection } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { NotFoundError } from "../../../../src/index.js";
import { atFirst, groupId, idOf, inTurn, type Look, otherGroupId, pageOf, problem, type Story } from "./service.js";
import { startWorld } from "./world.js";

const range = (count: number, from = 1) => Array.from({ length: count }, (_, index) => idOf(from + index));
const alike = (ids: readonly string[], story: Story) => Object.fromEntries(ids.map((id) => [id, story]));
/** What was looked at: a connection's number, or the list. */
const targets = (looks: readonly Look[]) =>
  looks.map(({ connectionId }) => (connectionId ? Number.parseInt(connectionId, 16) : "list"));

describe("in a project that does not exist", () => {
  const parametersOf = (connectionId: string) => ({ groupId: otherGroupId, connectionId });

  test.each([1, 3])("%i waits until done find nothing, once the service has had its time", async (count) => {
    const { clock, connections } = await startWorld();
    const startedAt = clock.now();
    const waits = range(count).map((connectionId) => connections.waitUntilDone(parametersOf(connectionId)));
    const outcomes = await clock.until(Promise.allSettled(waits));
    expect(outcomes).toMatchObject(
      Array(count).fill({ status: "rejected", reason: { code: "NOT_FOUND", errorCode: "GROUP_NOT_FOUND" } }),
    );
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(30_000);
  });

  test.each([1, 3])("%i waits until deleted find that it is so", async (count) => {
    const { clock, connections, service } = await startWorld();
    const waits = range(count).map((connectionId) => connections.waitUntilDeleted(parametersOf(connectionId)));
    await clock.until(Promise.all(waits));
    expect(service.looks).toHaveLength(1);
  });

  test.each([1, 3])("%i waits until deleted do not take a proxy's 404 for that", async (count) => {
    const { clock, connections, service } = await startWorld();
    service.lookMeets({
      fault: { kind: "answer", status: 404, body: "<html>", headers: { "content-type": "text/html" } },
    });
    const waits = range(count).map((connectionId) => connections.waitUntilDeleted(parametersOf(connectionId)));
    const outcomes = await clock.until(Promise.allSettled(waits));
    expect(outcomes).toMatchObject(Array(count).fill({ status: "rejected", reason: { code: "NOT_FOUND" } }));
  });
});

describe("just after create, side by side", () => {
  test("connections that are not on the list yet are waited for, without looks of their own", async () => {
    const { clock, connections, service } = await startWorld(
      alike(range(3), atFirst(3_500, null, inTurn({}, "IDLE", "DONE"))),
    );
    const waits = range(3).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
    await clock.until(Promise.all(waits));
    expect(targets(service.looks)).toEqual(Array(5).fill("list"));
  });

  test("one that is still not on the list after fifteen intervals is looked at alone, and not found", async () => {
    const { clock, connections, service } = await startWorld({
      ...alike(range(2), inTurn("WORKING")),
      [idOf(3)]: inTurn(null),
    });
    const company = Promise.allSettled(
      range(2).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }, { timeoutMs: 120_000 })),
    );
    const wait = rejection(connections.waitUntilDone({ groupId, connectionId: idOf(3) }));
    await clock.until(company);
    expect(await wait).toBeInstanceOf(NotFoundError);
    expect(targets(service.looks).filter((target) => target !== "list")).toEqual([3]);
  });

  test("one that the list has lost, but that can be read, is waited for", async () => {
    const { clock, connections, service } = await startWorld({
      [idOf(1)]: inTurn("IDLE", "WORKING", "DONE"),
      [idOf(2)]: inTurn("IDLE", "WORKING", "DONE"),
    });
    service.lookMeets({ fault: pageOf({ [idOf(1)]: "WORKING" }), path: "pageNum=1", nth: 2 });
    const waits = range(2).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
    await clock.until(Promise.all(waits));
    expect(targets(service.looks)).toEqual(["list", "list", 2, "list", 1]);
  });
});

describe("a project with more connections than a page holds", () => {
  const crowd = alike(range(1200, 1000), inTurn("DONE"));

  test("is read page by page, each page once a round", async () => {
    const { clock, connections, service } = await startWorld({ ...crowd, ...alike(range(2), inTurn("IDLE", "DONE")) });
    const waits = range(2).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
    await clock.until(Promise.all(waits));
    expect(service.looks.map(({ pageNum }) => pageNum)).toEqual([1, 2, 3, 1, 2, 3]);
  });

  test("has nobody declared gone who was only between two pages: a look of its own confirms it", async () => {
    const { clock, connections, service } = await startWorld({
      ...crowd,
      [idOf(1)]: inTurn("DELETING", "DELETING", null),
      [idOf(2)]: inTurn("DELETING", "DELETING", null),
    });
    const lastPage = Object.fromEntries([...Object.keys(crowd).slice(1000), idOf(1)].map((id) => [id, "DELETING"]));
    service.lookMeets({ fault: pageOf(lastPage, 1201), path: "pageNum=3", nth: 2 });
    const seen: (string | undefined)[] = [];
    const waits = [
      connections.waitUntilDeleted({ groupId, connectionId: idOf(1) }),
      connections.waitUntilDeleted({ groupId, connectionId: idOf(2) }, { onProgress: ({ state }) => seen.push(state) }),
    ];
    await clock.until(Promise.all(waits));
    const round = ["list", "list", "list"];
    expect(targets(service.looks)).toEqual([...round, ...round, 2, ...round, 2, 1]);
    expect(seen).toEqual(["DELETING", undefined, "DELETING", undefined, undefined]);
  });

  test("asks no further after a 429: neither for pages nor for single connections", async () => {
    const gone = range(10);
    const { clock, connections, service } = await startWorld({ ...crowd, ...alike(gone, inTurn(null)) });
    service.lookMeets({
      fault: { kind: "answer", status: 429, headers: { "retry-after": "100" }, body: { errorCode: "RATE_LIMITED" } },
      path: "privateLinkConnections/",
      nth: 1,
    });
    const waits = gone.map((connectionId) => connections.waitUntilDeleted({ groupId, connectionId }));
    await clock.until(Promise.all(waits));
    const pauses = service.gaps.filter((gap) => gap > 0);
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeGreaterThanOrEqual(100_000);
    expect(targets(service.looks)).toEqual([
      "list",
      "list",
      "list",
      1,
      "list",
      "list",
      "list",
      ...range(10).map((_, index) => index + 1),
    ]);
  });

  test("is looked at anew where a page fails", async () => {
    const { clock, connections, service } = await startWorld({ ...crowd, ...alike(range(2), inTurn("DONE")) });
    service.lookMeets({ fault: problem(500, "UNEXPECTED_ERROR"), nth: 2 });
    const waits = range(2).map((connectionId) => connections.waitUntilDone({ groupId, connectionId }));
    await clock.until(Promise.all(waits));
    expect(service.looks.map(({ pageNum }) => pageNum)).toEqual([1, 2, 1, 2, 3]);
  });
});
