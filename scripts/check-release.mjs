#!/usr/bin/env node
// Whether this may be depended on: one table, a line for each promise, with its figure and its limit.
//   pnpm check:release              all of it, before a release
//   pnpm check:release --quick      what each change is held to
//   pnpm check:release --strict     what could not be looked at falls short too
//   pnpm check:release size types   the lines of these files of scripts/check-release/
import { parseArgs } from "node:util";
import { readChecks } from "./check-release/read-checks.mjs";
import { runChecks } from "./check-release/run-checks.mjs";
import { isShort, showTable } from "./check-release/table.mjs";
import { changeDirectory } from "./compare/places.mjs";

changeDirectory();
const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean" }, strict: { type: "boolean" } },
  allowPositionals: true,
});
const checks = await readChecks({ names: positionals, quickOnly: values.quick ?? false });
const lines = await runChecks(checks, (name) => process.stderr.write(`… ${name}\n`));
process.stdout.write(showTable(lines));
process.exitCode = lines.some((line) => isShort(line) || (values.strict && !line.holds)) ? 1 : 0;
