import { describe, expect, test } from "vitest";
import { asRecord, asText, isRecord, parseJson, property } from "../../src/answer/json.js";
import { asSentence, clip, describePath, describeValue, onOneLine } from "../../src/answer/text.js";

test.each([
  ["abc", 3, "abc"],
  ["abcd", 3, "ab…"],
  ["abcd", 1, "…"],
  ["abcd", 0, "…"],
  ["", 0, ""],
])("%j is clipped to %i: %j", (text, longest, clipped) => {
  expect(clip(text, longest)).toBe(clipped);
});

test.each([
  ["No", "No."],
  ["No.", "No."],
  ["No!", "No!"],
  ["No?", "No?"],
  ["", ""],
])("%j as a sentence is %j", (words, sentence) => {
  expect(asSentence(words)).toBe(sentence);
});

test.each([
  ["a\nb\rc\td", "a\\nb\\rc\\td"],
  ["\u001b[2J", "\\u001b[2J"],
  [
    "\u0000\u0085\u2028\u2029\u200e\u200f\u202a\u202e\u2066\u2069",
    String.raw`\u0000\u0085\u2028\u2029\u200e\u200f\u202a\u202e\u2066\u2069`,
  ],
  ["für ‘alle’ 🎉", "für ‘alle’ 🎉"],
])("%j is on one line", (text, line) => {
  expect(onOneLine(text)).toBe(line);
});

describe("what an error says of a value", () => {
  test.each<[unknown, string]>([
    [undefined, "missing"],
    [null, "missing"],
    ["", "missing"],
    [42, "of type number"],
    [{}, "of type object"],
    ["undefined", '"undefined"'],
    ["null", '"null"'],
    ["NaN", '"NaN"'],
    ["[object Object]", '"[object Object]"'],
    ["{groupId}", '"{groupId}"'],
    ["..", '".."'],
    [".", '"."'],
    ["abc123", '"abc123"'],
    ["a".repeat(25), `"${"a".repeat(25)}"`],
    ["a".repeat(26), "a text of 26 characters (not shown: it may be a secret)"],
    ["xyz", "a text of 3 characters (not shown: it may be a secret)"],
    ["abc xyz", "a text of 7 characters (not shown: it may be a secret)"],
    ["xabc", "a text of 4 characters (not shown: it may be a secret)"],
    ["...", "a text of 3 characters (not shown: it may be a secret)"],
  ])("%j", (value, said) => {
    expect(describeValue(value)).toBe(said);
  });
});

test("JSON is read, and what is none is undefined", () => {
  expect(parseJson('{"a":1}')).toEqual({ a: 1 });
  expect(parseJson("{")).toBeUndefined();
  expect([isRecord({}), isRecord(null), isRecord([]), isRecord("x"), isRecord(undefined)]).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect([asRecord({ a: 1 }), asRecord([1]), asRecord(null)]).toEqual([{ a: 1 }, {}, {}]);
  expect([asText("x"), asText(1), asText(undefined)]).toEqual(["x", undefined, undefined]);
});

test("a property is read of whatever it is", () => {
  const throwing = {
    get x() {
      throw new Error("no");
    },
  };
  expect([property({ x: 1 }, "x"), property(undefined, "x"), property(null, "x"), property(throwing, "x")]).toEqual([
    1,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ["/api/atlas/v2/groups/{groupId}/clusters", "/api/atlas/v2/groups/{groupId}/clusters"],
  ["/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8", "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8"],
  ["/api/atlas/v2/groups/c1c1e0a0-0000-4000-8000-000000000000/streams", "/api/atlas/v2/groups/…/streams"],
  ["/groups?token=a1b2c3", "/…"],
  [`/${"a/".repeat(200)}`, `/${"a/".repeat(99)}…`],
])("an error says of the path %s: %s", (path, said) => {
  expect(describePath(path)).toBe(said);
});
