import type { Screen } from "../terminal/terminal.js";
import { printable } from "../terminal/text.js";

/** Field by field, what is inside a field below it: for what nobody has drawn yet. */
export async function fieldsOf(item: object, { screen }: { readonly screen: Screen }): Promise<string> {
  const lines = linesOf(item, "");
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return lines
    .map(([name, value]) => `${screen.paint("bold", name.padEnd(width))}${value}`.trimEnd().concat("\n"))
    .join("");
}

function linesOf(item: object, indent: string): [string, string][] {
  return Object.entries(item)
    .filter(([name]) => name !== "links")
    .flatMap(([name, value]): [string, string][] => {
      const title = indent + printable(name);
      if (!isFields(value))
        return [[title, Array.isArray(value) ? value.map(printable).join(", ") || "none" : printable(value)]];
      return [[title, ""], ...linesOf(value, `${indent}  `)];
    });
}

function isFields(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
