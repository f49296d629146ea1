import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

/**
 * The files of a tarball, as npm makes them: a header of 512 octets before each, its size in octal digits.
 * @param {string} tarball
 */
export async function filesOf(tarball) {
  const bytes = gunzipSync(await readFile(tarball));
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const field = (/** @type {number} */ from, /** @type {number} */ length) =>
      bytes
        .subarray(at + from, at + from + length)
        .toString("utf8")
        .replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 12), 8);
    const path = [field(345, 155), field(0, 100)].filter(Boolean).join("/");
    files.set(path.replace(/^package\//, ""), bytes.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/**
 * One line for people on what is in a package.
 * @param {string} name
 * @param {string} tarball
 */
export async function describePackage(name, tarball) {
  const files = await filesOf(tarball);
  const { version, dependencies = {} } = JSON.parse(files.get("package.json")?.toString() ?? "{}");
  const needs = Object.entries(dependencies).map(([one, range]) => `${one} ${range}`);
  const packed = (await readFile(tarball)).length;
  return `${name}@${version}  ${files.size} files, ${Math.round(packed / 1024)} kB packed; needs ${needs.join(", ") || "nothing"}`;
}
