#!/usr/bin/env node
// Whether this may be depended on: one table, a line for each promise, with its figure and its limit.
//   pnpm check:release                  all of it, before a release
//   pnpm check:release --quick          what each change is held to
//   pnpm check:release --strict         what could not be looked at falls short too
//   pnpm check:release size type-cost   the lines of these files of scripts/check-release/lines/
// It exits with 1 where something falls short, and with 2 where it is not called as above.
import { parseArgs } from "node:util";
import { readChecks } from "./check-release/read-checks.mjs";
import { runChecks } from "./check-release/run-checks.mjs";
import { isShort, showTable } from "./check-release/table.mjs";
import { root } from "./compare/places.mjs";
import { asCalled } from "./usage.mjs";

process.chdir(root);
const { isStrict, checks } = await asCalled("check:release", async () => {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean" }, strict: { type: "boolean" } },
    allowPositionals: true,
  });
  const checks = await readChecks({ names: positionals, quickOnly: values.quick ?? false });
  return { isStrict: values.strict ?? false, checks };
});
const lines = await runChecks(checks, (name) => process.stderr.write(`… ${name}\n`));
process.stdout.write(showTable(lines));
process.exitCode = lines.some((line) => isShort(line) || (isStrict && !line.holds)) ? 1 : 0;
