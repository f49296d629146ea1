import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readFaults, readJson } from "../../src/command/files.js";

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
  ["resett=5%", "--faults: there is no fault resett; did you mean reset?"],
  ["reset=5", "--faults: reset=5 names no share such as 5%"],
  ["/no/such/file", "--faults: there is no file /no/such/file"],
])("The faults %s are a mistake that has a sentence", (text, sentence) => {
  expect(() => readFaults(text)).toThrow(sentence);
});

test.each([
  ["500%", "--faults: 500% is more than all, which is 100%"],
  ["reset=101%", "--faults: 101% is more than all, which is 100%"],
  ["rate-limitd=5%", "--faults: there is no fault rate-limitd; did you mean rate-limited?"],
])("The share %s is a mistake that has a sentence", (text, sentence) => {
  expect(() => readFaults(text)).toThrow(sentence);
});

test("A file that is not JSON is a mistake that has a sentence", () => {
  expect(() => readJson("--scenario", file("{"))).toThrow("cannot be read as JSON");
});
