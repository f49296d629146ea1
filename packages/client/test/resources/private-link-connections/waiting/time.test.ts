import { rejection } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { atFirst, groupId, idOf, inTurn } from "./service.js";
import { startWorld } from "./world.js";

const hour = 3_600_000;
const connectionId = idOf(1);
const parameters = { groupId, connectionId };
const pending = { [connectionId]: inTurn("IDLE") };

describe.each([
  ["back", -hour],
  ["forward", hour],
  ["back by years", -10 * 365 * 24 * hour],
])("with the time of day set %s during a wait", (_how, byMs) => {
  test("the looks go on at their pace", async () => {
    const { clock, connections, service } = await startWorld(pending);
    const wait = rejection(connections.waitUntilDone(parameters, { timeoutMs: 10 * 60_000 }));
    await clock.pass(60_000);
    clock.setTimeOfDay(byMs);
    const before = service.looks.length;
    await clock.pass(5 * 60_000);
    expect(service.looks.length - before).toBeGreaterThanOrEqual(9);
    expect(service.looks.length - before).toBeLessThanOrEqual(11);
    await clock.until(wait);
  });

  test("it is given up after its timeoutMs, and elapsedMs is the time that has passed", async () => {
    const { clock, connections } = await startWorld(pending);
    const startedAt = clock.monotonic();
    const elapsed: number[] = [];
    const wait = rejection(
      connections.waitUntilDone(parameters, {
        timeoutMs: 10 * 60_000,
        onProgress: ({ elapsedMs }) => elapsed.push(elapsedMs),
      }),
    );
    await clock.pass(60_000);
    clock.setTimeOfDay(byMs);
    expect(await clock.until(wait)).toMatchObject({ code: "WAIT_TIMEOUT" });
    expect(clock.monotonic() - startedAt).toBe(10 * 60_000);
    expect(elapsed).toEqual([...elapsed].sort((one, other) => one - other));
    expect(elapsed.at(-1)).toBeLessThanOrEqual(10 * 60_000);
  });

  test("a newcomer has its first look no later than usual", async () => {
    const { clock, connections, service } = await startWorld({ ...pending, [idOf(2)]: inTurn("DONE") });
    const first = rejection(connections.waitUntilDone(parameters, { timeoutMs: 10 * 60_000 }));
    await clock.pass(60_000);
    clock.setTimeOfDay(byMs);
    const startedAt = clock.monotonic();
    await clock.until(connections.waitUntilDone({ groupId, connectionId: idOf(2) }));
    expect(clock.monotonic() - startedAt).toBeLessThanOrEqual(2000);
    await service.stop();
    await clock.until(first);
  });

  test("a rest that the service asks for is as long as it asks", async () => {
    const { clock, connections, service } = await startWorld(pending);
    const body = { error: 429, errorCode: "RATE_LIMITED" };
    service.lookMeets({ fault: { kind: "answer", status: 429, headers: { "retry-after": "120" }, body }, nth: 1 });
    const wait = rejection(connections.waitUntilDone(parameters, { timeoutMs: 10 * 60_000 }));
    await clock.pass(1000);
    clock.setTimeOfDay(byMs);
    await clock.pass(110_000);
    expect(service.looks).toHaveLength(1);
    await clock.pass(20_000);
    expect(service.looks.length).toBeGreaterThan(1);
    await clock.until(wait);
  });
});

test("after a sleep of the machine a wait looks at once, and goes on", async () => {
  const { clock, connections } = await startWorld({ [connectionId]: atFirst(5 * 60_000, "WORKING", inTurn("DONE")) });
  const wait = connections.waitUntilDone(parameters, { timeoutMs: 24 * hour });
  await clock.pass(60_000);
  clock.oversleep(8 * hour);
  const wokenAt = clock.monotonic();
  await clock.until(wait);
  expect(clock.monotonic() - wokenAt).toBe(0);
});

test("a clock that knows no monotonic time is taken by its time of day", async () => {
  const { clock, connect } = await startWorld({ [connectionId]: inTurn("IDLE", "WORKING", "DONE") });
  const plain = { now: () => clock.now(), schedule: clock.schedule };
  await clock.until(connect({ clock: plain }).waitUntilDone(parameters));
});
