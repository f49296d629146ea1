import { parseArgs } from "node:util";
import { generate } from "./generate.js";
import { UsageError } from "./usage-error.js";

export const help = `Usage: atlas-streams-generate FILE --out DIR

Writes types and a table of operations for a part of an OpenAPI description. FILE says which part:

  description: ./vendor.yaml     # OpenAPI 3; files are named as seen from FILE, and may be gzipped
  asOf: 2025-03-12               # of each operation the newest version up to then       [the newest]
  previews: true                 # and what has nothing but a preview                    [false]
  operations:                    #                                                       [all of them]
    tags: [Streams]
    ids: [listGroups]
  overlay: ./facts.yaml          # what is known beyond the description

DIR/index.js has operationTable and a constant for each operation;
DIR/index.d.ts has their types, paths and the schemas; DIR/openapi.json is the part of the description.
`;

/** The command `atlas-streams-generate`; gives the exit code: 2 for what its words or its files have wrong. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    const { file, out } = parse(argv);
    if (!file || !out) {
      process.stdout.write(help);
      return 0;
    }
    const { operations, schemas, leftOut } = await generate(file, out);
    if (leftOut.length > 0) process.stderr.write(`Without such a version, and left out: ${leftOut.join(", ")}\n`);
    process.stdout.write(`${operations} operations and ${schemas} schemas are in ${out}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`atlas-streams-generate: ${error.message}\n`);
    return 2;
  }
}

function parse(argv: readonly string[]): { file?: string; out?: string } {
  const { values, positionals } = parseStrictly(argv);
  if (values.help) return {};
  const [file, ...others] = positionals;
  if (!file || others.length > 0) throw new UsageError("one FILE says what is wanted; --help shows how");
  if (!values.out) throw new UsageError("--out DIR says where to; --help shows how");
  return { file, out: values.out };
}

function parseStrictly(argv: readonly string[]) {
  try {
    const options = { out: { type: "string" }, help: { type: "boolean" } } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${sentence}; --help shows what there is`);
  }
}
