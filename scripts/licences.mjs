import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What the licences of all that is in a bundle want to be told with it.
 * @param {readonly string[]} inputs the files that the bundle is made of
 */
export function licencesOf(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  return Array.from(folders, licenceOf)
    .sort()
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** @param {string} folder */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return `${name} ${version}, ${license}\n\n${file ? readFileSync(join(folder, file), "utf8") : ""}`;
}
