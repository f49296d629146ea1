import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compilerOptions, cursor, split } from "./open-file.mjs";

/**
 * The editor's side of a TypeScript before 7, as VS Code asks it.
 * @param {typeof import("typescript-5.9")} ts
 * @param {string} folder
 * @returns {import("./editor.js").Editor}
 */
export function openLanguageService(ts, folder) {
  const file = join(folder, "open.ts");
  let text = "";
  let version = 0;
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, folder);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : "0"),
    getScriptSnapshot(name) {
      if (name === file) return ts.ScriptSnapshot.fromString(text);
      return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined;
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath ?? ((name) => name),
  });

  /** @param {string} code */
  function open(code) {
    text = split(code).text;
    version++;
    return code.indexOf(cursor);
  }

  return {
    async completionsAt(code) {
      const found = service.getCompletionsAtPosition(file, open(code), {});
      return (found?.entries ?? [])
        .filter(({ sortText }) => sortText < "15")
        .map(({ name }) => name.replace(/\?$/, ""));
    },
    async hoverAt(code) {
      const info = service.getQuickInfoAtPosition(file, open(code) - 1);
      const documentation = ts.displayPartsToString(info?.documentation);
      return `${ts.displayPartsToString(info?.displayParts)}\n${documentation}`;
    },
    async close() {
      service.dispose();
    },
  };
}
