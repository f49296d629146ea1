import { getEventListeners } from "node:events";
import { startClock } from "@atlas-streams/testing";
import { expect, test } from "vitest";
import type { CallSettings } from "../../src/call/call.js";
import { aCall, aRequest, create, getOne } from "./calls.js";

/** A call on a clock that the test moves. */
function start(overrides: Partial<CallSettings> = {}) {
  const clock = startClock();
  return { clock, call: aCall({ clock, timeoutMs: 1000, deadlineMs: 5000, ...overrides }) };
}

const name = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";
const readTimedOut = `GET ${name}/{connectionId} timed out:`;
const createTimedOut = `POST ${name} timed out:`;
const attemptOver = "an attempt took more than 1000 ms.";
const deadlineOver = "the call was not done by its deadline of 5000 ms.";
const inDoubt = "Whether it took effect is not known.";

test("a call has to be done by its deadline, counted from its beginning by the clock that nobody sets", () => {
  const clock = startClock();
  clock.setTimeOfDay(3_600_000);
  expect(start({ clock }).call.deadlineAt).toBe(clock.monotonic() + 5000);
});

test("a call knows its operation, its client and what of its limits is its own", () => {
  const [limits, { client }] = [{ retry: false } as const, aCall()];
  expect(aCall({ operation: create, client, limits })).toMatchObject({ operation: create, client, limits, doubts: 0 });
});

test("the secrets of a call are those of all that it has sent, and those of its credentials as they are now", () => {
  let own = ["the client's secret"];
  const { call } = start({ secrets: () => own });
  expect(call.secrets).toEqual(own);
  own = ["its next one"];
  call.sent.push(aRequest({ headers: { authorization: "Bearer one-token" } }));
  call.sent.push(aRequest({ headers: { authorization: "Bearer another-token" } }));
  expect(call.secrets).toEqual(["one-token", "another-token", "its next one"]);
});

test("the limit of a call is one, whoever asks, and ends at its deadline with an error that says so", () => {
  const { clock, call } = start();
  clock.advance(2000);
  const { limit, signal } = call;
  expect(call.limit).toBe(limit);
  clock.advance(2999);
  expect(limit.ended).toBeUndefined();
  expect(signal.aborted).toBe(false);
  clock.advance(1);
  expect(signal.reason).toBe(limit.ended?.reason);
  expect(signal.reason).toMatchObject({ code: "TIMEOUT", message: `${readTimedOut} ${deadlineOver}`, unsent: true });
});

test("a call that nobody waits in has no timer; one that ends leaves neither that nor a listener", () => {
  const abort = new AbortController();
  const { clock, call } = start({ abort: abort.signal });
  call.end();
  expect(clock.pending).toBe(0);
  expect(call.signal.aborted).toBe(false);
  expect([clock.pending, getEventListeners(abort.signal, "abort").length]).toEqual([1, 1]);
  call.end();
  expect([clock.pending, getEventListeners(abort.signal, "abort").length]).toEqual([0, 0]);
});

test("the caller's own signal ends a call and its attempt, with the caller's reason", () => {
  const abort = new AbortController();
  const { call } = start({ abort: abort.signal });
  const { signal } = call;
  const attempt = call.startAttempt();
  abort.abort("enough");
  expect(signal.reason).toBe("enough");
  expect(attempt.ended).toEqual({ reason: "enough" });
});

test.each([
  ["its timeout, where the deadline is far", 0, 1000, attemptOver],
  ["its timeout, where just as much is left until the deadline", 4000, 1000, attemptOver],
  ["what is left until the deadline, where that is less", 4001, 999, deadlineOver],
  ["nothing, where the deadline is over", 5000, 0, deadlineOver],
])("an attempt has %s", (_name, afterMs, hasMs, message) => {
  const { clock, call } = start();
  clock.advance(afterMs);
  const attempt = call.startAttempt();
  if (hasMs > 0) {
    clock.advance(hasMs - 1);
    expect(attempt.ended).toBeUndefined();
    clock.advance(1);
  }
  expect(attempt.ended?.reason).toMatchObject({ code: "TIMEOUT", message: `${readTimedOut} ${message}` });
});

test.each([
  ["a read that never left", getOne, 0, `${readTimedOut} ${attemptOver}`, true],
  ["a read that may have left", getOne, 1, `${readTimedOut} ${attemptOver}`, false],
  ["a write that never left", create, 0, `${createTimedOut} ${attemptOver}`, true],
  ["a write that may have left", create, 1, `${createTimedOut} ${attemptOver} ${inDoubt}`, false],
])("the time-out of %s says whether it took effect", (_name, operation, doubts, message, unsent) => {
  const { clock, call } = start({ operation });
  const attempt = call.startAttempt();
  call.doubts = doubts; // while it is under way
  clock.advance(1000);
  expect(attempt.ended?.reason).toMatchObject({ message, unsent });
});
