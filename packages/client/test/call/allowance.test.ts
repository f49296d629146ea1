import { describe, expect, test } from "vitest";
import { Allowance } from "../../src/call/allowance.js";

/** An allowance after answers that say so much is left, or nothing, each to the only request under way. */
function after(...remaining: readonly (number | undefined)[]): Allowance {
  const allowance = new Allowance();
  for (const left of remaining) answer(allowance, left);
  return allowance;
}

function answer(allowance: Allowance, remaining?: number): void {
  allowance.sent(1);
  allowance.answered(remaining, 0);
}

describe("before anybody has said what is left", () => {
  test.each([
    [0, 1],
    [1, 2],
    [8, 9],
    [9, 10],
    [10, 10.2],
    [100, 12],
    [500, 20],
  ])("after %i answers there is room for %d: quickly more to ten, then slowly", (answers, room) => {
    const allowance = after(...Array.from({ length: answers }, () => undefined));
    expect(allowance.room).toBeCloseTo(room);
    expect(allowance.isKnown).toBe(false);
  });

  test("the requests need to keep no distance", () => {
    expect(after().intervalMs(1000)).toBe(0);
  });
});

describe("what the answers say is left", () => {
  test.each([
    ["all of it is this client's where the bucket sinks by its requests alone", [100, 99, 98], 98, 10],
    ["a third of it is, where it sinks by five at one request, and by one at the one before", [100, 95], 31, 30],
    ["less and less of it, the longer that goes on", [100, 95, 90], 24, 36.7],
    ["an answer that does not say is one that has taken little", [100, 95, undefined], 47, 20],
    ["a bucket that sinks by less than the own requests has no more for it", [100, 100, 100], 100, 10],
    ["an answer that says a little more was overtaken", [100, 90, 91], 24, 36.7],
    ["one more than all that were answered is no other client", [8, 1, ...Array(5).fill(undefined)], 1, 142.9],
    ["nothing is nothing", [0], 0, 0],
  ])("%s", (_name, remaining, room, intervalMs) => {
    const allowance = after(...remaining);
    expect(allowance.isKnown).toBe(true);
    expect(allowance.room).toBe(room);
    expect(allowance.intervalMs(1000)).toBeCloseTo(intervalMs, 1);
  });

  test("is not yet another refill where requests under way may have overtaken each other", () => {
    const allowance = new Allowance();
    for (const underWay of [1, 2, 3, 2]) allowance.sent(underWay);
    allowance.answered(10, 2);
    allowance.answered(13, 1); // as much as three may be out of order
    expect(allowance.room).toBe(10);
    allowance.answered(14, 1);
    expect(allowance.room).toBe(14);
    allowance.answered(15, 0); // one was under way at that refill
    expect(allowance.room).toBe(14);
    allowance.answered(16, 0);
    expect(allowance.room).toBe(16);
  });

  test("is a refill sooner where a request is alone, whoever was under way before", () => {
    const allowance = new Allowance();
    for (const underWay of [1, 2, 3]) allowance.sent(underWay);
    allowance.answered(10, 0);
    answer(allowance, 12);
    expect(allowance.room).toBe(12);
  });
});

describe("after a refill", () => {
  test("one request goes alone, and what the others took before is taken for what they will take", () => {
    const allowance = after(100, 90);
    allowance.refilled(0);
    expect(allowance.isKnown).toBe(false);
    expect(allowance.room).toBe(1);
    answer(allowance, 100);
    expect(allowance.room).toBe(18);
    expect(allowance.intervalMs(1000)).toBe(55);
  });

  test("that an answer has shown, the same holds", () => {
    expect(after(100, 90, 100).intervalMs(1000)).toBeCloseTo(36.7, 1);
  });

  test("as many may go as were answered between the two before, where nobody says what is left; but one always", () => {
    const allowance = after(undefined, undefined); // since when, nobody knows
    allowance.refilled(0);
    for (const _ of [1, 2, 3]) answer(allowance);
    expect(allowance.room).toBe(4);
    allowance.refilled(0);
    expect(allowance.room).toBe(1);
    const rooms = [1, 2, 3, 4].map(() => {
      answer(allowance);
      return allowance.room;
    });
    expect(rooms).toEqual([2, 1, 1, 1]);
  });

  test("a second one that nobody made use of changes nothing", () => {
    const allowance = after();
    allowance.refilled(0);
    for (const _ of [1, 2, 3]) answer(allowance);
    allowance.refilled(0);
    allowance.refilled(0);
    answer(allowance);
    expect(allowance.room).toBe(2);
  });
});
