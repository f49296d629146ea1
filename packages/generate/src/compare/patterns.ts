import { DFA, isDisjointWith, JS, NFA } from "refa";

/** Whether every text that one pattern takes is taken by the other too; undefined where that cannot be told. */
export function isSubset(one: string, other: string): boolean | undefined {
  const from = automaton(one);
  const to = automaton(other);
  if (!from || !to) return undefined;
  to.complement();
  return isDisjointWith(from, to);
}

/** The pattern as an automaton over whole texts; undefined for what looks around or back, or is anchored half. */
function automaton(pattern: string): DFA | undefined {
  const isWhole = /^\^[\s\S]*[^\\]\$$/.test(pattern);
  const source = isWhole ? pattern.slice(1, -1) : `[\\s\\S]*(?:${pattern})[\\s\\S]*`;
  try {
    const parser = JS.Parser.fromLiteral({ source, flags: "" });
    const { expression, maxCharacter } = parser.parse({ assertions: "throw", backreferences: "throw" });
    if (isWhole && expression.alternatives.length > 1) return undefined; // ^a|b$ anchors neither whole
    return DFA.fromFA(NFA.fromRegex(expression, { maxCharacter }));
  } catch {
    return undefined; // the caller takes the pattern for another one
  }
}
