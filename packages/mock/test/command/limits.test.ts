import { expect, test } from "vitest";
import { readLimits } from "../../src/command/limits.js";

test("Limits are pairs, and pairs in groups", () => {
  expect(readLimits("liveTokens=2, tokenLifetimeSeconds=0.5,rate=false")).toEqual({
    liveTokens: 2,
    tokenLifetimeSeconds: 0.5,
    rate: false,
  });
  expect(readLimits("rate.capacity=20,rate.perMs=1000")).toEqual({ rate: { capacity: 20, perMs: 1000 } });
});

test.each(["liveTokens=", "liveTokens=many", "=2", "a.b.c=1", "liveTokens=2,"])("%s is a mistake", (text) => {
  expect(() => readLimits(text)).toThrow("is no limit such as liveTokens=2");
});

test("A file that is none is a mistake", () => {
  expect(() => readLimits("no-such-file.json")).toThrow("--limits: there is no file no-such-file.json");
});
