import { startClock } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { UnexpectedResponseError } from "../../src/answer/errors.js";
import { Limit } from "../../src/call/limit.js";
import { Sending } from "../../src/call/sending.js";
import type { Transport } from "../../src/transport/transport.js";
import { aCall, anAnswer, aRequest, connectionId, create, getOne, groupId } from "./calls.js";

/** A transport that says when something leaves, and one that does not. */
const telling: Transport = { tellsWhatLeft: true, send: () => Promise.reject(), close() {} };
const silent: Transport = { ...telling, tellsWhatLeft: false };

function start(call = aCall()) {
  const clock = startClock();
  const limit = new Limit(clock, undefined, 1000, () => new Error("It took too long."));
  return { clock, call, sending: new Sending(call, limit, 2048) };
}

const read = "GET /api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}";
const hint = "Check the base URL, the network and the proxy.";
const systemError = (code: string, syscall = "") => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const caught = (task: () => unknown): unknown => {
  try {
    task();
  } catch (error) {
    return error;
  }
  return undefined;
};

test("a sending tells its transport what it may do", () => {
  expect(start().sending).toMatchObject({ isRepeatable: true, maxAnswerBytes: 2048 });
  expect(start(aCall({ operation: create })).sending).toMatchObject({ isRepeatable: false });
});

test("a sending ends with its limit", () => {
  const { clock, sending } = start();
  let ends = 0;
  sending.onEnd(() => ends++);
  expect(() => sending.throwIfEnded()).not.toThrow();
  expect([sending.signal.aborted, ends]).toEqual([false, 0]);
  clock.advance(1000);
  expect([sending.signal.aborted, ends]).toEqual([true, 1]);
  expect(() => sending.throwIfEnded()).toThrow("It took too long.");
});

test("whatever leaves in a sending is one thing that may have had an effect", () => {
  const { call, sending } = start();
  sending.left();
  sending.left();
  expect(call.doubts).toBe(1);
  start(call).sending.left();
  expect(call.doubts).toBe(2);
});

describe("an answer", () => {
  const settle = (status: number, call = aCall(), hasLeft = true) => {
    const { sending } = start(call);
    if (hasLeft) sending.left();
    sending.answered(status);
    return caught(() => sending.settle(anAnswer(status)));
  };

  test.each([
    [200, 1],
    [503, 1],
    [401, 0],
    [429, 0],
  ])("with status %i leaves %i sending in doubt", (status, doubts) => {
    const call = aCall();
    expect(settle(status, call)).toBeUndefined();
    expect(call.doubts).toBe(doubts);
  });

  test("that proves that one sending did nothing leaves the one before in doubt", () => {
    const call = aCall();
    settle(503, call);
    settle(429, call);
    expect(call.doubts).toBe(1);
  });

  test.each([
    ["asks for the proxy's credentials", 407, true, "The proxy wants credentials of its own, with status 407."],
    ["does so to what never left", 407, false, "The proxy wants credentials of its own, with status 407."],
    ["comes before anything left for the service", 403, false, "The proxy refused, with status 403."],
  ])("is the proxy's that %s, and nothing took effect", (_name, status, hasLeft, what) => {
    const call = aCall();
    expect(settle(status, call, hasLeft)).toMatchObject({
      code: "CONNECTION",
      message: `${read} could not be sent: ${what} Check the proxy.`,
      unsent: true,
      status,
    });
    expect(call.doubts).toBe(0);
  });

  test("of the proxy does not say that an earlier sending had no effect", () => {
    const call = aCall();
    settle(503, call);
    expect(settle(407, call)).toMatchObject({ code: "CONNECTION", unsent: false });
  });

  test.each([101, 199, 600, 0])("with status %i is none", (status) => {
    const message = `${read} answered ${status}, but that is no status of an answer.`;
    expect(settle(status)).toMatchObject({ code: "UNEXPECTED_RESPONSE", message, status });
  });
});

test("an answer that is read no further is refused with its status, or 0 where its head never came", () => {
  const { sending } = start();
  expect(sending.unexpected("it is odd.")).toMatchObject({
    message: `${read} answered 0, but it is odd.`,
    status: 0,
  });
  sending.answered(200);
  const message = `${read} answered 200, but its body is larger than 2048 bytes. Raise maxAnswerBytes if that is right.`;
  const error = sending.tooLarge();
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ message, status: 200 });
});

