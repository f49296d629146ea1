/** What no constant of a module may be called (ECMA-262, section 12.7.2), or no declared one. */
const reserved: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield globalThis`.split(/\s+/),
);

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A constant's name for each of some names, in their order: the name itself where it can be one, and none twice. */
export function identifiersFor(names: readonly string[], taken: Iterable<string>): string[] {
  const used = new Set(taken);
  // Those that are fit keep their names, whichever comes first.
  const kept = names.map((name) => {
    if (!isIdentifier(name) || used.has(name)) return undefined;
    used.add(name);
    return name;
  });
  return names.map((name, index) => {
    const chosen = kept[index] ?? freeName(isIdentifier(name) ? name : fitted(name), used);
    used.add(chosen);
    return chosen;
  });
}

/** Whether a constant or a type may have a name. */
export function isIdentifier(name: string): boolean {
  return identifier.test(name) && !reserved.has(name);
}

/** The words of a name, in camel case; `GET /things/{id}` becomes `getThingsId`. */
function fitted(name: string): string {
  const [first = "", ...others] = name.match(/[\p{ID_Continue}$]+/gu) ?? [];
  const start = /^\p{Lu}+$/u.test(first) ? first.toLowerCase() : first;
  const joined = start + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return isIdentifier(joined) ? joined : `_${joined}`;
}

function freeName(wanted: string, used: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; used.has(name); count++) name = `${wanted}${count}`;
  return name;
}
