import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packAll } from "./pack.mjs";
import { manifestOf, published } from "./published.mjs";

/**
 * What two linters have to say of the packed packages, as they are built now.
 * @returns {Promise<{ publint: string[], attw: string[] }>}
 */
export async function lintPackages() {
  const folder = await mkdtemp(join(tmpdir(), "packed-"));
  try {
    const found = { publint: /** @type {string[]} */ ([]), attw: /** @type {string[]} */ ([]) };
    for (const { name, tarball } of await packAll(folder, { isBuilt: true })) {
      const bytes = await readFile(tarball);
      found.publint.push(...(await publintSays(name, bytes)));
      found.attw.push(...(await attwSays(name, bytes)));
    }
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {string} name
 * @param {Buffer} bytes
 */
async function publintSays(name, bytes) {
  const tarball = /** @type {ArrayBuffer} */ (
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  );
  const { messages } = await publint({ pack: { tarball }, strict: true });
  const folder = published.find((one) => one.name === name)?.folder ?? "";
  return messages.map((message) => `${name}: ${formatMessage(message, manifestOf(folder), { color: false })}`);
}

/**
 * An ES module has to be an ES module to everybody: `require` of one is what the READMEs speak of, and no mistake in the types.
 * @param {string} name
 * @param {Buffer} bytes
 */
async function attwSays(name, bytes) {
  const checked = await checkPackage(createPackageFromTarballData(bytes));
  if (!checked.types) return [];
  return checked.problems
    .filter(({ kind }) => kind !== "CJSResolvesToESM")
    .map((problem) => `${name}: ${problem.kind} ${JSON.stringify(problem).slice(0, 300)}`);
}
