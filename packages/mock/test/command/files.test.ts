import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConnections, readFaults, readScenario } from "../../src/command/files.js";

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "atlas-streams-mock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "given.json"), text);
  return join(folder, "given.json");
}

test("A share is a bit of everything, of everything that ends", () => {
  const rules = readFaults("5%");
  expect(rules.reduce((sum, { share = 0 }) => sum + share, 0)).toBeCloseTo(0.05);
  expect(rules.map(({ fault }) => fault)).not.toContain("stalled");
});

test("Faults can be named with their shares, or stand in a file", () => {
  expect(readFaults("reset=1%, slow=0.5%")).toEqual([
    { fault: "reset", share: 0.01 },
    { fault: "slow", share: 0.005 },
  ]);
  const rules = [{ fault: { kind: "rate-limited", header: "none" }, nth: 1 }];
  expect(readFaults(file(JSON.stringify(rules)))).toEqual(rules);
});

test.each([
  ["resett=5%", "--faults: there is no fault resett; there are rate-limited, "],
  ["reset=5", "--faults: reset=5 names no share such as 5%"],
  ["/no/such/file", "--faults: there is no file /no/such/file"],
])("The faults %s are a mistake that has a sentence", (text, sentence) => {
  expect(() => readFaults(text)).toThrow(sentence);
});

test("A file that is not what it should be is a mistake that has a sentence", () => {
  expect(() => readScenario(file('{ "live": [] }'))).toThrow("there is no live; there are pace, fails, ");
  expect(() => readScenario(file('{ "lives": [{ "fail": "x" }] }'))).toThrow("lives: there is no fail; there are ");
  expect(() => readScenario(file("{"))).toThrow("cannot be read as JSON");
  expect(() => readScenario(file("[]"))).toThrow("holds no object");
  expect(() => readConnections(file("{}"))).toThrow("holds no list");
  expect(() => readFaults(file('[{ "falt": "reset" }]'))).toThrow("there is no falt; there are fault, ");
});
