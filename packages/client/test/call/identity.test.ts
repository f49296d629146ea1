import { expect, test } from "vitest";
import { Identity } from "../../src/call/identity.js";

test("an identity is the same whenever it is asked for, and nobody else's", () => {
  const identity = new Identity();
  const { id } = identity;
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(identity.id).toBe(id);
  expect(new Identity().id).not.toBe(id);
});
