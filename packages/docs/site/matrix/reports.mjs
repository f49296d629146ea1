// What the test runs of the packages reported.
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../places.mjs";

/** @typedef {{ group: string, title: string, status: string }} Case */
/** @typedef {{ file: string, cases: Case[] }} File */

/**
 * The cases of one package, file by file, in an order that does not depend on which was done first.
 * @param {string} folder such as `packages/client`
 * @returns {File[]}
 */
export function filesOf(folder) {
  const report = join(root, folder, "reports/vitest.json");
  if (!existsSync(report)) throw new Error(`${folder} has not been tested: run its tests first, then build the site.`);
  /** @type {{ testResults: { name: string, assertionResults: { ancestorTitles: string[], title: string, status: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  return testResults
    .map(({ name, assertionResults }) => ({
      file: relative(join(root, folder), name),
      cases: assertionResults.map(({ ancestorTitles, title, status }) => ({
        group: onOneLine(ancestorTitles.join(" › ")),
        title: onOneLine(title),
        status,
      })),
    }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/**
 * The promises themselves come first, then what holds the client to the description, then long runs.
 * @param {File} file
 */
function keyOf({ file }) {
  return `${file.includes("/honest/") ? 0 : file.startsWith("test/") ? 1 : 2} ${file}`;
}

/**
 * A title may name a value with line breaks, and an empty line would end the list that it stands in.
 * @param {string} title
 */
function onOneLine(title) {
  return title.replace(/\s+/g, " ");
}
