import { expect, test } from "vitest";
import { holesIn } from "../../check-release/lines/audit.mjs";

const audit = (/** @type {object} */ vulnerabilities) => JSON.stringify({ metadata: { vulnerabilities } });

test("holes of every kind count", () => {
  expect(holesIn(audit({ info: 0, low: 1, moderate: 0, high: 2, critical: 0 }))).toBe(3);
  expect(holesIn(audit({ info: 0, low: 0, moderate: 0, high: 0, critical: 0 }))).toBe(0);
});

test.each(["", "405 Method Not Allowed", '{ "error": { "code": "ERR" } }', audit({}), audit({ high: "many" })])(
  "%s is no audit, and not one without holes",
  (said) => {
    expect(holesIn(said)).toBeUndefined();
  },
);
