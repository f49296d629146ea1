import { dirname, resolve } from "node:path";
import type { Description } from "./description/description.js";
import { readDescription, readYaml } from "./description/read.js";
import { isObject } from "./description/references.js";
import type { Choice } from "./select/select.js";
import { UsageError } from "./usage-error.js";

/** What a file asks to be generated: a description, and which part of it. */
export interface Wanted {
  readonly description: Description;
  readonly choice: Choice;
}

/**
 * Reads a file that says what is wanted: `description`, `asOf`, `previews`, `operations` and `overlay`, the files named
 * as seen from it. A description itself asks for all of itself, in the newest versions.
 *
 * @throws `UsageError` where the file says something else
 */
export async function readWanted(file: string): Promise<Wanted> {
  const said = await readYaml(file);
  if (isObject(said) && (said.openapi ?? said.swagger) !== undefined)
    return { description: await readDescription(file), choice: {} };
  const { description, asOf, previews, operations = {}, overlay, ...others } = requireRecord(file, said, "");
  const { tags, ids, ...unknown } = requireRecord(file, operations, " under operations");
  const [stranger] = [...Object.keys(others), ...Object.keys(unknown).map((key) => `operations.${key}`)];
  if (stranger) throw new UsageError(`${file} says ${stranger}, which is not known; there are ${known}`);
  if (typeof description !== "string") throw new UsageError(`${file} has to name a description: a file`);
  if (overlay !== undefined && typeof overlay !== "string") throw new UsageError(`${file}: an overlay is one file`);
  const beside = (name: string) => resolve(dirname(file), name);
  return {
    description: await readDescription(beside(description)),
    choice: {
      asOf: asOf === undefined ? undefined : requireDate(file, asOf),
      previews: requireFlag(file, previews),
      tags: requireNames(file, "tags", tags),
      ids: requireNames(file, "ids", ids),
      overlay: overlay === undefined ? undefined : await readYaml(beside(overlay)),
    },
  };
}

const known = "description, asOf, previews, operations (tags, ids) and overlay";

/** @throws `UsageError` where the text is no date such as `2025-03-12` */
export function requireDate(where: string, text: unknown): string {
  if (typeof text !== "string" || !isDate(text))
    throw new UsageError(`${where}: asOf is a date such as 2025-03-12, not ${JSON.stringify(text)}`);
  return text;
}

/** Whether there is such a day: a date of one that there is not, 30 February, is read as another. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function requireFlag(file: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === "boolean") return value;
  throw new UsageError(`${file}: previews is true or false, not ${JSON.stringify(value)}`);
}

function requireNames(file: string, key: string, value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string")) return value;
  throw new UsageError(`${file}: operations.${key} is a list of names, not ${JSON.stringify(value)}`);
}

function requireRecord(file: string, value: unknown, where: string): Record<string, unknown> {
  if (isObject(value) && !Array.isArray(value)) return value;
  throw new UsageError(`${file} says nothing that can be generated${where}; there are ${known}`);
}
