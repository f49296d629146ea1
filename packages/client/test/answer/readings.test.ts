import { describe, expect, test } from "vitest";
import { readingsOf } from "../../src/answer/readings.js";

const textsOf = (text: string) => readingsOf(text).map((reading) => reading.text);

describe("a text is read", () => {
  test.each([
    ["a URL", "50%25 of A%2dB", "50% of A-B"],
    ["JSON", String.raw`\u0041\n\t\r\"\/`, 'A\n\t\r"/'],
    ["a program, by braces", String.raw`\u{41}\u{000042}-\u{4Z}`, "AB-u{4Z}"],
    ["a program, by two digits", String.raw`\x41\x4a-\x4Z`, "AJ-x4Z"],
    ["HTML, by names", "&amp;&apos;&EQUALS;&gt;&lt;&plus;&quot;&sol;&nope;", "&'=><+\"/&nope;"],
    ["HTML, by numbers", "&#65;&#x42;&#67-&#x44-", "ABC-D-"],
  ])("as %s has it", (_name, text, expected) => {
    expect(textsOf(text)).toContain(expected);
  });

  test("as it is, first", () => {
    expect(readingsOf("plain")).toEqual([{ text: "plain", isJoined: false }]);
  });

  test("with its lines and words joined, however they were broken, and that is told", () => {
    expect(readingsOf("a \r\n\tb\0c\u200bd")).toEqual([
      { text: "a \r\n\tb\0c\u200bd", isJoined: false },
      { text: "abcd", isJoined: true },
    ]);
    expect(readingsOf("%41 %42").filter(({ isJoined }) => isJoined)).toEqual([
      { text: "%41%42", isJoined: true },
      { text: "AB", isJoined: true },
    ]);
  });

  test("through four escapes in one another, and no more", () => {
    expect(textsOf("%25252541")).toContain("A");
    expect(textsOf("%2525252541")).not.toContain("A");
  });

  test("in sixty ways or a few more, each once, whatever it escapes in whatever", () => {
    const escapes = [String.raw`\u0025`, "%26", "&#37;", "%5c", "&#92;", " ", String.raw`\x26`];
    const hostile = escapes.flatMap((one) => escapes.map((other) => `${one}${other}41;`)).join("");
    const texts = textsOf(hostile.repeat(3));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeLessThan(60 + 4 * 60);
  });
});
