#!/usr/bin/env node
// What breaks for callers between two descriptions, what is new, and how much of a version number that asks for.
//   pnpm compare OLD NEW [--format json]
//   pnpm compare --since-release            fails where something breaks without a new major version
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { changeDirectory, root } from "./compare/places.mjs";

const help = `Usage: pnpm compare OLD NEW [--format json]
       pnpm compare --since-release

OLD and NEW are each one of
  FILE          a description, or a file for atlas-streams-generate
  FILE@DATE     the same, of each operation the newest version up to DATE
  REVISION      spec/ as git has it: a tag, a branch, a commit

--since-release compares spec/ with the last release, and fails where something breaks without a new major version.
`;

const colours = { major: "\x1b[31m", minor: "\x1b[32m", patch: "\x1b[2m" };

changeDirectory();
build();
const { UsageError } = await import("@atlas-streams/generate");
process.exitCode = await main().catch((error) => {
  if (!(error instanceof UsageError)) throw error;
  console.error(`compare: ${error.message}`);
  return 1;
});

async function main() {
  const { values, positionals } = parse();
  const { compareSides } = await import("./compare/sides.mjs");
  if (values.help) return print(help);
  if (values["since-release"]) {
    const { sinceRelease } = await import("./compare/release.mjs");
    const { text, isBroken } = await sinceRelease();
    print(text);
    return isBroken ? 1 : 0;
  }
  const [from, to, ...others] = positionals;
  if (!from || !to || others.length > 0) throw new UsageError("OLD and NEW are needed; --help shows what they may be");
  if (values.format !== undefined && !["json", "text"].includes(values.format))
    throw new UsageError(`--format takes json or text, not ${values.format}`);
  const comparison = await compareSides(from, to);
  return print(values.format === "json" ? `${JSON.stringify(comparison)}\n` : show(comparison));
}

function parse() {
  try {
    return parseArgs({
      options: { format: { type: "string" }, "since-release": { type: "boolean" }, help: { type: "boolean" } },
      allowPositionals: true,
    });
  } catch (error) {
    const [sentence] = /** @type {Error} */ (error).message.split(/\.\s/);
    throw new UsageError(`${sentence}; --help shows what there is`);
  }
}

/** What compares is compiled first, so that nobody compares with what was there before. Nothing of that goes to stdout. */
function build() {
  const words = ["scripts/turbo.mjs", "--quiet", "run", "build", "--filter=@atlas-streams/generate"];
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(1);
}

/** @param {import("@atlas-streams/generate").Comparison} comparison */
function show({ level, changes }) {
  const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;
  const lines = changes.map((change) => {
    const word = isColoured ? `${colours[change.level]}${change.level}\x1b[0m` : change.level;
    return `${word}  ${change.where} ${change.what}\n`;
  });
  const of = (/** @type {string} */ wanted) => changes.filter((change) => change.level === wanted).length;
  const sum = `${of("major")} major, ${of("minor")} minor, ${of("patch")} patch`;
  return changes.length === 0 ? "none: nothing that callers could tell\n" : `${lines.join("")}${level}: ${sum}\n`;
}

/** @param {string} text */
function print(text) {
  process.stdout.write(text);
  return 0;
}
