import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { onTestFinished } from "vitest";
import type { Description } from "../src/index.js";

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

/** The schemas of generated types that are `any`, at any depth, each by the way to it. */
export function findAny(file: string): { readonly schemas: number; readonly any: string[] } {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = source && checker.getSymbolAtLocation(source);
  const components = exported && checker.getExportsOfModule(exported).find(({ name }) => name === "components");
  const schemas = components && checker.getDeclaredTypeOfSymbol(components).getProperty("schemas");
  const named = schemas ? checker.getPropertiesOfType(checker.getTypeOfSymbol(schemas)) : [];
  const any: string[] = [];
  const passed = new Set<ts.Type>();
  const isOurs = ({ symbol }: ts.Type) => symbol?.declarations?.[0]?.getSourceFile() === source;

  function visit(type: ts.Type, way: string): void {
    if (type.flags & ts.TypeFlags.Any) any.push(way);
    if (passed.has(type)) return;
    passed.add(type);
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part, way);
    else if (isOurs(type))
      for (const property of checker.getPropertiesOfType(type))
        visit(checker.getTypeOfSymbol(property), `${way}.${property.name}`);
    else
      for (const inner of type.flags & ts.TypeFlags.Object ? checker.getTypeArguments(type as ts.TypeReference) : [])
        visit(inner, `${way}[]`);
    for (const { type: inner } of isOurs(type) ? checker.getIndexInfosOfType(type) : []) visit(inner, `${way}[*]`);
  }

  for (const schema of named) visit(checker.getTypeOfSymbol(schema), schema.name);
  return { schemas: named.length, any };
}
