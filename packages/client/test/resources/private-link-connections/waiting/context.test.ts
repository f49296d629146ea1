import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { runInNewContext } from "node:vm";
import { outcomeOf } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { groupId, idOf, inTurn, pageOf } from "./service.js";
import { startWorld } from "./world.js";

const tenant = new AsyncLocalStorage<string>();
const tenants = ["one", "two", "three"];
const story = inTurn("IDLE", "WORKING", "DONE");

/** Waits for one connection of each tenant at the same time, each in its tenant's context. */
async function waitForAll(hear: (tenantName: string) => void) {
  const world = await startWorld(Object.fromEntries(tenants.map((_, index) => [idOf(index + 1), story])));
  const waits = tenants.map((name, index) =>
    tenant.run(name, () =>
      world.connections.waitUntilDone({ groupId, connectionId: idOf(index + 1) }, { onProgress: () => hear(name) }),
    ),
  );
  await world.clock.until(Promise.all(waits));
}

/** Notes who is being served when something is published, until the test has finished. */
function noteTenants(channel: string, nameOf: (message: unknown) => unknown) {
  const noted: unknown[][] = [];
  const note = (message: unknown) => noted.push([nameOf(message), tenant.getStore()]);
  subscribe(channel, note);
  onTestFinished(() => void unsubscribe(channel, note));
  return noted;
}

test("waits that share their looks have each onProgress called in its own caller's context", async () => {
  const heard: unknown[][] = [];
  await waitForAll((name) => heard.push([name, tenant.getStore()]));
  expect(heard).toHaveLength(9);
  for (const [name, store] of heard) expect(store).toBe(name);
});

test("and are told of on the wait channel in their callers' contexts, too", async () => {
  const noted = noteTenants("atlas-streams:wait", (message) => (message as { connectionId: string }).connectionId);
  await waitForAll(() => {});
  expect(noted).toHaveLength(9);
  for (const [id, store] of noted) expect(store).toBe(tenants[Number.parseInt(String(id), 16) - 1]);
});

test("what follows a wait runs in its caller's context", async () => {
  const { clock, connections } = await startWorld({ [idOf(1)]: story, [idOf(2)]: story });
  const stores = ["one", "two"].map((name, index) =>
    tenant.run(name, async () => {
      await connections.waitUntilDone({ groupId, connectionId: idOf(index + 1) });
      return tenant.getStore();
    }),
  );
  expect(await clock.until(Promise.all(stores))).toEqual(["one", "two"]);
});

test("the requests of a wait that is alone are made in its caller's context, even where another began the looks", async () => {
  const { clock, connections } = await startWorld({
    [idOf(1)]: inTurn("DONE"),
    [idOf(2)]: inTurn("IDLE", "IDLE", "DONE"),
  });
  const noted = noteTenants("atlas-streams:request", (message) => (message as { operationId: string }).operationId);
  const waits = ["one", "two"].map((name, index) =>
    tenant.run(name, () => connections.waitUntilDone({ groupId, connectionId: idOf(index + 1) })),
  );
  await clock.until(Promise.all(waits));
  const alone = noted.filter(([operationId]) => operationId === "getGroupStreamPrivateLinkConnection");
  expect(alone).toHaveLength(2);
  for (const [, store] of alone) expect(store).toBe("two");
});

test("a connection that the list leaves out is read by itself in the context of who waits for it", async () => {
  const { clock, connections, service } = await startWorld({ [idOf(1)]: story, [idOf(2)]: story });
  service.lookMeets({ fault: pageOf({ [idOf(1)]: "WORKING" }), path: "pageNum=1", nth: 2 });
  const heard: unknown[] = [];
  const waits = ["one", "two"].map((name, index) =>
    tenant.run(name, () =>
      connections.waitUntilDone(
        { groupId, connectionId: idOf(index + 1) },
        { onProgress: () => heard.push(tenant.getStore() === name) },
      ),
    ),
  );
  await clock.until(Promise.all(waits));
  expect(heard).toEqual(heard.map(() => true));
});

describe("an onProgress that gives back a promise of another kind", () => {
  const reason = new Error("The caller has changed its mind.");
  type Then = (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void;
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what the test is about
  const thenable = (target: object, then: Then) => Object.defineProperty(target, "then", { value: then });
  const promises: Record<string, () => unknown> = {
    "of another realm": () => runInNewContext("Promise").reject(reason),
    "of a library": () => thenable({}, (_resolve, reject) => setImmediate(reject, reason)),
    "that is a function": () =>
      thenable(
        () => {},
        (_resolve, reject) => reject(reason),
      ),
    "whose then throws": () =>
      thenable({}, () => {
        throw reason;
      }),
  };

  test.each(Object.keys(promises))("%s ends its wait where it rejects, and is not unhandled", async (kind) => {
    const { clock, connections } = await startWorld({ [idOf(1)]: inTurn("IDLE", "WORKING", "DONE") });
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const onProgress = () => promises[kind]?.();
    const wait = outcomeOf(connections.waitUntilDone({ groupId, connectionId: idOf(1) }, { onProgress }));
    expect(await clock.until(wait)).toEqual({ status: "rejected", reason });
    await clock.quiet();
    expect(unhandled).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test("that resolves does not matter", async () => {
    const { clock, connections } = await startWorld({ [idOf(1)]: inTurn("IDLE", "DONE") });
    const onProgress = () => runInNewContext("Promise").resolve(7);
    await clock.until(connections.waitUntilDone({ groupId, connectionId: idOf(1) }, { onProgress }));
  });
});
