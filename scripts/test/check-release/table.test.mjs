import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readChecks } from "../../check-release/read-checks.mjs";
import { runChecks } from "../../check-release/run-checks.mjs";
import { showTable } from "../../check-release/table.mjs";

const held = { what: "size", figure: "20 B", limit: "21 B", holds: true };
const short = { what: "time", figure: "30 ms", limit: "25 ms", holds: false, complaint: "Look there." };

test("each line has its figure and its limit, and what falls short is told below with where to look", () => {
  expect(showTable([held, short])).toBe(`       what  figure  limit
ok     size  20 B    21 B
SHORT  time  30 ms   25 ms

time
  Look there.

1 of 2 hold.
`);
});

test("what could not be looked at is no promise that holds, and none that is broken", () => {
  const unknown = {
    what: "audit",
    figure: "",
    limit: "none",
    holds: false,
    unchecked: "The registry has no such endpoint.",
  };
  const table = showTable([held, unknown]);
  expect(table).toContain("\n?   audit");
  expect(table).toContain(
    "audit: not looked at here. The registry has no such endpoint.\n1 of 2 hold, 1 not looked at.",
  );
});

test("what cannot be measured falls short, and says why", async () => {
  const measure = () => Promise.reject(new Error("no such server"));
  const [line] = await runChecks([{ name: "cache", isQuick: true, measure }], () => {});
  expect(line).toMatchObject({ what: "cache", holds: false, complaint: expect.stringContaining("no such server") });
});

test("a check that measures nothing falls short", async () => {
  const [line] = await runChecks([{ name: "runtimes", isQuick: true, measure: () => [] }], () => {});
  expect(line).toMatchObject({ what: "runtimes", holds: false });
});

test("the quick part is what each change is held to, and a part of the whole", async () => {
  const all = await readChecks({ names: [], quickOnly: false });
  const quick = await readChecks({ names: [], quickOnly: true });
  expect(quick.length).toBeGreaterThan(0);
  expect(quick.length).toBeLessThan(all.length);
  expect(quick.every(({ isQuick }) => isQuick)).toBe(true);
});

test("a name that is no check is refused with those that there are", async () => {
  await expect(readChecks({ names: ["sise"], quickOnly: false })).rejects.toThrow(/sise is no check; there are .*size/);
});

test("a check that takes long is not left out in silence where it is asked for by its name", async () => {
  await expect(readChecks({ names: ["size", "mutation"], quickOnly: true })).rejects.toThrow(/mutation is not quick/);
});

test.each([
  [["sise"], /^check:release: sise is no check; there are audit, .*\n$/],
  [["--quik"], /^check:release: Unknown option '--quik'\n$/],
  [["--quick", "mutation"], /^check:release: mutation is not quick: .*\n$/],
])("called with %j it measures nothing, says why in one line, and exits with 2", (words, said) => {
  const script = fileURLToPath(new URL("../../check-release.mjs", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: "utf8" });
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(said) });
});
