// Adds up what the test runners reported: names what failed, and prints the totals as the one line that CI reads.
import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const [passed, failedTests, skipped] = ["numPassedTests", "numFailedTests", "numPendingTests"].map((total) =>
  reports.reduce((sum, report) => sum + report[total], 0),
);
/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} TestResult */
/** @type {{ name: string, message?: string, assertionResults: TestResult[] }[]} */
const suites = reports.flatMap(({ testResults }) => testResults);
const complaints = suites.flatMap(({ name, message, assertionResults }) => [
  ...(message ? [`${name}: ${message}`] : []),
  ...assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => `${name}: ${fullName}: ${failureMessages[0]?.split("\n")[0]}`),
]);
for (const complaint of complaints) console.log(`failed: ${complaint.replace(`${process.cwd()}/`, "")}`);
if (skipped > 0) console.log(`${skipped} skipped`);

// What fails outside of a test, such as a file that cannot be loaded, is a failure all the same.
const failed = reports.every(({ success }) => success) ? failedTests : Math.max(failedTests, 1);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || passed === 0) process.exitCode = 1;
