import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listOperations } from "./description/operations.js";
import { readWanted } from "./generation-file.js";
import { flattenObjects } from "./select/flatten.js";
import { openAnswers } from "./select/open-answers.js";
import { select } from "./select/select.js";
import { UsageError } from "./usage-error.js";
import { writeModules } from "./write/files.js";

/** What was generated. */
export interface Generated {
  readonly operations: number;
  readonly schemas: number;
  /** Operations that are wanted, but not by their id, and have no such version. */
  readonly leftOut: readonly string[];
}

/** Generates what a file asks for into a directory: the command `atlas-streams-generate`. */
export async function generate(file: string, directory: string): Promise<Generated> {
  const { description: whole, choice } = await readWanted(file);
  const { description, leftOut } = select(whole, choice);
  const operations = listOperations(description).length;
  if (operations === 0) throw new UsageError(`${file} leaves no operation${withoutVersion(leftOut, choice.asOf)}`);
  const served = structuredClone(description); // a mock has to know the closed lists, to choose from them
  flattenObjects(served);
  openAnswers(description);
  await writeModules(directory, description)
    .then(() => writeFile(join(directory, "openapi.json"), `${JSON.stringify(served, null, 2)}\n`))
    .catch((error: NodeJS.ErrnoException) => {
      throw error.syscall ? new UsageError(`${directory} cannot be written: ${error.message}`) : error;
    });
  const schemas = Object.keys(description.components?.schemas ?? {}).length;
  return { operations, schemas, leftOut };
}

function withoutVersion(leftOut: readonly string[], asOf: string | undefined): string {
  if (leftOut.length === 0) return "";
  return `: ${leftOut.join(", ")} ${leftOut.length > 1 ? "have" : "has"} no version${asOf ? ` up to ${asOf}` : " but a preview"}`;
}
