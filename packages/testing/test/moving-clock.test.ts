import { expect, test } from "vitest";
import { startClock } from "../src/index.js";

test("lets timers fire in the order of their moments, and of their setting where these are the same", () => {
  const clock = startClock();
  const fired: number[] = [];
  const delays = [30, 10, 20, 10, 0, 30];
  for (const [index, delayMs] of delays.entries()) clock.schedule(() => fired.push(index), delayMs);
  clock.advance(100);
  expect(fired).toEqual([4, 1, 3, 2, 0, 5]);
  expect(clock.pending).toBe(0);
});

test("does not let a timer fire that was called off, nor one whose moment has not come", () => {
  const clock = startClock();
  const fired: string[] = [];
  const callOff = clock.schedule(() => fired.push("called off"), 10);
  clock.schedule(() => fired.push("too early"), 101);
  callOff();
  clock.advance(100);
  expect(fired).toEqual([]);
  expect(clock.pending).toBe(1);
});

test("has timers fire at their own moments, and late after it has overslept", () => {
  const clock = startClock();
  const startedAt = clock.monotonic();
  const firedAt: number[] = [];
  const note = () => firedAt.push(clock.monotonic() - startedAt);
  clock.schedule(note, 10);
  clock.schedule(note, 200);
  clock.advance(100);
  clock.oversleep(900);
  expect(firedAt).toEqual([10, 1000]);
});

test("has no timer notice that the time of day was set", () => {
  const clock = startClock();
  const before = { now: clock.now(), monotonic: clock.monotonic() };
  let fired = false;
  clock.schedule(() => {
    fired = true;
  }, 1000);
  clock.setTimeOfDay(3_600_000);
  clock.advance(999);
  expect(fired).toBe(false);
  expect(clock.now() - before.now).toBe(3_600_999);
  expect(clock.monotonic() - before.monotonic).toBe(999);
});

test("moves until a promise has settled, and says so where nothing can settle it", async () => {
  const clock = startClock();
  await clock.until(new Promise<void>((resolve) => clock.schedule(resolve, 3_600_000)));
  await expect(clock.until(new Promise(() => {}))).rejects.toThrow("nothing is scheduled");
});
