import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { COMMENT_HEADER } from "openapi-typescript";
import type { Description } from "../description/description.js";
import { describeFacts, type Module } from "./facts.js";
import { describeTypes } from "./types.js";

/**
 * Writes what a description says into a directory: `openapi.d.ts` with the types, `facts.js` with the table of
 * operations, the modules that are given beside, and `index.js` with all of it. Other files there stay.
 */
export async function writeModules(
  directory: string,
  description: Description,
  beside: Readonly<Record<string, Module>> = {},
): Promise<void> {
  const modules = { facts: describeFacts(description), ...beside };
  const names = Object.keys(modules);
  const all = names.map((name) => `export * from "./${name}.js";\n`).join("");
  // A schema may be named as a type of ours; what is exported by name goes before what comes with a star.
  const types = `export type * from "./openapi.js";\n${all}export type { Operation } from "./facts.js";\n`;
  const files: [string, string][] = [
    ["openapi.d.ts", await describeTypes(description)],
    ...Object.entries(modules).flatMap(([name, { code, types }]): [string, string][] => [
      [`${name}.js`, code],
      [`${name}.d.ts`, types],
    ]),
    ["index.js", all],
    ["index.d.ts", types],
  ];
  await mkdir(directory, { recursive: true });
  await Promise.all(files.map(([name, text]) => writeFile(join(directory, name), COMMENT_HEADER + text)));
}
