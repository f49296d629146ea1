import type { RequestKind } from "../request-kinds.js";
import type { Fields } from "./connections.js";
import type { Identity } from "./identity.js";

/** Without a word on what identifies a kind, only all of its fields do. */
export function identityOf(fields: Fields, kind: RequestKind | undefined, kinds: readonly RequestKind[]): Identity {
  const names = kind?.schema["x-identified-by"];
  const name = kind ? kinds.indexOf(kind) : "none";
  if (!names) {
    const key = `${name} ${keyOf(fields, Object.keys(fields).sort())}`;
    return { under: [key], asks: [key] };
  }
  const has = names.filter((each) => each in fields);
  const key = (had: readonly string[], common: readonly string[]) => `${name} ${had} ${keyOf(fields, common)}`;
  return {
    under: choices(has).map((common) => key(has, common)),
    asks: choices(names).map((had) =>
      key(
        had,
        had.filter((each) => has.includes(each)),
      ),
    ),
  };
}

/** All lists that leave some of the names out, none of them too. */
function choices(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((lists, name) => lists.concat(lists.map((list) => [...list, name])), [[]]);
}

/** Values as text: the order in a list does not matter. */
function keyOf(fields: Fields, names: readonly string[]): string {
  const values = names.map((name) => {
    const value = fields[name];
    return [name, Array.isArray(value) ? [...value].sort() : value];
  });
  return JSON.stringify(values);
}