describe("what went wrong", () => {
  test("is left as it is where it is an error of this client", () => {
    const { sending } = start();
    const error = sending.tooLarge();
    expect(sending.asOperationError(error, telling)).toBe(error);
  });

  test("is left as it is where the limit has ended the sending: that says why", () => {
    const { clock, sending } = start();
    clock.advance(1000);
    const error = new Error("aborted");
    expect(sending.asOperationError(error, telling)).toBe(error);
  });

  test.each([
    ["before anything left", (_: Sending) => {}, "could not be sent", { unsent: true, status: undefined }],
    ["after something left", (sending: Sending) => sending.left(), "broke off", { unsent: false, status: undefined }],
    [
      "after the head of an answer",
      (sending: Sending) => {
        sending.left();
        sending.answered(200);
      },
      "answered 200 and broke off",
      { unsent: false, status: 200 },
    ],
  ])("%s is a ConnectionError that says so", (_name, happen, what, facts) => {
    const { sending } = start();
    happen(sending);
    const error = sending.asOperationError(systemError("ECONNRESET", "read"), telling);
    expect(error).toMatchObject({ code: "CONNECTION", message: `${read} ${what}: ECONNRESET. ${hint}`, ...facts });
    expect(error).toMatchObject({ cause: { message: "read ECONNRESET", code: "ECONNRESET" } });
  });

  test.each([
    ["a code that proves it", "ECONNREFUSED", silent, true],
    ["a code that proves nothing", "ECONNRESET", silent, false],
    ["a code beside a transport that told that it left", "ECONNREFUSED", telling, false],
  ])("is known not to have left by %s", (_name, code, transport, unsent) => {
    const { call, sending } = start();
    sending.left();
    const error = sending.asOperationError(systemError(code), transport);
    const message = `${read} ${unsent ? "could not be sent" : "broke off"}: ${code}. ${hint}`;
    expect(error).toMatchObject({ unsent, message });
    expect(call.doubts).toBe(unsent ? 0 : 1);
  });

  test("without a code is told in the words of its deepest cause", () => {
    const cause = new Error("in between", { cause: new Error("the socket is gone") });
    const error = start().sending.asOperationError(new Error("fetch failed", { cause }), telling);
    const message = `${read} could not be sent: the socket is gone. ${hint}`;
    expect(error).toMatchObject({ message, cause: { message: "fetch failed", cause: { message: "in between" } } });
  });

  test("keeps no cause that a parser made of bytes it could not read", () => {
    const cause = Object.assign(systemError("HPE_INVALID_CONSTANT"), { rawPacket: "bytes" });
    const error = start().sending.asOperationError(new TypeError("fetch failed", { cause }), telling);
    const message = `${read} could not be sent: HPE_INVALID_CONSTANT. ${hint}`;
    expect(error).toMatchObject({ message });
    expect(error).not.toHaveProperty("cause");
  });

  test.each([["X_HPE_1"], ["ECONNRESET"]])("keeps its cause where that has a code such as %s", (code) => {
    expect(start().sending.asOperationError(systemError(code), telling)).toMatchObject({ cause: { code } });
  });

  test("is told to be a parser's by any of its causes", () => {
    const errors = [systemError("ECONNRESET"), systemError("HPE_INVALID_CONSTANT")];
    const error = start().sending.asOperationError(new AggregateError(errors), telling);
    expect(error).toMatchObject({ message: `${read} could not be sent: ECONNRESET. ${hint}` });
    expect(error).not.toHaveProperty("cause");
  });

  test("shows no secret, be it in the words of the network or in a code", () => {
    const call = aCall({ secrets: () => ["SECRET_OF_THE_CLIENT"] });
    call.sent.push(aRequest({ headers: { authorization: "Bearer the-token-that-was-sent" } }));
    const said = new Error("no SECRET_OF_THE_CLIENT with the-token-that-was-sent");
    const { sending } = start(call);
    const shown = "no [redacted] with [redacted]";
    const message = `${read} could not be sent: ${shown}. ${hint}`;
    expect(sending.asOperationError(said, telling)).toMatchObject({ message, cause: { message: shown } });
    expect(sending.asOperationError(systemError("SECRET_OF_THE_CLIENT"), telling)).toMatchObject({
      message: `${read} could not be sent: [redacted]. ${hint}`,
    });
  });

  test("names the path template where a runtime names a path, with its query or without", () => {
    const call = aCall({ operation: getOne });
    const { url } = aRequest();
    call.sent.push(aRequest({ url: `${url}?pretty=true` }), aRequest({ url: `${url}/other` }));
    const path = new URL(url).pathname;
    const said = `${path}?pretty=true, ${path}?pretty=true, ${path}, ${path} and ${path}/other failed`;
    const error = start(call).sending.asOperationError(new Error(said), telling);
    const { path: template } = getOne;
    const shown = `${template}, ${template}, ${template}, ${template} and ${template}/other failed`;
    expect(error).toMatchObject({ cause: { message: shown } });
    for (const id of [groupId, connectionId]) expect(String(error)).not.toContain(id);
  });
});
