import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listOperations } from "./description/operations.js";
import { readWanted } from "./generation-file.js";
import { flattenObjects } from "./select/flatten.js";
import { openAnswers } from "./select/open-answers.js";
import { select } from "./select/select.js";
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
  const served = structuredClone(description); // a mock has to know the closed lists, to choose from them
  flattenObjects(served);
  openAnswers(description);
  await writeModules(directory, description);
  await writeFile(join(directory, "openapi.json"), `${JSON.stringify(served, null, 2)}\n`);
  const schemas = Object.keys(description.components?.schemas ?? {}).length;
  return { operations: listOperations(description).length, schemas, leftOut };
}
