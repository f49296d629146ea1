import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import ts from "typescript";

/** @typedef {{ operationId: string, method: string, path: string, pathParameters: Record<string, RegExp> }} Operation */

/**
 * What a program that calls one of the generated operations costs a compiler and an editor.
 * @param {string} directory where the types are
 * @param {Operation} operation one that takes nothing but the words of its path
 * @param {string} client where the client is
 */
export function measureConsumer(directory, operation, client) {
  const file = join(directory, "consumer.ts");
  const options = compilerOptions(client);
  const call = `export const answer = atlas.raw.GET("${operation.path}", { params: { path: ${valuesFor(operation)} } });\n`;
  const instantiationsOf = (/** @type {string} */ text) => {
    writeFileSync(file, text);
    const program = ts.createProgram([file], options);
    const [complaint] = ts.getPreEmitDiagnostics(program);
    if (complaint) throw new Error(ts.flattenDiagnosticMessageText(complaint.messageText, " "));
    return program.getInstantiationCount();
  };
  const instantiations = instantiationsOf(opening + call) - instantiationsOf(opening);
  return { instantiations, ...measureCompletion(file, `${opening}atlas.raw.GET("`, options) };
}

const opening = `import type { AtlasClient } from "@atlas-streams/client";
import type { paths } from "./index.js";
declare const atlas: AtlasClient<paths>;
`;

/**
 * @param {Operation} operation
 */
function valuesFor({ pathParameters }) {
  return `{ ${Object.keys(pathParameters)
    .map((name) => `${JSON.stringify(name)}: ""`)
    .join(", ")} }`;
}

/**
 * @param {string} client
 * @returns {ts.CompilerOptions}
 */
function compilerOptions(client) {
  const { types } = JSON.parse(readFileSync(join(client, "package.json"), "utf8")).exports["."];
  const typesOfNode = join(createRequire(import.meta.url).resolve("@types/node/package.json"), "../..");
  return {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    typeRoots: [typesOfNode],
    types: ["node"],
    paths: { "@atlas-streams/client": [join(client, types)] },
  };
}

/**
 * How long an editor takes to say what may stand in the quotes, when the file has been open for a while.
 * @param {string} file
 * @param {string} text
 * @param {ts.CompilerOptions} options
 */
function measureCompletion(file, text, options) {
  writeFileSync(file, text);
  /** @type {ts.LanguageServiceHost} */
  const host = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const content = ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  const service = ts.createLanguageService(host);
  service.getSyntacticDiagnostics(file);
  const startedAt = performance.now();
  const completions = service.getCompletionsAtPosition(file, text.length, {})?.entries.length ?? 0;
  return { completions, completionMs: Math.round(performance.now() - startedAt) };
}
