import ts from "typescript-5.9";
import { compilerOptions } from "./editor/open-file.mjs";

/**
 * What a package exports without a word of documentation: names, and what is on them.
 * @param {string} declarations the `index.d.ts` of a package
 */
export function undocumentedOf(declarations) {
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, ".");
  const program = ts.createProgram([declarations], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(declarations);
  const module = source && checker.getSymbolAtLocation(source);
  const exports = module ? checker.getExportsOfModule(module) : [];
  if (exports.length === 0) throw new Error(`${declarations} exports nothing`);
  /** @type {string[]} */
  const missing = [];
  const documented = (/** @type {ts.Symbol} */ symbol) => symbol.getDocumentationComment(checker).length > 0;
  for (const exported of exports) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (notOurs.has(exported.name)) continue;
    if (!documented(symbol)) missing.push(exported.name);
    for (const member of membersOf(symbol)) if (!documented(member)) missing.push(`${exported.name}.${member.name}`);
  }
  return missing;

  /** @param {ts.Symbol} symbol */
  function membersOf(symbol) {
    if (!(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))) return [];
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const parts = type.isUnion() ? type.types : [type];
    return parts.flatMap((part) => checker.getPropertiesOfType(part)).filter(isOwn);
  }
}

/** The shapes of openapi-typescript, whose comments are at the operations and schemas in them. */
const notOurs = new Set(["components", "paths"]);

/** Whether a member is declared in a package of ours, by a name, and for callers. */
function isOwn(/** @type {ts.Symbol} */ { declarations = [], name }) {
  return (
    !/^__|#/.test(name) &&
    declarations.some((one) => {
      const { fileName } = one.getSourceFile();
      const isPrivate = ts.getCombinedModifierFlags(/** @type {ts.Declaration} */ (one)) & ts.ModifierFlags.Private;
      return !isPrivate && /(client|mock|types)\/dist\//.test(fileName);
    })
  );
}
