import { describe, expect, test } from "vitest";
import { refillMs, remainingOf, retryAfterMs } from "../../src/answer/rate-limit.js";

const now = Date.parse("2026-11-26T12:00:00Z");
const day = 86_400_000;
/** The service's own refusal, with so many seconds to wait, and so many between two refills. */
const refusal = (wait: unknown, refill: unknown) => ({
  errorCode: "RATE_LIMITED_TOKEN_BUCKET",
  parameters: ["/groups/{groupId}", wait, 1200, 500, refill],
});
const asked = (headers: Record<string, string>, body: unknown = undefined) =>
  retryAfterMs(new Headers(headers), body, now);

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["17", 17_000],
    ["999999999", day],
    ["Thu, 26 Nov 2026 12:00:30 GMT", 30_000],
    ["Thursday, 26-Nov-26 12:00:30 GMT", 30_000],
    ["Thu Nov 26 12:00:30 2026", 30_000],
    ["Thu, 26 Nov 2026 11:00:00 GMT", 0],
  ])("of %s asks for %i ms", (value, expected) => {
    expect(asked({ "retry-after": value })).toBe(expected);
  });

  test.each(["", "-5", "1.5", "0x10", "soon", "5 or so", "2026-11-26T12:00:30Z", "It is 2026"])(
    "of %j asks for nothing",
    (value) => {
      expect(asked({ "retry-after": value })).toBeUndefined();
    },
  );

  test("as a date is held against the answer's own date, where it has one", () => {
    const date = "Thu, 26 Nov 2026 12:10:00 GMT";
    expect(asked({ "retry-after": "Thu, 26 Nov 2026 12:10:07 GMT", date })).toBe(7000);
    expect(asked({ "retry-after": "Thu, 26 Nov 2026 12:10:07 GMT", date: "today" })).toBe(607_000);
  });

  test("goes before what the body says, and that counts where there is none", () => {
    expect(asked({ "retry-after": "3" }, refusal(9, 60))).toBe(3000);
    expect(asked({}, refusal(9, 60))).toBe(9000);
    expect(asked({}, refusal(0, 60))).toBe(0);
  });

  test.each([
    undefined,
    "text",
    { errorCode: "OTHER", parameters: ["", 9] },
    { errorCode: "RATE_LIMITED_TOKEN_BUCKET" },
    { errorCode: "RATE_LIMITED_TOKEN_BUCKET", parameters: "" },
    refusal("9", 60),
    refusal(-9, 60),
  ])("is not read out of %j", (body) => {
    expect(asked({}, body)).toBeUndefined();
  });
});

test.each([
  [60, 60_000],
  [0.5, 500],
  [1e9, day],
  [0, undefined],
  [-1, undefined],
  ["60", undefined],
])("a refusal that tells of %j seconds between two refills means %j ms", (seconds, expected) => {
  expect(refillMs(refusal(1, seconds))).toBe(expected);
});

test.each([
  ["0", 0],
  ["17", 17],
  ["", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["12, 12", undefined],
  ["many", undefined],
])("RateLimit-Remaining of %j leaves %j requests", (value, expected) => {
  expect(remainingOf(new Headers({ "ratelimit-remaining": value }))).toBe(expected);
  expect(remainingOf(new Headers())).toBeUndefined();
});
