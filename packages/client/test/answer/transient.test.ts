import { expect, test } from "vitest";
import { isTransientStatus } from "../../src/answer/transient.js";

test("what may pass are three statuses of the 400s, and those of the 500s save the two that are for good", () => {
  const transient = Array.from({ length: 701 }, (_none, status) => status).filter(isTransientStatus);
  const ofTheServer = transient.slice(3);
  expect(transient.slice(0, 3)).toEqual([408, 425, 429]);
  expect([ofTheServer[0], ofTheServer.at(-1), ofTheServer.length]).toEqual([500, 599, 98]);
  for (const lasting of [501, 505]) expect(transient).not.toContain(lasting);
});
