// Adds up what the test runners of all packages have reported: names what failed, and prints the totals last, as the one
// line that CI reads.
//   node scripts/totals.mjs [STEP]…     with the steps that ended with an error: test, or what else was run beside it
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} TestResult */
/** @typedef {{ name: string, status: string, message?: string, assertionResults: TestResult[] }} TestFile */
/** @typedef {{ numPassedTests: number, numPendingTests: number, testResults: TestFile[] }} Report */

const { reports, missing } = readReports();
const files = reports.flatMap(({ testResults }) => testResults);
const failures = [...missing, ...files.flatMap(failuresOf)];
// What the reports tell of is why the step failed; where they tell of nothing, something else has: a lint, a compiler, an error after the last test.
const steps = process.argv.slice(2).filter((step) => step !== "test" || failures.length === 0);
failures.push(...steps.map((step) => `${step}: it ended with an error; what it said is above`));

const sum = (/** @type {"numPassedTests" | "numPendingTests"} */ total) =>
  reports.reduce((all, report) => all + report[total], 0);
const [passed, skipped] = [sum("numPassedTests"), sum("numPendingTests")];
for (const failure of failures) console.log(`failed: ${failure.replace(`${process.cwd()}/`, "")}`);
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failures.length} failed`);
if (failures.length > 0 || passed === 0) process.exitCode = 1;

/** What each package's tests have written down, and which have written nothing: they broke off, or were never run. */
function readReports() {
  const packages = readdirSync("packages").map((name) => `packages/${name}`);
  const places = ["spec", ...packages, "scripts"].filter((place) => existsSync(join(place, "package.json")));
  /** @type {Report[]} */
  const reports = [];
  /** @type {string[]} */
  const missing = [];
  for (const file of places.flatMap(reportsOf)) {
    try {
      reports.push(JSON.parse(readFileSync(file, "utf8")));
    } catch {
      missing.push(`${file}: no report, so these tests broke off or were not run`);
    }
  }
  return { reports, missing };
}

/** @param {string} place */
function reportsOf(place) {
  const { scripts } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  return Object.entries(/** @type {Record<string, string>} */ (scripts))
    .filter(([name]) => /^test(:|$)/.test(name))
    .map(([, command]) => join(place, /--outputFile\.json=(\S+)/.exec(command)?.[1] ?? "reports/vitest.json"));
}

/** @param {TestFile} file */
function failuresOf({ name, status, message, assertionResults }) {
  const failed = assertionResults
    .filter((test) => test.status === "failed")
    .map(({ fullName, failureMessages }) => `${name}: ${fullName}: ${failureMessages[0]?.split("\n")[0]}`);
  // A file that cannot be loaded, or whose tests had no place to run in, fails without a test that does.
  return status === "failed" && failed.length === 0 ? [`${name}: ${message}`] : failed;
}
