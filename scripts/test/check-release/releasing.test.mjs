import { expect, test } from "vitest";
import { linesOf } from "../../check-release/lines/releasing.mjs";

const component = (/** @type {string} */ expression) => ({
  ...{ type: "library", name: "one", version: "1.0.0", purl: "pkg:npm/one@1.0.0" },
  licenses: [{ expression }],
});
const names = ["spec", "types", "generate", "client", "mock", "cli"].map((name) => `@atlas-streams/${name}`);
const bills = names.map((name) => ({
  ...{ name, components: [component("MIT")] },
  bundled: /mock|cli/.test(name) ? 50 : 0,
}));
const holds = (/** @type {Parameters<typeof linesOf>[0]} */ rehearsal) => linesOf(rehearsal).map((line) => line.holds);

test("a whole rehearsal holds", () => {
  expect(holds({ published: 6, bills })).toEqual([true, true, true]);
});

test("one that was not published falls short", () => {
  expect(holds({ published: 5, bills })).toEqual([false, true, true]);
});

test("a bill that is empty, or does not tell what is bundled, falls short", () => {
  const without = (/** @type {object} */ what) =>
    bills.map((bill) => (/mock/.test(bill.name) ? { ...bill, ...what } : bill));
  expect(holds({ published: 6, bills: without({ components: [] }) })).toEqual([true, false, true]);
  const [, line] = linesOf({ published: 6, bills: without({ bundled: 0 }) });
  expect(line).toMatchObject({ holds: false, complaint: "@atlas-streams/mock does not tell what is bundled into it" });
});

test.each([
  ["(BSD-3-Clause OR GPL-2.0)", true],
  ["GPL-3.0-only", false],
  ["MIT AND GPL-3.0-only", false],
  ["", false],
  ["UNLICENSED", false],
])("a licence of %j: %s", (expression, isAllowed) => {
  const others = bills.map((bill) => ({ ...bill, components: [component("MIT"), component(expression)] }));
  expect(holds({ published: 6, bills: others })).toEqual([true, true, isAllowed]);
});

test("without anything nothing holds", () => {
  expect(holds({ published: 0, bills: [] })).toEqual([false, false, false]);
});
