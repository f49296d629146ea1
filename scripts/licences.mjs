import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What stands between two packages. */
export const between = `\n${"-".repeat(80)}\n\n`;

/**
 * What the licences of all that is in a bundle want to be told with it.
 * @param {readonly string[]} inputs the files that the bundle is made of
 */
export function licencesOf(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  return Array.from(folders, licenceOf).sort().join(between);
}

/** @param {string} folder */
function licenceOf(folder) {
  const { name, version, ...said } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  // Before there was `license`, there was a list.
  const license = said.license ?? said.licenses?.map((/** @type {{ type: string }} */ { type }) => type).join(" OR ");
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return `${name} ${version}, ${license}\n\n${file ? readFileSync(join(folder, file), "utf8") : ""}`;
}
