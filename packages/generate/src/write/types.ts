import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import type { Description, Schema } from "../description/description.js";

const anyString = ts.factory.createIntersectionTypeNode([
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createTypeLiteralNode([]),
]);
const unlisted = ts.factory.createTypeReferenceNode("Unlisted");

/** The types of a description, by openapi-typescript. */
export async function describeTypes(description: Description): Promise<string> {
  const types = await openapiTS(JSON.stringify(description), {
    silent: true,
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    emptyObjectsUnknown: true,
    transform: (schema) => typeOfBytes(schema as Schema) ?? typeOfOpenValues(schema as Schema),
    inject: `declare const unlisted: unique symbol;
/** A value that the description does not list. On the wire it is a string. */
export interface Unlisted { readonly [unlisted]: true }
`,
  });
  return astToString(types);
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
