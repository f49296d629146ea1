import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { onTestFinished } from "vitest";
import type { Description } from "../src/index.js";

export { findAny } from "../measure/find-any.mjs";

/** A directory with these files, for as long as the test lasts. */
export async function directoryWith(files: Readonly<Record<string, string | object>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "generate-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files))
    await writeFile(join(directory, name), typeof text === "string" ? text : JSON.stringify(text));
  return directory;
}

/** What generating for a whole description takes. */
export function filesOf(description: Description): Record<string, object> {
  return { "things.json": description, "all.json": { description: "./things.json" } };
}

/** What the compiler has to say of a file, the declarations that it imports included. */
export function complaints(file: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.NodeNext,
    types: [],
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options)).map(({ messageText, file: source, start = 0 }) => {
    const line = source ? source.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
