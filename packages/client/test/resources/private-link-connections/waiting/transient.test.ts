import { outcomeOf } from "@atlas-streams/testing";
import { expect, test } from "vitest";
import { groupId, idOf, inTurn, through } from "./service.js";
import { startWorld } from "./world.js";

const parameters = { groupId, connectionId: idOf(1) };
/** A login that has to be renewed, a connection that is gone; and two that Node's fetch does not hand on. */
const ofTheirOwn = [401, 404, 407, 421];
const statuses = through(400, 599).filter((status) => !ofTheirOwn.includes(status));

test("a status that may pass is one to a call that is repeated and to a wait alike", async () => {
  const { clock, connect, service } = await startWorld({ [idOf(1)]: inTurn("DONE") });
  const connections = connect({ retry: { attempts: 2, baseDelayMs: 0 } });
  /** Whether what meets this status once succeeds in the end. */
  const survives = async (status: number, call: () => Promise<unknown>) => {
    service.lookMeets({ fault: { kind: "answer", status, body: { error: status } }, nth: 1 });
    return (await clock.until(outcomeOf(call()))).status === "fulfilled";
  };
  const repeated: number[] = [];
  const waitedOut: number[] = [];
  for (const status of statuses) {
    if (await survives(status, () => connections.get(parameters))) repeated.push(status);
    if (await survives(status, () => connections.waitUntilDone(parameters))) waitedOut.push(status);
  }
  expect(waitedOut).toEqual(repeated);
  expect(repeated.filter((status) => status < 500)).toEqual([408, 425, 429]);
  expect(through(500, 599).filter((status) => !repeated.includes(status))).toEqual([501, 505]);
});
