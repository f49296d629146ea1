import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs a script that takes its time, and reads what it has written down.
 * @param {string} folder where it is run, from the root
 * @param {readonly string[]} words for node
 * @param {string} report the JSON that it writes there
 * @returns {{ report: any, output: string }} the report is the script's own
 */
export function runScript(folder, words, report) {
  const file = join(folder, report);
  rmSync(file, { force: true });
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${stdout}${stderr}`;
  try {
    return { report: JSON.parse(readFileSync(file, "utf8")), output };
  } catch (error) {
    throw new Error(`node ${words.join(" ")} in ${folder} wrote no ${report}:\n${output.slice(-5000)}`, {
      cause: error,
    });
  }
}
