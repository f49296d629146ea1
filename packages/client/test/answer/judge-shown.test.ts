import { describe, expect, test } from "vitest";
import { excerptOf, shownHeader } from "../../src/answer/judge.js";

describe("what is shown of an answer", () => {
  const secrets = ["a-long-and-secret-word"];

  test("of a header is its beginning, without secrets, and nothing where there is none", () => {
    expect(shownHeader("x".repeat(300), secrets)).toHaveLength(200);
    expect(shownHeader(`of a-long-and-secret-word`, secrets)).toBe("of [redacted]");
    for (const none of [null, undefined, ""]) expect(shownHeader(none, secrets)).toBeNull();
  });

  test("of a body is its beginning on one line, without secrets, and nothing where there is none", () => {
    expect(excerptOf("  a \n\t b  ", secrets)).toBe("a b");
    expect(excerptOf(" \n ", secrets)).toBeUndefined();
    expect(excerptOf(`${"x ".repeat(95)}a-long-and-secret-word`, secrets)).not.toContain("secret");
    expect(excerptOf("x".repeat(201), secrets)).toBe(`${"x".repeat(199)}…`);
  });
});
