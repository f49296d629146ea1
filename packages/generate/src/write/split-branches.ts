import ts from "typescript";
import { keyOf, type NamedType } from "./name-schemas.js";

/**
 * Writes a branch of a choice twice where it may leave out what the others are told apart by: once with that, once
 * without. In one type, an optional tag makes a compiler take that branch for meant wherever the tag is not written yet,
 * so that an editor offers nothing of the others.
 *
 * Where no tag is written and several branches fit equally well, a compiler complains of what the last one wants: the
 * last by name for TypeScript 7, the last that is named for those before. The branch that was split is not meant to be
 * that one, so its parts come first in both orders.
 */
export function splitBranches(schemas: readonly NamedType[]): NamedType[] {
  const byName = new Map(schemas.map((schema) => [schema.name, schema]));
  const split = new Map<string, NamedType[]>();
  for (const { type } of schemas) {
    const branches = branchesOf(type).flatMap((name) => byName.get(name) ?? []);
    for (const branch of branches) {
      const tag = branches.length > 1 ? optionalTag(branch, branches) : undefined;
      if (tag && !split.has(branch.name)) split.set(branch.name, splitBy(branch, tag));
    }
  }
  return schemas.flatMap((schema) => split.get(schema.name) ?? [splitFirst(schema, split)]);
}

/** A choice that names the branches that are split before the others. */
function splitFirst(schema: NamedType, split: ReadonlyMap<string, unknown>): NamedType {
  const names = branchesOf(schema.type);
  if (!ts.isUnionTypeNode(schema.type) || !names.some((name) => split.has(name))) return schema;
  const isSplit = (type: ts.TypeNode) => Number(split.has(referenceOf(type) ?? ""));
  const branches = schema.type.types.toSorted((one, other) => isSplit(other) - isSplit(one));
  return { ...schema, type: ts.factory.createUnionTypeNode(branches) };
}

/** The names of which a choice is made. */
function branchesOf(type: ts.TypeNode): string[] {
  if (!ts.isUnionTypeNode(type)) return [];
  return type.types.flatMap((branch) => referenceOf(branch) ?? []);
}

function referenceOf(type: ts.TypeNode): string | undefined {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : undefined;
}

/** A property that has one value or is not there, and that another branch always has. */
function optionalTag({ type }: NamedType, branches: readonly NamedType[]): ts.PropertySignature | undefined {
  return propertiesOf(type).find(
    (property) =>
      property.questionToken &&
      property.type &&
      isText(property.type) &&
      branches.some((other) =>
        propertiesOf(other.type).some((one) => keyOf(one) === keyOf(property) && !one.questionToken),
      ),
  );
}

/** A text, as openapi-typescript writes one: as a literal, or as an identifier with quotation marks in it. */
function isText(type: ts.Node): boolean {
  return ts.isLiteralTypeNode(type) || (ts.isIdentifier(type) && type.text.startsWith('"'));
}

function propertiesOf(type: ts.TypeNode): ts.PropertySignature[] {
  return ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : [];
}

function splitBy({ name, type, comments }: NamedType, tag: ts.PropertySignature): NamedType[] {
  const key = keyOf(tag) ?? "";
  const suffix = key.charAt(0).toUpperCase() + key.slice(1);
  const others = propertiesOf(type).filter((property) => property !== tag);
  const required = ts.factory.createPropertySignature(tag.modifiers, tag.name, undefined, tag.type);
  ts.setSyntheticLeadingComments(required, ts.getSyntheticLeadingComments(tag));
  const article = /^[AEIOU]/.test(name) ? "An" : "A";
  const parts = [
    { name: `${article}${name}With${suffix}`, type: ts.factory.createTypeLiteralNode([required, ...others]), comments },
    {
      name: `${article}${name}Without${suffix}`,
      type: ts.factory.createTypeLiteralNode([absent(key), ...others]),
      comments,
    },
  ];
  const choice = ts.factory.createUnionTypeNode(parts.map((part) => ts.factory.createTypeReferenceNode(part.name)));
  return [{ name, type: choice, comments }, ...parts];
}

/**
 * `[key: \`ta${string}g\`]: undefined`, which matches `tag` and hardly anything else: no property, since an optional one
 * is what this is about, and still none can be written.
 */
function absent(tag: string): ts.TypeElement {
  const pattern = ts.factory.createTemplateLiteralType(ts.factory.createTemplateHead(tag.slice(0, -1)), [
    ts.factory.createTemplateLiteralTypeSpan(
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      ts.factory.createTemplateTail(tag.slice(-1)),
    ),
  ]);
  const key = ts.factory.createParameterDeclaration(undefined, undefined, "key", undefined, pattern);
  const nothing = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
  return ts.factory.createIndexSignature(undefined, [key], nothing);
}
