import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { ConnectionError, InvalidArgumentError } from "../../src/answer/errors.js";
import { plainCause } from "../../src/answer/plain-cause.js";
import { WaitTimeoutError } from "../../src/index.js";

const operation = { method: "GET", path: "/x" };

describe("as JSON, an error", () => {
  test("shows the chain of its causes, each by name, message and code", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    const cause = plainCause(new TypeError("fetch failed", { cause: refused }), []);
    const look = new ConnectionError(operation, "could not be sent.", { unsent: true }, { cause });
    const error = new WaitTimeoutError("Not done.", { state: "IDLE" }, { cause: look });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: "WAIT_TIMEOUT",
      name: "WaitTimeoutError",
      message: "Not done.",
      state: "IDLE",
      cause: {
        code: "CONNECTION",
        name: "ConnectionError",
        message: "GET /x could not be sent.",
        method: "GET",
        path: "/x",
        unsent: true,
        cause: {
          name: "TypeError",
          message: "fetch failed",
          cause: { name: "Error", message: refused.message, code: "ECONNREFUSED" },
        },
      },
    });
  });

  test("shows a ring of causes a few times, not for ever", () => {
    const ring = new Error("goes round", {}) as Error & { cause?: unknown };
    ring.cause = ring;
    const text = JSON.stringify(new ConnectionError(operation, "broke off.", {}, { cause: ring }));
    expect(text.length).toBeLessThan(1000);
    const own = new ConnectionError(operation, "broke off.");
    Object.defineProperty(own, "cause", { value: own });
    expect(JSON.stringify(own).length).toBeLessThan(1000);
  });

  test("shows nothing else that a cause carries", () => {
    const cause = Object.assign(new Error("failed"), { request: { headers: "secret" }, code: "EFAILED" });
    const text = JSON.stringify(new ConnectionError(operation, "broke off.", {}, { cause }));
    expect(text).toContain("EFAILED");
    expect(text).not.toContain("secret");
  });
});

describe("a message", () => {
  test("is one line: nobody can forge a line of a log, or write to the terminal", () => {
    const { message, stack } = new InvalidArgumentError("a\nb\r\u001b[31mc\u009bd\u202ee\u2028f\0g\tü😀");
    expect(message).toBe("a\\nb\\r\\u001b[31mc\\u009bd\\u202ee\\u2028f\\u0000g\\tü😀");
    expect(stack?.split("\n")[0]).toBe(`InvalidArgumentError: ${message}`);
  });

  test("is bounded", () => {
    expect(new InvalidArgumentError("x".repeat(4_000_000)).message.length).toBeLessThan(11_000);
  });
});

describe("somebody else's error is read as data:", () => {
  const secret = "tell-nobody-about-this";

  test.each(["name", "message", "code", "stack"])(
    "its %s loses a secret, and what is no text counts as none",
    (property) => {
      for (const value of [
        `x ${secret}`,
        { toString: () => secret },
        1n,
        Symbol(secret),
        null,
        [secret],
        () => secret,
      ]) {
        const error = new Error("failed");
        Object.defineProperty(error, property, { value });
        const plain = plainCause(error, [secret]) as Error & { code?: unknown };
        expect([plain.name, plain.message, plain.stack, String(plain.code)].join()).not.toContain(secret);
        expect([typeof plain.name, typeof plain.message, typeof plain.stack]).toEqual(["string", "string", "string"]);
      }
    },
  );

  test("getters that throw, a proxy that throws, and what cannot be printed are no harm", () => {
    const throws = () => {
      throw new TypeError("Do not look.");
    };
    const getters = Object.defineProperties(new Error("x"), {
      stack: { get: throws },
      code: { get: throws },
      cause: { get: throws },
      message: { get: throws },
    });
    for (const error of [
      getters,
      new Proxy({}, { get: throws, getPrototypeOf: throws }),
      Object.create(null),
      { toString: throws },
    ])
      expect(plainCause(error, [])).toBeInstanceOf(Error);
  });

  test("one of another realm keeps its name, message, code and cause", () => {
    const error = runInNewContext(
      `Object.assign(new TypeError("fetch failed", { cause: new RangeError("too far") }), { code: "ECONNRESET" })`,
    );
    expect(error).not.toBeInstanceOf(Error);
    expect(plainCause(error, [])).toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      code: "ECONNRESET",
      cause: { name: "RangeError", message: "too far" },
    });
  });

  test("a line that its message forges does not get into the stack", () => {
    const { stack, message } = plainCause(new Error("x\n    at forged (file:1:1)\u001b[2J"), []);
    expect(message).toBe("x\\n    at forged (file:1:1)\\u001b[2J");
    expect(stack).not.toContain("\u001b");
  });

  test("all of it is bounded", () => {
    const error = Object.assign(new Error("m".repeat(1e6)), { name: "n".repeat(1e6), code: "c".repeat(1e6) });
    const plain = plainCause(error, []) as Error & { code: string };
    expect(plain.message.length + plain.name.length + plain.code.length + (plain.stack?.length ?? 0)).toBeLessThan(
      9000,
    );
  });
});
