import ts from "typescript";
import { isIdentifier } from "./identifiers.js";
import { replace } from "./replace.js";

/** A type that has a name of its own, and what its comment says. */
export interface NamedType {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly comments: readonly ts.SynthesizedComment[];
}

/** The types of a description: each schema by its name, and whatever else there is. */
export interface NamedSchemas {
  readonly schemas: readonly NamedType[];
  readonly others: readonly ts.Node[];
}

/**
 * Gives each schema a type of its own, in the place of an alias for where it stands among the components: a compiler
 * names a type as it was declared, in an editor and in its complaints. An alias of the type itself, and no interface:
 * those are not taken where any record is.
 */
export function nameSchemas(nodes: readonly ts.Node[]): NamedSchemas {
  const names = new Map(nodes.flatMap(nameIn).filter(([, name]) => isFree(name)));
  const byName = (node: ts.Node) => {
    const name = names.get(schemaAt(node) ?? "");
    return name === undefined ? undefined : ts.factory.createTypeReferenceNode(name);
  };
  const schemas: NamedType[] = [];

  function takeOut(member: ts.TypeElement): ts.TypeElement {
    if (!ts.isPropertySignature(member) || !member.type) return member;
    const name = names.get(keyOf(member) ?? "");
    if (name === undefined) return member;
    schemas.push({ name, type: member.type, comments: ts.getSyntheticLeadingComments(member) ?? [] });
    const { modifiers, questionToken } = member;
    const type = ts.factory.createTypeReferenceNode(name);
    return ts.factory.createPropertySignature(modifiers, member.name, questionToken, type);
  }

  const others = nodes
    .filter((node) => nameIn(node).length === 0)
    .map((node) => replace(node, byName))
    .map((node) => (isComponents(node) ? withSchemas(node, takeOut) : node));
  return { schemas, others };
}

/** What the types themselves use, by openapi-typescript and beside it. */
const used: ReadonlySet<string> = new Set([
  "Blob",
  "OneOf",
  "Omit",
  "Record",
  "Unlisted",
  "UnlistedValue",
  "WithRequired",
]);

/** Whether a type of ours may have a name; a schema that has another is known by its place among the components only. */
function isFree(name: string): boolean {
  return isIdentifier(name) && !used.has(name);
}

/** `export type NAME = …`, with its comment. */
export function declare({ name, type, comments }: NamedType): ts.Node {
  const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const declaration = ts.factory.createTypeAliasDeclaration(modifiers, name, undefined, type);
  return ts.setSyntheticLeadingComments(declaration, [...comments]);
}

/** The schema that an alias is for, and the name that it gives it. */
function nameIn(node: ts.Node): [string, string][] {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isTypeReferenceNode(node.type)) return [];
  const { typeName } = node.type;
  // openapi-typescript writes what an alias is for as one identifier.
  const [, schema] = (ts.isIdentifier(typeName) && /^components\['schemas'\]\['(.+)'\]$/.exec(typeName.text)) || [];
  return schema === undefined ? [] : [[schema, node.name.text]];
}

/** The schema that `components["schemas"]["NAME"]` is. */
function schemaAt(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType: components, indexType: kind } = node.objectType;
  const isComponent = ts.isTypeReferenceNode(components) && isNamed(components.typeName, "components");
  return isComponent && literalText(kind) === "schemas" ? literalText(node.indexType) : undefined;
}

function literalText(node: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;
}

function isNamed(node: ts.Node, text: string): boolean {
  return ts.isIdentifier(node) && node.text === text;
}

/** What a property is called. */
export function keyOf({ name }: ts.TypeElement): string | undefined {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

function isComponents(node: ts.Node): node is ts.InterfaceDeclaration {
  return ts.isInterfaceDeclaration(node) && node.name.text === "components";
}

function withSchemas(
  components: ts.InterfaceDeclaration,
  change: (schema: ts.TypeElement) => ts.TypeElement,
): ts.InterfaceDeclaration {
  const members = components.members.map((member) => {
    if (keyOf(member) !== "schemas" || !ts.isPropertySignature(member)) return member;
    if (!member.type || !ts.isTypeLiteralNode(member.type)) return member;
    const schemas = ts.factory.createTypeLiteralNode(member.type.members.map(change));
    return ts.factory.updatePropertySignature(member, member.modifiers, member.name, member.questionToken, schemas);
  });
  const { modifiers, name, typeParameters, heritageClauses } = components;
  return ts.factory.updateInterfaceDeclaration(components, modifiers, name, typeParameters, heritageClauses, members);
}
