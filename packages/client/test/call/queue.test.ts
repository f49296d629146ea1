import { rejection, startClock } from "@atlas-streams/testing";
import { expect, test } from "vitest";
import { Limit } from "../../src/call/limit.js";
import { Queue } from "../../src/call/queue.js";

const noTime = new Error("There is no time left.");
const aLimit = (limitMs = 60_000, clock = startClock()) => new Limit(clock, undefined, limitMs, () => noTime);

test("as many enter as there are places, and one more as soon as one has left", () => {
  const queue = new Queue(2);
  const enter = () => queue.tryEnter();
  expect([enter(), enter(), enter(), enter()]).toEqual([true, true, false, false]);
  queue.leave();
  expect([enter(), enter()]).toEqual([true, false]);
});

test("who leaves gives the place to the one who has waited longest, and not to who comes then", async () => {
  const queue = new Queue(1);
  queue.tryEnter();
  const done: string[] = [];
  const waits = ["first", "second"].map((name) => queue.wait(aLimit()).then(() => done.push(name)));
  queue.leave();
  expect(queue.tryEnter()).toBe(false);
  await waits[0];
  expect(done).toEqual(["first"]);
  queue.leave();
  await waits[1];
  queue.leave();
  expect(queue.tryEnter()).toBe(true);
});

test("who has no time left waits no longer, and takes no place from the others", async () => {
  const queue = new Queue(1);
  const clock = startClock();
  queue.tryEnter();
  const hasty = rejection(queue.wait(aLimit(1000, clock)));
  const patient = queue.wait(aLimit(60_000, clock));
  clock.advance(1000);
  expect(await hasty).toBe(noTime);
  queue.leave();
  await patient;
  queue.leave();
  expect([queue.tryEnter(), queue.tryEnter()]).toEqual([true, false]);
});

test("who has a place keeps it when the time is over, and has to leave like everybody", async () => {
  const queue = new Queue(1);
  const clock = startClock();
  queue.tryEnter();
  const waiting = queue.wait(aLimit(1000, clock));
  queue.leave();
  clock.advance(1000);
  await waiting;
  expect(queue.tryEnter()).toBe(false);
  queue.leave();
  expect(queue.tryEnter()).toBe(true);
});
