import { channel } from "node:diagnostics_channel";
import { setTimeout as realTime } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type JumpingClock, jumpingClock } from "../src/index.js";

function clockFor(start?: number): JumpingClock {
  const clock = jumpingClock(start);
  onTestFinished(() => clock.stop());
  return clock;
}

const requests = channel("atlas-streams:request");
const responses = channel("atlas-streams:response");

test("It jumps to what is due, in the order in which it is due", async () => {
  const clock = clockFor(0);
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.now()]);
  clock.schedule(note("hour"), 3_600_000);
  clock.schedule(note("minute"), 60_000);
  clock.schedule(note("never"), 1000)();
  await expect
    .poll(() => seen)
    .toEqual([
      ["minute", 60_000],
      ["hour", 3_600_000],
    ]);
});

test("It stands still while a request is under way, and of others it knows nothing", async () => {
  const earlier = {};
  requests.publish(earlier);
  const clock = clockFor(0);
  const request = {};
  requests.publish(request);
  let isDue = false;
  clock.schedule(() => (isDue = true), 1000);
  responses.publish({ request: earlier });
  await realTime(30);
  expect([isDue, clock.now()]).toEqual([false, 0]);
  responses.publish({ request });
  await expect.poll(() => isDue).toBe(true);
  expect(clock.now()).toBe(1000);
});

test("When it is stopped it stands still, and listens no more", async () => {
  const clock = jumpingClock(0);
  let isDue = false;
  clock.schedule(() => (isDue = true), 1000);
  clock.stop();
  await realTime(30);
  expect([isDue, clock.now(), requests.hasSubscribers]).toEqual([false, 0, false]);
});
