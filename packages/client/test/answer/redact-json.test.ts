import { describe, expect, test } from "vitest";
import { redactJson } from "../../src/answer/redact-json.js";
import { secretsInBody } from "../../src/answer/secrets.js";

const secret = "a-long-and-secret-word";
const shown = (value: unknown) => redactJson(value, [secret]);

describe("a JSON value that is shown", () => {
  test.each([
    [{ a: [1, "x", null, true, { b: {} }] }],
    [[]],
    ["x"],
    [0],
    [null],
    [JSON.parse('{"__proto__":{"x":1}}') as unknown],
  ])("is a copy: %j", (value) => {
    expect(JSON.stringify(shown(value))).toBe(JSON.stringify(value));
    if (typeof value === "object" && value !== null) expect(shown(value)).not.toBe(value);
  });

  test("has no secret in its texts and names, at whatever depth", () => {
    expect(shown({ a: [`of ${secret}`], [secret]: { b: secret } })).toEqual({
      a: ["of [redacted]"],
      "[redacted]": { b: "[redacted]" },
    });
  });

  test("has no number that is a secret", () => {
    expect(redactJson({ a: 1234567890123456, b: 12 }, ["1234567890123456"])).toEqual({ a: "[redacted]", b: 12 });
  });

  test("ends at a depth of twenty", () => {
    let deep: unknown = "bottom";
    for (let level = 0; level < 30; level++) deep = { in: deep };
    const text = JSON.stringify(shown(deep));
    expect(text).not.toContain("bottom");
    expect(text.match(/"in"/g)).toHaveLength(20);
    expect(text).toContain('"…"');
  });

  test("is cut in each text, in all of them together, and in how many values there are", () => {
    expect(shown("x".repeat(5000))).toHaveLength(4000);
    const many = shown(Array.from({ length: 100 }, () => "x".repeat(1000))) as string[];
    expect(many.join("").length).toBeLessThanOrEqual(50_100);
    expect(many.join("").length).toBeGreaterThan(49_000);
    expect(shown(Array.from({ length: 3000 }, () => 1))).toHaveLength(2000);
    const lists = shown([Array.from({ length: 1500 }, () => 1), Array.from({ length: 1500 }, () => 1)]) as unknown[][];
    expect(lists.map(({ length }) => length)).toEqual([1500, 498]);
  });
});

test("a server that has much to say does not hold up the process, whatever it says", () => {
  for (const said of ["eyJeyJ", "%2525&amp;amp;\\u0025 "]) {
    const startedAt = performance.now();
    shown(Array.from({ length: 800 }, (_, index) => `${index}${said.repeat(1300)}`));
    expect(performance.now() - startedAt).toBeLessThan(3000);
  }
});

describe("what the body of a request said", () => {
  const sent = { provider: "AWS", arn: "arn:aws:kafka:us-east-1:1:cluster/orders/1", tags: { team: "streams" } };
  const secrets = secretsInBody(JSON.stringify(sent));

  test("is not shown again, though more stands beside it", () => {
    expect(redactJson({ detail: "No.", got: { ...sent, more: 1 } }, secrets)).toEqual({
      detail: "No.",
      got: "[redacted]",
    });
  });

  test("is shown in part, where that says nothing secret", () => {
    expect(redactJson({ got: { provider: "AWS", tags: sent.tags } }, secrets)).toEqual({
      got: { provider: "AWS", tags: { team: "streams" } },
    });
  });
});
