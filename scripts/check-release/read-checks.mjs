import { readdir } from "node:fs/promises";
import { UsageError } from "../usage.mjs";

/** @typedef {import("./check.js").Check & { readonly name: string }} NamedCheck */

const folder = new URL("./lines/", import.meta.url);

/**
 * The checks, one from each file of lines/, in the order of the files' names.
 * @param {{ names: readonly string[], quickOnly: boolean }} choice
 * @returns {Promise<NamedCheck[]>}
 */
export async function readChecks({ names, quickOnly }) {
  const found = (await readdir(folder)).filter((file) => file.endsWith(".mjs")).sort();
  const known = found.map((file) => file.replace(/\.mjs$/, ""));
  const stranger = names.find((name) => !known.includes(name));
  if (stranger) throw new UsageError(`${stranger} is no check; there are ${known.join(", ")}`);
  const wanted = names.length > 0 ? known.filter((name) => names.includes(name)) : known;
  const checks = await Promise.all(
    wanted.map(async (name) => ({ name, ...(await import(new URL(`${name}.mjs`, folder).href)).default })),
  );
  if (!quickOnly) return checks;
  const slow = checks.find(({ name, isQuick }) => names.includes(name) && !isQuick);
  if (slow) throw new UsageError(`${slow.name} is not quick: leave out --quick to look at it`);
  return checks.filter(({ isQuick }) => isQuick);
}
