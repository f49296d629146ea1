import type { Description } from "../description/description.js";
import { listOperations } from "../description/operations.js";
import { type Constant, describeConstants } from "./constants.js";
import { identifiersFor } from "./identifiers.js";
import { literal, typeOf } from "./literal.js";
import { describeOperations, operationType } from "./table.js";

/** A module, as code and as what the compiler is told of it. */
export interface Module {
  readonly code: string;
  readonly types: string;
}

/**
 * What running code has to know of the API, by the names of its modules: one constant each, so that a bundler drops what
 * is not used. Operations stand by their first tag, so that whoever uses some of them loads no others. No operation gets
 * a name that is taken.
 */
export function describeFacts(description: Description, taken: readonly string[]): Record<string, Module> {
  const modules = listOperations(description).map(({ operation }) => `operations/${slugOf(operation.tags?.[0] ?? "")}`);
  const constants = describeConstants(description);
  const table = describeOperations(description);
  const names = identifiersFor(
    table.map(({ operationId }) => operationId),
    ["Operation", "operationTable", ...taken, ...constants.map(({ name }) => name)],
  );
  const operations = table.map((operation, index) => ({
    module: modules[index] ?? "",
    name: names[index] ?? "",
    comment: `${operation.method} ${operation.path}`,
    value: operation,
  }));
  const groups = new Map(
    [...new Set(modules)].map((name) => [name, operations.filter(({ module }) => module === name)]),
  );
  return {
    constants: describeModule(constants),
    ...Object.fromEntries([...groups].map(([name, group]) => [name, describeModule(group)])),
    operations: describeTable(groups, operations),
  };
}

function describeTable(groups: ReadonlyMap<string, readonly Constant[]>, operations: readonly Constant[]): Module {
  const exported = [...groups.keys()].map((name) => `export * from "./${name}.js";\n`).join("");
  const imported = [...groups].map(([name, group]) => `import { ${listNames(group)} } from "./${name}.js";\n`).join("");
  const table =
    "/** Every operation of the description. */\nexport declare const operationTable: readonly Operation[];\n";
  return {
    code: `${imported}${exported}export const operationTable = [${listNames(operations)}];\n`,
    types: `${operationType}${exported}${table}`,
  };
}

function slugOf(tag: string): string {
  const words = tag.toLowerCase().match(/[a-z0-9]+/g) ?? ["other"];
  return words.join("-");
}

function listNames(constants: readonly Constant[]): string {
  return constants.map(({ name }) => name).join(", ");
}

function describeModule(constants: readonly Constant[]): Module {
  const types = constants.map(
    ({ name, comment, value }) =>
      `/** ${comment.replaceAll("*/", "*\\/")} */\nexport declare const ${name}: ${typeOf(value)};\n`,
  );
  return {
    code: constants.map(({ name, value }) => `export const ${name} = ${literal(value)};\n`).join(""),
    types: types.join("") || "export {};\n",
  };
}
