import { getGroupStreamPrivateLinkConnection as getOne, type Operation } from "@atlas-streams/types";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../../src/answer/errors.js";
import { refuseBadPathParameters } from "../../src/call/path-parameters.js";
import { connectionId, groupId } from "./calls.js";

/** An operation whose one path parameter has to match this. */
const named = (pattern: RegExp): Operation => ({ ...getOne, operationId: "getIt", pathParameters: { name: pattern } });
const anything = /^.*$/;
const digits = /^\d+$/;

function refusal(words: string, pattern: RegExp) {
  return new InvalidArgumentError(`getIt: name is ${words}, but must match ${pattern.source}. Nothing was sent.`);
}

test("an operation takes the parameters that match its patterns, and does not look at others", () => {
  expect(() => refuseBadPathParameters(getOne, { groupId, connectionId, other: ".." })).not.toThrow();
  expect(() => refuseBadPathParameters({ ...getOne, pathParameters: {} })).not.toThrow();
});

test("the second is looked at as the first is", () => {
  const { source } = getOne.pathParameters.connectionId;
  expect(() => refuseBadPathParameters(getOne, { groupId, connectionId: "../1" })).toThrow(
    `${getOne.operationId}: connectionId is a text of 4 characters (not shown: it may be a secret), but must match ${source}. Nothing was sent.`,
  );
});

describe("what a pattern allows", () => {
  test.each([
    ["a", anything],
    ["...", anything],
    [".a", anything],
    ["a..", anything],
    ["a.", anything],
    ["12", digits],
    [12, digits],
  ])("is taken: %j by %s", (value, pattern) => {
    expect(() => refuseBadPathParameters(named(pattern), { name: value })).not.toThrow();
  });

  test.each([".", ".."])("is refused where it leads to another path: %s", (value) => {
    expect(() => refuseBadPathParameters(named(anything), { name: value })).toThrow(refusal(`"${value}"`, anything));
  });
});

describe("what a pattern does not allow", () => {
  test.each([
    [undefined, "missing", anything],
    [null, "missing", anything],
    ["", "missing", digits],
    ["12a", '"12a"', digits],
    [12, "of type number", anything],
    [12, "of type number", /^.+$/],
    [-12, "a text of 3 characters (not shown: it may be a secret)", digits],
    [true, "of type boolean", anything],
    [["12"], "of type object", digits],
  ])("is refused: %j, as %s", (value, words, pattern) => {
    expect(() => refuseBadPathParameters(named(pattern), { name: value })).toThrow(refusal(words, pattern));
  });

  test("is missing where there are no values at all", () => {
    expect(() => refuseBadPathParameters(named(anything))).toThrow(refusal("missing", anything));
  });
});
