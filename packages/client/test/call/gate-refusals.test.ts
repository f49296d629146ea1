import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Answer } from "../../src/call/layer.js";
import { answer, hour, minute, passExactly, refusal, second, start, success } from "./gate-world.js";

function drawing(random: number): void {
  const spy = vi.spyOn(Math, "random").mockReturnValue(random);
  onTestFinished(() => spy.mockRestore());
}

describe("after a refusal", () => {
  test("nobody passes before the time is over, one goes then, and the others when that has shown what there is", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(60));
    const names = ["first", "next", "last"];
    expect(names.map((name) => world.come(name))).toEqual([false, false, false]);
    expect(await passExactly(world, minute)).toEqual([[], ["first"]]);
    answer(world, success(1000));
    await world.clock.pass(5 * second);
    expect(world.passed).toEqual(names);
  });

  test("who comes when the time is over passes at once", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(60));
    await world.clock.pass(minute);
    expect([world.come("first"), world.come("next")]).toEqual([true, false]);
  });

  test("what was known of the allowance before holds no longer", async () => {
    const world = start({ underWay: 1 });
    world.gate.learn(success(1000));
    answer(world, refusal(60));
    await world.clock.pass(minute);
    expect([world.come("first"), world.come("next")]).toEqual([true, false]);
  });

  test("a second one that asks for less shortens nothing, and one that asks for more counts", async () => {
    const world = start({ underWay: 3 });
    for (const seconds of [30, 10, 60]) answer(world, refusal(seconds));
    world.come("first");
    expect(await passExactly(world, minute)).toEqual([[], ["first"]]);
  });

  test.each([
    ["an hour is obeyed", 3600, hour],
    ["more than an hour is a mistake, and a minute has to do", 3601, minute],
  ])("%s", async (_name, seconds, expected) => {
    const world = start({ underWay: 1 });
    answer(world, refusal(seconds));
    world.come("first");
    expect(await passExactly(world, expected)).toEqual([[], ["first"]]);
  });

  test("the wait doubles up to its bound as long as nothing else is heard, where the service does not say how long", async () => {
    drawing(0);
    const world = start({ underWay: 1, retry: { baseDelayMs: 250, maxDelayMs: 800 } });
    const again = async (given: Answer, expected: number) => {
      world.passed.length = 0;
      answer(world, given);
      world.come("next");
      expect(await passExactly(world, expected)).toEqual([[], ["next"]]);
    };
    for (const expected of [250, 500, 800, 800]) await again(refusal(), expected);
    world.gate.learn(success());
    await again(refusal(), 250);
  });

  test("a random part of that wait comes on top of what the service says, so that not all come back at once", async () => {
    drawing(0.5);
    const world = start({ underWay: 1, retry: { baseDelayMs: 1000 } });
    answer(world, refusal(60));
    world.come("first");
    expect(await passExactly(world, minute + 500)).toEqual([[], ["first"]]);
    answer(world, refusal(60));
    world.come("next");
    expect(await passExactly(world, minute + 1000)).toEqual([["first"], ["first", "next"]]);
  });

  test("the refusals of requests that were under way together count as one, and draw once", async () => {
    drawing(0.5);
    const world = start({ underWay: 3, retry: { baseDelayMs: 1000 } });
    answer(world, refusal(60));
    drawing(0.9);
    for (const _ of [1, 2]) answer(world, refusal(60));
    world.come("first");
    expect(await passExactly(world, minute + 500)).toEqual([[], ["first"]]);
    answer(world, refusal());
    world.come("next");
    expect(await passExactly(world, 2000 + 1800)).toEqual([["first"], ["first", "next"]]);
  });

  test("of those that wait, the ones that were never sent go first, and the ones with few attempts left when the room is sure", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(60));
    world.come("repeated", {}, 2);
    world.come("fresh");
    world.come("fresh, too");
    await world.clock.pass(minute);
    expect(world.passed).toEqual(["fresh"]);
    answer(world, success(1000));
    await world.clock.pass(5 * second);
    expect(world.passed).toEqual(["fresh", "repeated", "fresh, too"]);
  });
});

describe("a call without the time to wait", () => {
  const sentence =
    "was not sent: the project is at its limit of requests for another 60 s, which is past the deadline of this call. Give it a longer deadlineMs, or call less often.";

  test("is told at once how long it would take, be it there before the refusal or after it", async () => {
    const world = start({ underWay: 2 });
    world.come("before", { deadlineMs: minute });
    world.come("with time", { deadlineMs: minute + 1 });
    answer(world, refusal(60));
    world.come("after", { deadlineMs: minute });
    await world.clock.quiet();
    expect(Object.keys(world.refused)).toEqual(["before", "after"]);
    for (const reason of Object.values(world.refused))
      expect(reason).toMatchObject({ code: "RATE_LIMIT", status: 429, retryAfterMs: minute });
    expect(String(world.refused.after)).toContain(sentence);
  });

  test("is told in whole seconds that are not too few", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(60));
    await world.clock.pass(500);
    world.come("first", { deadlineMs: second });
    await world.clock.quiet();
    expect(String(world.refused.first)).toContain("for another 60 s");
    expect(world.refused.first).toMatchObject({ retryAfterMs: 59_500 });
  });

  test("is let pass where there is room at once", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(60));
    await world.clock.pass(minute);
    expect(world.come("first", { deadlineMs: 1 })).toBe(true);
  });
});

describe("a call that ends while it waits", () => {
  test("rejects with what ended it, holds up nobody, and leaves no timer", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(60));
    const abort = new AbortController();
    world.come("aborted", { abort: abort.signal });
    abort.abort("no longer wanted");
    await world.clock.quiet();
    expect(world.refused).toEqual({ aborted: "no longer wanted" });
    expect(world.clock.pending).toBe(0);
    await world.clock.pass(minute);
    expect(world.come("next")).toBe(true);
  });

  test("leaves one timer for all the others", async () => {
    const world = start({ underWay: 1 });
    answer(world, refusal(60));
    for (const name of ["a", "b", "c"]) world.come(name);
    expect(world.clock.pending).toBe(4); // the deadlines of three, and the gate's own
  });
});
