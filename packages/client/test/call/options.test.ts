import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../../src/answer/errors.js";
import {
  type RetryOptions,
  refuseOutOfRange,
  requireBaseUrl,
  requireDuration,
  resolveRetry,
} from "../../src/call/options.js";

const whole = new InvalidArgumentError("retry.attempts must be a whole number of 1 or more.");
const noDuration = (name: string, least = 0) =>
  new InvalidArgumentError(`${name} must be a number of milliseconds, ${least} or more.`);

describe("of retrying", () => {
  test.each<[RetryOptions | false | undefined, object]>([
    [undefined, { attempts: 4, baseDelayMs: 250, maxDelayMs: 20_000 }],
    [{}, { attempts: 4, baseDelayMs: 250, maxDelayMs: 20_000 }],
    [false, { attempts: 1, baseDelayMs: 250, maxDelayMs: 20_000 }],
    [{ attempts: 1 }, { attempts: 1, baseDelayMs: 250, maxDelayMs: 20_000 }],
    [
      { baseDelayMs: 0, maxDelayMs: 0 },
      { attempts: 4, baseDelayMs: 0, maxDelayMs: 0 },
    ],
    [
      { attempts: 9, baseDelayMs: 0.5, maxDelayMs: Number.POSITIVE_INFINITY },
      { attempts: 9, baseDelayMs: 0.5, maxDelayMs: Number.POSITIVE_INFINITY },
    ],
  ])("%o means %o", (said, resolved) => {
    expect(resolveRetry(said)).toEqual(resolved);
  });

  test.each([
    [{ attempts: 0 }, whole],
    [{ attempts: 1.5 }, whole],
    [{ attempts: "3" }, whole],
    [{ attempts: Number.POSITIVE_INFINITY }, whole],
    [{ baseDelayMs: -1 }, noDuration("retry.baseDelayMs")],
    [{ maxDelayMs: Number.NaN }, noDuration("retry.maxDelayMs")],
  ])("%o is refused", (said, error) => {
    expect(() => resolveRetry(said as RetryOptions)).toThrow(error);
  });
});

test.each([1, 1.5, Number.POSITIVE_INFINITY])("%d ms are a duration", (milliseconds) => {
  expect(requireDuration("timeoutMs", milliseconds)).toBe(milliseconds);
});

test.each([0, -1, 0.9, Number.NaN, "1000", null])("%j ms are none", (milliseconds) => {
  expect(() => requireDuration("timeoutMs", milliseconds as number)).toThrow(noDuration("timeoutMs", 1));
});

test("a duration may have another least than 1 ms", () => {
  expect(requireDuration("pauseMs", 0, 0)).toBe(0);
  expect(requireDuration("pauseMs", 1000, 1000)).toBe(1000);
  expect(() => requireDuration("pauseMs", 999, 1000)).toThrow(noDuration("pauseMs", 1000));
});

describe("of whole numbers", () => {
  const page = { minimum: 1, maximum: 500 };
  const size = { minimum: 1 };

  test.each([
    [1, page],
    [500, page],
    [1, size],
    [Number.MAX_SAFE_INTEGER, size],
  ])("%d is in its range", (value, range) => {
    expect(() => refuseOutOfRange("it", value, range)).not.toThrow();
  });

  test.each([
    [0, page, "it must be a whole number from 1 to 500."],
    [501, page, "it must be a whole number from 1 to 500."],
    [2.5, page, "it must be a whole number from 1 to 500."],
    ["2", page, "it must be a whole number from 1 to 500."],
    [0, size, "it must be a whole number of 1 or more."],
    [Number.POSITIVE_INFINITY, size, "it must be a whole number of 1 or more."],
  ])("%j is refused, and the range is told: %o", (value, range, message) => {
    expect(() => refuseOutOfRange("it", value as number, range)).toThrow(new InvalidArgumentError(message));
  });
});

describe("as a base URL", () => {
  test.each([
    ["https://cloud.mongodb.com", "https://cloud.mongodb.com"],
    ["https://cloud.mongodb.com/", "https://cloud.mongodb.com"],
    ["HTTPS://Cloud.MongoDB.com:443//", "https://cloud.mongodb.com"],
    ["https://10.0.0.1:8080/atlas/v2/", "https://10.0.0.1:8080/atlas/v2"],
    ["http://localhost:1", "http://localhost:1"],
    ["http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
    ["http://127.10.20.255", "http://127.10.20.255"],
    ["http://[::1]:1", "http://[::1]:1"],
  ])("%s is taken as %s", (given, taken) => {
    expect(requireBaseUrl(given)).toBe(taken);
  });

  test.each([
    "cloud.mongodb.com",
    "/api",
    "",
    "ftp://cloud.mongodb.com",
    "shttp://cloud.mongodb.com",
    "httpss://cloud.mongodb.com",
    "https://user@cloud.mongodb.com",
    "https://:password@cloud.mongodb.com",
    "https://cloud.mongodb.com/?",
    "https://cloud.mongodb.com#fragment",
  ])("%j is refused, whatever is allowed", (given) => {
    const error = new InvalidArgumentError("baseUrl must be an absolute https:// URL without user, query or fragment.");
    expect(() => requireBaseUrl(given)).toThrow(error);
    expect(() => requireBaseUrl(given, true)).toThrow(error);
  });

  const plainHttp = (host: string) =>
    new InvalidArgumentError(
      `baseUrl must be https://: credentials do not go over plain http to ${host}. Where that is a mock, and the credentials are worth nothing, say allowInsecure: true.`,
    );

  test.each([
    "cloud.mongodb.com",
    "my-localhost",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "126.0.0.1",
    "[::2]",
  ])("plain http to %s is refused, save where the caller says that it is meant", (host) => {
    expect(() => requireBaseUrl(`http://${host}`)).toThrow(plainHttp(host));
    expect(requireBaseUrl(`http://${host}`, true)).toBe(`http://${host}`);
  });

  test.each([1, "true", {}])("%j does not say that plain http is meant", (allowed) => {
    expect(() => requireBaseUrl("http://atlas-mock", allowed as boolean)).toThrow(plainHttp("atlas-mock"));
  });

  test("a long name that is refused is told by its beginning", () => {
    const label = "a".repeat(60);
    expect(() => requireBaseUrl(`http://${label}.${label}`)).toThrow(plainHttp(`${label}.${"a".repeat(38)}…`));
  });
});
