// Writes what a run has found into the guide that tells where the client has been run.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const guide = fileURLToPath(new URL("../docs/runtimes.md", import.meta.url));

/** Puts a table between the marks of its name. @param {string} name @param {string[]} heads @param {(string | number)[][]} rows */
export async function writeTable(name, heads, rows) {
  const rule = heads.map((_, column) => (rows.every((row) => typeof row[column] === "number") ? "--:" : "---"));
  const lines = [heads, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const between = new RegExp(`(?<=<!-- ${name}: begin -->\n).*(?=<!-- ${name}: end -->)`, "s");
  const text = await readFile(guide, "utf8");
  if (!between.test(text)) throw new Error(`The guide has no marks for ${name}.`);
  await writeFile(
    guide,
    text.replace(between, () => `\n${lines.join("\n")}\n\n`),
  );
}
