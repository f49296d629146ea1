// typedoc sees through the names of the description's schemas, and would write each out wherever it is used. Here they
// get their names back, and destructured parameters get one.
import { IntersectionType, ReferenceType, ReflectionKind, UnionType } from "typedoc";

/** @typedef {import("typedoc").SomeType} SomeType */
/** @typedef {Map<string, () => SomeType>} Names a reference to each schema, by the shape of what it stands for */

/** The whole description as types: too long to read, and the HTTP reference says the same. */
const unread = ["paths", "components"];

/** @param {import("typedoc").ProjectReflection} project */
export function tidy(project) {
  const names = schemaNames(project);
  for (const reflection of Object.values(project.reflections)) {
    if (reflection.name === "__namedParameters") reflection.name = "parameters";
    if ("type" in reflection && reflection.type && !reflection.kindOf(ReflectionKind.TypeAlias))
      reflection.type = rename(/** @type {SomeType} */ (reflection.type), names);
  }
  const constructors = project.getReflectionsByKind(ReflectionKind.Constructor); // nobody makes the client's errors
  const types = project.children?.filter(({ name }) => unread.includes(name)) ?? [];
  for (const reflection of [...constructors, ...types]) project.removeReflection(reflection);
}

/**
 * @param {import("typedoc").ProjectReflection} project
 * @returns {Names}
 */
function schemaNames(project) {
  const schemas = project.getChildByName(["components", "schemas"]);
  const type = schemas && "type" in schemas ? /** @type {SomeType | undefined} */ (schemas.type) : undefined;
  const children = type?.type === "reflection" ? (type.declaration.children ?? []) : [];
  /** @type {Names} */
  const names = new Map();
  for (const { name, type: shape } of children) {
    const alias = project.getChildByName(name);
    if (alias?.isDeclaration() && shape)
      names.set(keyOf(shape), () => ReferenceType.createResolvedReference(name, alias, project));
  }
  return names;
}

/**
 * What a type looks like from outside: equal for equal shapes.
 * @param {SomeType} type
 * @returns {string}
 */
function keyOf(type) {
  if (type.type === "union") return type.types.map(keyOf).sort().join(" | ");
  if (type.type !== "reflection" || !type.declaration.children) return type.toString();
  return `{ ${type.declaration.children
    .map(({ name }) => name)
    .sort()
    .join(", ")} }`;
}

/**
 * @param {SomeType} type
 * @param {Names} names
 * @returns {SomeType}
 */
function rename(type, names) {
  const known = names.get(keyOf(type));
  if (known) return known();
  if (type.type === "union") return new UnionType(renameMembers(type.types, names));
  if (type.type === "intersection") return new IntersectionType(type.types.map((member) => rename(member, names)));
  if (type.type === "array") type.elementType = rename(type.elementType, names);
  if (type.type === "reference" && type.typeArguments)
    type.typeArguments = type.typeArguments.map((argument) => rename(argument, names));
  return type;
}

/**
 * @param {SomeType[]} members
 * @param {Names} names
 */
function renameMembers(members, names) {
  const isNothing = (/** @type {SomeType} */ { type, ...rest }) =>
    type === "intrinsic" && "name" in rest && rest.name === "undefined";
  const known = names.get(
    members
      .filter((member) => !isNothing(member))
      .map(keyOf)
      .sort()
      .join(" | "),
  );
  return known ? [known(), ...members.filter(isNothing)] : members.map((member) => rename(member, names));
}
