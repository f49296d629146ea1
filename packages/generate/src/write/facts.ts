import type { Description } from "../description/description.js";
import { describeConstants } from "./constants.js";
import { literal, typeOf } from "./literal.js";
import { describeOperations, operationType } from "./table.js";

/** A module, as code and as what the compiler is told of it. */
export interface Module {
  readonly code: string;
  readonly types: string;
}

/** What running code has to know of the API: one constant each, so that a bundler drops what is not used. */
export function describeFacts(description: Description): Module {
  const operations = describeOperations(description).map((operation) => ({
    name: operation.operationId,
    comment: `${operation.method} ${operation.path}`,
    value: operation,
  }));
  const constants = [...describeConstants(description), ...operations];
  return {
    code: [
      ...constants.map(({ name, value }) => `export const ${name} = ${literal(value)};`),
      `export const operationTable = [${operations.map(({ name }) => name).join(", ")}];`,
      "",
    ].join("\n"),
    types: [
      operationType,
      ...constants.map(
        ({ name, comment, value }) => `/** ${comment} */\nexport declare const ${name}: ${typeOf(value)};`,
      ),
      "/** Every operation of the description. */\nexport declare const operationTable: readonly Operation[];",
      "",
    ].join("\n"),
  };
}
