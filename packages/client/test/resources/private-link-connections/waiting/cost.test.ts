import { expect, test } from "vitest";
import { atFirst, groupId, idOf, inTurn } from "./service.js";
import { startWorld } from "./world.js";

const crowds = [1, 50, 500];
const minute = 60_000;

/** How many requests it took to wait for so many connections of one project, made and then removed. */
async function countRequests(count: number) {
  const ids = Array.from({ length: count }, (_, index) => idOf(index + 1));
  // Stages of different length, so that the looks fall into each of them.
  const states = ["IDLE", "IDLE", ...Array(20).fill("WORKING"), "DONE"];
  const { clock, connections, service } = await startWorld(
    Object.fromEntries(ids.map((id) => [id, inTurn(...states)])),
  );
  await clock.until(Promise.all(ids.map((connectionId) => connections.waitUntilDone({ groupId, connectionId }))));
  const untilDone = service.looks.length;

  await service.has(
    Object.fromEntries(ids.map((id) => [id, inTurn("DELETE_REQUESTED", "DELETING", "DELETING", null)])),
  );
  await clock.until(Promise.all(ids.map((connectionId) => connections.waitUntilDeleted({ groupId, connectionId }))));
  return { connections: count, untilDone, untilDeleted: service.looks.length - untilDone };
}

test("waiting for many costs what waiting for one costs: one request a round", async () => {
  const counts = [];
  for (const count of crowds) counts.push(await countRequests(count));
  console.table(counts);
  for (const { untilDone, untilDeleted } of counts) expect([untilDone, untilDeleted]).toEqual([23, 4]);
});

test("and the rounds of many are as far apart as those of one", async () => {
  const counts = [];
  for (const count of crowds) {
    const ids = Array.from({ length: count }, (_, index) => idOf(index + 1));
    const story = atFirst(35 * minute, "WORKING", inTurn("DONE"));
    const { clock, connections, service } = await startWorld(Object.fromEntries(ids.map((id) => [id, story])));
    const startedAt = clock.now();
    await clock.until(Promise.all(ids.map((connectionId) => connections.waitUntilDone({ groupId, connectionId }))));
    const minutes = (clock.now() - startedAt) / minute;
    counts.push({ connections: count, minutes: minutes.toFixed(1), requests: service.looks.length });
  }
  console.table(counts);
  // 8 looks while the intervals grow, then one each 30 seconds, give or take what chance does to 67 of them.
  for (const { requests } of counts) expect(Math.abs(requests - 76)).toBeLessThanOrEqual(4);
});
