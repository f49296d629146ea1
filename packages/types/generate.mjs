// Compiles the bundled description into dist/: the types by openapi-typescript, and the table of operations.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import ts from "typescript";
import { describeFacts } from "./facts.mjs";
import { describeKinds } from "./kinds.mjs";

const source = fileURLToPath(import.meta.resolve("@atlas-streams/spec/openapi.json"));
const description = JSON.parse(await readFile(source, "utf8"));

const anyString = ts.factory.createIntersectionTypeNode([
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createTypeLiteralNode([]),
]);
const unlisted = ts.factory.createTypeReferenceNode("Unlisted");

const types = await openapiTS(structuredClone(description), {
  silent: true,
  defaultNonNullable: false,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  transform: openEnumeration,
  inject: `declare const unlisted: unique symbol;
/** A value that the description does not list. On the wire it is a string. */
export interface Unlisted { readonly [unlisted]: true }
`,
});
const facts = describeFacts(description);
const kinds = describeKinds(description);

const dist = new URL("dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await write("openapi.d.ts", COMMENT_HEADER + astToString(types));
await write("facts.js", COMMENT_HEADER + facts.code);
await write("facts.d.ts", COMMENT_HEADER + facts.types);
await write("kinds.js", COMMENT_HEADER + kinds.code);
await write("kinds.d.ts", COMMENT_HEADER + kinds.types);
await write("index.js", `${COMMENT_HEADER}export * from "./facts.js";\nexport * from "./kinds.js";\n`);
await write(
  "index.d.ts",
  `${COMMENT_HEADER}export type * from "./openapi.js";\nexport * from "./facts.js";\nexport * from "./kinds.js";\n`,
);

/**
 * The service may add values: an editor suggests the known ones, the compiler takes any string. Where the description
 * says `x-unlisted: explicit`, a value that it does not list has to be marked as such in the code.
 */
function openEnumeration(schema) {
  const known = schema["x-extensible-enum"] ?? Object.keys(schema["x-state-meaning"] ?? {});
  const isExplicit = schema["x-unlisted"] === "explicit";
  if (known.length === 0 && !isExplicit) return undefined;
  const literals = known.map((value) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(value)));
  return ts.factory.createUnionTypeNode([...literals, isExplicit ? unlisted : anyString]);
}

async function write(name, text) {
  await writeFile(new URL(name, dist), text);
}
