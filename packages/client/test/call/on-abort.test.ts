import { getEventListeners } from "node:events";
import { outcomeOf } from "@atlas-streams/testing";
import { expect, onTestFinished, test } from "vitest";
import { groupId, idOf, inTurn, through } from "../resources/private-link-connections/waiting/service.js";
import { startWorld } from "../resources/private-link-connections/waiting/world.js";

const ids = through(1, 50).map(idOf);
const reason = new Error("The caller has changed its mind.");

test("fifty waits on one signal make no warning, all end with it, and leave nothing on it", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const { clock, connections } = await startWorld(Object.fromEntries(ids.map((id) => [id, inTurn("IDLE")])));
  const abort = new AbortController();
  const { signal } = abort;
  const waits = ids.map((connectionId) => outcomeOf(connections.waitUntilDone({ groupId, connectionId }, { signal })));
  await clock.pass(10_000);
  expect(getEventListeners(signal, "abort").length).toBeLessThanOrEqual(1);
  abort.abort(reason);
  expect(await Promise.all(waits)).toEqual(ids.map(() => ({ status: "rejected", reason })));
  await clock.quiet();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(clock.pending).toBe(0);
  expect(warnings).toEqual([]);
});

test("one of many that ends by itself leaves the others on their signal", async () => {
  const { clock, connections } = await startWorld({ [idOf(1)]: inTurn("DONE"), [idOf(2)]: inTurn("IDLE") });
  const abort = new AbortController();
  const { signal } = abort;
  const [done, pending] = [1, 2].map((number) =>
    outcomeOf(connections.waitUntilDone({ groupId, connectionId: idOf(number) }, { signal })),
  );
  expect(await clock.until(done ?? Promise.reject())).toMatchObject({ status: "fulfilled" });
  abort.abort(reason);
  expect(await pending).toEqual({ status: "rejected", reason });
});
