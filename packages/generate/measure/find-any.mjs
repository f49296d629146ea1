import ts from "typescript";

/**
 * The schemas of generated types that are `any`, at any depth, each by the way to it.
 * @param {string} file
 * @returns {{ schemas: number, any: string[] }}
 */
export function findAny(file) {
  const lib = ["lib.es2023.d.ts", "lib.dom.d.ts"];
  const program = ts.createProgram([file], { strict: true, noEmit: true, lib, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = source && checker.getSymbolAtLocation(source);
  const components = exported && checker.getExportsOfModule(exported).find(({ name }) => name === "components");
  const schemas = components && checker.getDeclaredTypeOfSymbol(components).getProperty("schemas");
  const named = schemas ? checker.getPropertiesOfType(checker.getTypeOfSymbol(schemas)) : [];
  /** @type {string[]} */
  const any = [];
  /** @type {Set<ts.Type>} */
  const passed = new Set();
  const isOurs = (/** @type {ts.Type} */ { symbol }) => symbol?.declarations?.[0]?.getSourceFile() === source;

  /**
   * @param {ts.Type} type
   * @param {string} way
   */
  function visit(type, way) {
    if (type.flags & ts.TypeFlags.Any) any.push(way);
    if (passed.has(type)) return;
    passed.add(type);
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part, way);
    else if (isOurs(type))
      for (const property of checker.getPropertiesOfType(type))
        visit(checker.getTypeOfSymbol(property), `${way}.${property.name}`);
    else for (const inner of argumentsOf(type)) visit(inner, `${way}[]`);
    for (const { type: inner } of isOurs(type) ? checker.getIndexInfosOfType(type) : []) visit(inner, `${way}[*]`);
  }

  /** @param {ts.Type} type */
  function argumentsOf(type) {
    return type.flags & ts.TypeFlags.Object ? checker.getTypeArguments(/** @type {ts.TypeReference} */ (type)) : [];
  }

  for (const schema of named) visit(checker.getTypeOfSymbol(schema), schema.name);
  return { schemas: named.length, any };
}
