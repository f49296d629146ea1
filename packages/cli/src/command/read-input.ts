import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { UsageError } from "../usage-error.js";

/** The content of a file; `-` is what is piped in. */
export async function readInput(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  return readFile(file, "utf8").catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(code === "ENOENT" ? `There is no file ${file}.` : `${file} cannot be read (${code}).`);
  });
}

/** What a message calls the file. */
export function calledInput(file: string): string {
  return file === "-" ? "What was piped in" : file;
}

/** All documents of a text of JSON or YAML. */
export async function parseDocuments(content: string, file: string): Promise<unknown[]> {
  const { parseAllDocuments } = await import("../libraries/yaml.js");
  const documents = parseAllDocuments(content, { prettyErrors: true });
  if (!Array.isArray(documents)) return [];
  const mistakes = documents.flatMap(({ errors }) => errors.map(({ message }) => message.split("\n")[0] ?? message));
  if (mistakes.length > 0) throw new UsageError(`${calledInput(file)} is neither JSON nor YAML:`, mistakes);
  try {
    return documents.map((document) => document.toJS() as unknown).filter((value) => value !== null);
  } catch (error) {
    // Aliases are resolved last: there may be more of them than a file that means well has.
    throw new UsageError(`${calledInput(file)} cannot be read:`, [(error as Error).message]);
  }
}
