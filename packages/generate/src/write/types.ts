import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import type { Description, Schema } from "../description/description.js";
import { UsageError } from "../usage-error.js";
import { plainComments } from "./comments.js";
import { explainReferences } from "./explain-references.js";
import { declare, nameSchemas } from "./name-schemas.js";
import { splitBranches } from "./split-branches.js";

const anyString = ts.factory.createIntersectionTypeNode([
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createTypeLiteralNode([]),
]);
/**
 * A member of an enum: no string is assignable to it, and yet it tells the branches of a union apart, as a literal does, so
 * that an editor knows which one is meant. What is not assignable is told its name, and with that what to do; the other
 * member is there because of one alone the enum's name would be told. Enums of one name are one type across modules.
 */
const unlistedType = `declare enum UnlistedValue { "see unlisted()" = "see unlisted()", never = "never" }
/** A value that the description does not list: \`unlisted(…)\` of the client makes one. On the wire it is a string. */
export type Unlisted = Exclude<UnlistedValue, UnlistedValue.never>;
export {}; // else what is declared and not exported would be exported, too
`;
const unlisted = ts.factory.createTypeReferenceNode("Unlisted");

/** The types of a description, by openapi-typescript, and each schema by its name. */
export async function describeTypes(description: Description): Promise<string> {
  const types = await openapiTS(JSON.stringify(explainReferences(description)), {
    silent: true,
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    emptyObjectsUnknown: true,
    transform: (schema) => typeOfBytes(schema as Schema) ?? typeOfOpenValues(schema as Schema),
  }).catch((error: Error) => {
    throw new UsageError(`no types can be made of the description: ${error.message}`);
  });
  const { schemas, others } = nameSchemas(types);
  return unlistedType + plainComments(astToString([...others, ...splitBranches(schemas).map(declare)]));
}

/** What is no text comes as a `Blob`: openapi-fetch is asked for one. */
function typeOfBytes({ format }: Schema): ts.TypeNode | undefined {
  return format === "binary" ? ts.factory.createTypeReferenceNode("Blob") : undefined;
}

/**
 * The service may add values: an editor suggests the known ones, the compiler takes any string. Where the description
 * says `x-unlisted: explicit`, a value that it does not list has to be marked as such in the code.
 */
function typeOfOpenValues(schema: Schema): ts.TypeNode | undefined {
  const listed = (schema["x-extensible-enum"] as string[] | undefined) ?? Object.keys(schema["x-state-meaning"] ?? {});
  const isExplicit = schema["x-unlisted"] === "explicit";
  if (listed.length === 0 && !isExplicit) return undefined;
  const literals = listed.map((value) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(value)));
  const isNullable = schema.nullable || (Array.isArray(schema.type) && schema.type.includes("null"));
  const absent = isNullable ? [ts.factory.createLiteralTypeNode(ts.factory.createNull())] : [];
  return ts.factory.createUnionTypeNode([...literals, isExplicit ? unlisted : anyString, ...absent]);
}
