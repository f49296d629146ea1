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

/** All documents of a text of JSON or YAML. */
export async function parseDocuments(content: string, file: string): Promise<unknown[]> {
  const { parseAllDocuments } = await import("../libraries/yaml.js");
  const documents = parseAllDocuments(content, { prettyErrors: true });
  if (!Array.isArray(documents)) return [];
  const mistakes = documents.flatMap(({ errors }) => errors.map(({ message }) => message.split("\n")[0] ?? message));
  if (mistakes.length > 0) throw new UsageError(`${file} is neither JSON nor YAML:`, mistakes);
  return documents.map((document) => document.toJS() as unknown).filter((value) => value !== null);
}
