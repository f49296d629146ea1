import { expect, test } from "vitest";
import { asNumber, asRecord, asText, isRecord, parseJson, property, writeJson } from "../../src/answer/json.js";

test.each([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ["text", false],
  [undefined, false],
])("whether %j is an object of JSON: %j", (value, expected) => {
  expect(isRecord(value)).toBe(expected);
  expect(asRecord(value)).toEqual(expected ? value : {});
});

test("only a string is a text", () => {
  expect(["text", "", 1, null, {}].map(asText)).toEqual(["text", "", undefined, undefined, undefined]);
});

test("a number is one that is or says so, and whatever throws where it is made into one is none", () => {
  expect([7, "7", "", "seven"].map(asNumber)).toEqual([7, 7, 0, Number.NaN]);
  const hostile = { valueOf: 1, toString: 1 };
  for (const value of [hostile, null, true, [7], undefined]) expect(asNumber(value)).toBeNaN();
});

test("what is no JSON is nothing, and so is what is nested too deep to be written", () => {
  expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
  expect(parseJson('{"a":')).toBeUndefined();
  expect(writeJson({ a: [1] })).toBe('{"a":[1]}');
  const ring: { ring?: object } = {};
  ring.ring = ring;
  expect(writeJson(ring)).toBeUndefined();
});

test("a property of what has none, or throws where it is read, is nothing", () => {
  expect(property({ a: 1 }, "a")).toBe(1);
  const throws = Object.defineProperty({}, "a", {
    get() {
      throw new Error("It may not be read.");
    },
  });
  for (const value of [undefined, null, {}, throws]) expect(property(value, "a")).toBeUndefined();
});
