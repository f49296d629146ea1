// A rule that never fires looks just like a description without faults. So broken.yaml has every fault once.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "vitest";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const rulesOf = (text) => text.match(/\brule\/[a-z-]+/g) ?? [];
const unique = (values) => [...new Set(values)].sort();

/** `12 rule/name` for each problem that a rule of our own reports in broken.yaml. */
function lint() {
  const command = "redocly lint test/broken.yaml --config redocly.yaml --format json --max-problems 1000";
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stdout, stderr } = spawnSync(command, { cwd, encoding: "utf8", shell: true });
  assert.ok(stdout.startsWith("{"), stderr);
  return JSON.parse(stdout)
    .problems.filter(({ ruleId }) => ruleId.startsWith("rule/"))
    .map(({ ruleId, location: [{ start }] }) => `${start.line} ${ruleId}`);
}

test("each rule of our own fires where it should, and nowhere else", () => {
  const lines = read("broken.yaml").split("\n");
  const expected = lines.flatMap((line, index) => rulesOf(line).map((rule) => `${index + 1} ${rule}`));
  assert.deepEqual(unique(lint()), unique(expected));
});

test("no rule of our own goes untested", () => {
  assert.deepEqual(unique(rulesOf(read("broken.yaml"))), unique(rulesOf(read("../redocly.yaml"))));
});
