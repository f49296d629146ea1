import { describe, expect, test } from "vitest";
import { isErrorLike, plainCause } from "../../src/answer/plain-cause.js";

const secret = "a-long-and-secret-word";
const shown = (error: unknown) => plainCause(error, [secret]);

describe("what is shown of somebody else's error", () => {
  test("is its name, its message, its code and where it was thrown", () => {
    const error = Object.assign(new TypeError("It broke."), { code: "EBROKEN", config: { auth: secret } });
    const copy = shown(error);
    expect(copy).toMatchObject({ name: "TypeError", message: "It broke.", code: "EBROKEN" });
    expect(copy.stack).toMatch(/^TypeError: It broke\.\n +at /);
    expect(Object.keys(copy)).toEqual(["code"]);
    expect(copy).not.toBe(error);
  });

  test("has no secret, wherever it stands", () => {
    const error = Object.assign(new Error(`of ${secret}`), { name: secret, code: secret, cause: new Error(secret) });
    const copy = shown(error) as Error & { code?: string };
    expect(copy).toMatchObject({ name: "[redacted]", message: "of [redacted]", code: "[redacted]" });
    expect(copy.cause).toMatchObject({ message: "[redacted]" });
    expect(`${copy.stack}`).not.toContain(secret);
  });

  test("is on one line", () => {
    expect(shown(new Error("one\ntwo\u001b[31m"))).toMatchObject({ message: "one\\ntwo\\u001b[31m" });
  });

  test("is cut where it goes on", () => {
    const long = Object.assign(new Error("m".repeat(5000)), { name: "n".repeat(500), code: "c".repeat(500) });
    const copy = shown(long) as Error & { code: string };
    expect([copy.name.length, copy.message.length, copy.code.length]).toEqual([100, 1000, 100]);
  });

  test.each([404, 0])("keeps a code that is the number %i", (code) => {
    expect(shown(Object.assign(new Error("x"), { code }))).toMatchObject({ code });
  });

  test.each([undefined, null, {}, "", true])("has no code where that is %j", (code) => {
    expect(shown(Object.assign(new Error("x"), { code }))).not.toHaveProperty("code");
  });

  test("goes down the causes, five of them, though they are a ring", () => {
    const ring = new Error("ring");
    ring.cause = ring;
    let depth = 0;
    for (let each: unknown = shown(ring); each instanceof Error; each = each.cause) depth++;
    expect(depth).toBe(6);
    expect(shown(new Error("alone"))).not.toHaveProperty("cause");
    expect(shown(new Error("x", { cause: "words" })).cause).toMatchObject({ message: "words" });
  });

  test("is in our words, where there are any", () => {
    const copy = plainCause(new Error("at /groups/1"), [], (text) => text.replace("/groups/1", "/groups/{groupId}"));
    expect(copy.message).toBe("at /groups/{groupId}");
  });
});

describe("what is no error", () => {
  test.each<[unknown, string]>([
    ["words", "words"],
    [42, "42"],
    [undefined, "undefined"],
    [{ toString: () => "mine" }, "mine"],
    [Object.create(null), "object"],
  ])("is shown as text: %#", (thrown, message) => {
    expect(shown(thrown)).toMatchObject({ name: "Error", message });
  });

  test.each<[unknown, boolean]>([
    [new Error("x"), true],
    [{ message: "x" }, true],
    [{ message: 1 }, false],
    [{ [Symbol.toStringTag]: "Error" }, true],
    [{}, false],
    [null, false],
    ["x", false],
    [undefined, false],
  ])("is told from an error: %#", (value, is) => {
    expect(isErrorLike(value)).toBe(is);
  });

  test("may throw wherever it is looked at", () => {
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error("Do not look.");
        },
        getPrototypeOf: () => null,
      },
    );
    expect(shown(hostile)).toMatchObject({ name: "Error", message: "object" });
  });
});
