import { describe, expect, test } from "vitest";
import { answer, minute, passExactly, refusal, second, start, success, type World } from "./gate-world.js";

describe("a gate at which nothing is known of the limit", () => {
  test("lets one pass, and the next when that has left", async () => {
    const world = start();
    expect([world.come("first"), world.come("next")]).toEqual([true, false]);
    await world.clock.quiet();
    expect(world.passed).toEqual(["first"]);
    answer(world);
    await world.clock.quiet();
    expect(world.passed).toEqual(["first", "next"]);
  });

  test("counts those that were under way before it was put up", async () => {
    const world = start({ underWay: 2 });
    expect(world.come("first")).toBe(false);
    world.gate.leave();
    await world.clock.quiet();
    expect(world.passed).toEqual([]);
    world.gate.leave();
    await world.clock.quiet();
    expect(world.passed).toEqual(["first"]);
  });

  test("lets nobody pass who comes while others wait", async () => {
    const world = start({ underWay: 1 });
    world.come("first");
    world.come("next");
    world.gate.leave();
    expect(world.come("last")).toBe(false);
    await world.clock.quiet();
    expect(world.passed).toEqual(["first"]);
  });
});

describe("a gate that knows what is left", () => {
  test("lets so many be under way, and no more than the client has places", () => {
    const [roomy, small] = [start({ underWay: 1 }), start({ underWay: 1, places: 2 })];
    for (const world of [roomy, small]) answer(world, success(3));
    const four = ["a", "b", "c", "d"];
    expect(four.map((name) => roomy.come(name))).toEqual([true, true, true, false]);
    expect(four.map((name) => small.come(name))).toEqual([true, true, false, false]);
  });

  test("lets one find out, where nothing is left and nobody has said when there will be more", async () => {
    const world = start({ underWay: 2 });
    answer(world, success(0));
    expect([world.come("first"), world.come("next")]).toEqual([false, false]);
    world.gate.leave();
    await world.clock.quiet();
    expect(world.passed).toEqual(["first"]);
    answer(world, success(0));
    await world.clock.quiet();
    expect(world.passed).toEqual(["first", "next"]);
  });

  test("waits for the next refill, where nothing is left and the service has said how often there is one", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(10, 60));
    for (const name of ["first", "next", "last"]) world.come(name);
    await world.clock.pass(10 * second);
    answer(world, success(0));
    await world.clock.quiet();
    expect(world.passed).toEqual(["first"]);
    expect(await passExactly(world, minute)).toEqual([["first"], ["first", "next"]]);
    await world.clock.pass(65 * second); // a refill has gone by
    answer(world, success(0));
    expect(await passExactly(world, 55 * second)).toEqual([
      ["first", "next"],
      ["first", "next", "last"],
    ]);
  });
});

describe("the distance between requests", () => {
  /** The first after a refusal has shown that there are a hundred; then three come. */
  async function startWithHundred(waitSeconds: number, refillSeconds?: number): Promise<World> {
    const world = start({ underWay: 1 });
    answer(world, refusal(waitSeconds, refillSeconds));
    await world.clock.pass(waitSeconds * second);
    world.come("shows");
    answer(world, success(100));
    world.passed.length = 0;
    for (const name of ["a", "b", "c"]) world.come(name);
    return world;
  }

  test.each([
    ["a twelfth of the time between two refills", 60, 12, 10],
    ["a twelfth of the wait, where nobody has said how often there is a refill", 24, undefined, 20],
    ["five seconds at most", 60, 600, 50],
  ])("lets the client spend its share in %s", async (_name, wait, refill, apartMs) => {
    const world = await startWithHundred(wait, refill);
    expect(world.passed).toEqual(["a"]);
    expect(await passExactly(world, apartMs)).toEqual([["a"], ["a", "b"]]);
    expect(await passExactly(world, apartMs)).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
    ]);
  });

  test("is kept after a pause, too", async () => {
    const world = await startWithHundred(60, 12);
    await world.clock.pass(second);
    expect([world.come("later"), world.come("and the next")]).toEqual([true, false]);
    expect(await passExactly(world, 10)).toEqual([
      ["a", "b", "c", "later"],
      ["a", "b", "c", "later", "and the next"],
    ]);
  });

  test("is no reason to refuse a call at once, whatever time that has", async () => {
    const world = await startWithHundred(60, 12);
    expect(world.come("hasty", { deadlineMs: 5 })).toBe(false);
    await world.clock.quiet();
    expect(world.refused).toEqual({});
    await world.clock.pass(5);
    expect(world.refused.hasty).toMatchObject({ code: "TIMEOUT" });
  });
});

describe("a gate is needed", () => {
  test("as long as somebody is under way or waits", async () => {
    const world = start();
    expect(world.gate.isNeeded).toBe(false);
    world.come("first");
    expect(world.gate.isNeeded).toBe(true);
    world.come("next");
    world.gate.leave();
    expect(world.gate.isNeeded).toBe(true);
    world.gate.leave();
    expect(world.gate.isNeeded).toBe(false);
  });

  test.each([
    ["a minute after the last answer", success(5), minute],
    ["the time between two refills, where the service has told", refusal(10, 300), 300 * second],
    ["as long as it is shut", refusal(900, 60), 900 * second],
  ])("for %s", async (_name, given, expected) => {
    const world = start({ underWay: 1 });
    answer(world, given);
    await world.clock.pass(expected - 1);
    expect(world.gate.isNeeded).toBe(true);
    await world.clock.pass(1);
    expect(world.gate.isNeeded).toBe(false);
  });
});
