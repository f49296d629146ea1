import { DFA, isDisjointWith, JS, NFA } from "refa";

/** Whether every text that one pattern takes is surely taken by the other too; false where it cannot be told. */
export function isSubset(one: string, other: string): boolean {
  try {
    // What a pattern looks around for only refuses texts: if the other takes them all the same, it takes the rest too.
    const from = automaton(one, "ignore");
    const to = automaton(other, "throw");
    to.complement();
    return isDisjointWith(from, to);
  } catch {
    return false; // the caller takes the pattern for another one
  }
}

/** The pattern as an automaton over whole texts. */
function automaton(pattern: string, assertions: "ignore" | "throw"): DFA {
  const source = JS.Parser.fromLiteral({ source: pattern, flags: "" })
    .ast.pattern.alternatives.map(overWhole)
    .join("|");
  const parser = JS.Parser.fromLiteral({ source, flags: "" });
  const { expression, maxCharacter } = parser.parse({ assertions, backreferences: "throw" });
  return DFA.fromFA(NFA.fromRegex(expression, { maxCharacter }));
}

type Alternative = JS.Parser["ast"]["pattern"]["alternatives"][number];

/** An alternative without its anchors: where it has none, anything may stand before or after it. */
function overWhole({ elements }: Alternative): string {
  const isAt = (kind: "start" | "end", index: number) => {
    const element = elements.at(index);
    return element?.type === "Assertion" && element.kind === kind;
  };
  const [atStart, atEnd] = [isAt("start", 0), isAt("end", -1)];
  const inside = elements.slice(atStart ? 1 : 0, atEnd ? -1 : undefined);
  const text = inside.map(({ raw }) => raw).join("");
  return `${atStart ? "" : "[\\s\\S]*"}${text}${atEnd ? "" : "[\\s\\S]*"}`;
}
