import { expect, test } from "vitest";
import { isTransientStatus } from "../../src/answer/transient.js";

const through = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_none, at) => first + at);

test("what may pass are three statuses of the 400s, and those of the 500s save the two that are for good", () => {
  const ofTheServer = through(500, 599).filter((status) => ![501, 505].includes(status));
  expect(through(0, 700).filter(isTransientStatus)).toEqual([408, 425, 429, ...ofTheServer]);
});
