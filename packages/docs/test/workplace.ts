import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Block, findBlocks } from "./blocks.js";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const docs = fileURLToPath(new URL("..", import.meta.url));
/** The blocks as files, as a reader would have them, and what the compiler makes of them. */
export const written = join(docs, ".blocks/written");
export const compiled = join(docs, ".blocks/compiled");

/** What the front page takes for given. It carries no comments of ours. */
const givenIn: { readonly [guide: string]: string } = {
  "README.md": "arn, clientId, clientSecret, groupId",
  "packages/client/README.md": "arn, clientId, clientSecret, groupId",
};

/** A block that stands by itself. */
export interface LoneBlock extends Block {
  /** `errors.md, line 12` */
  readonly title: string;
  /** Where it is, compiled; absent where it is not to be run. */
  readonly script?: string;
}

/** Writes the blocks of the guides as files; the blocks that stand by themselves come back. */
export async function writeBlocks(guides: readonly string[]): Promise<LoneBlock[]> {
  for (const place of [written, compiled]) await rm(place, { recursive: true, force: true });
  await mkdir(written, { recursive: true });
  await cp(join(docs, "test/prelude.ts"), join(written, "prelude.ts"));
  const files = new Map<string, string>();
  const lone: LoneBlock[] = [];
  for (const guide of guides) {
    const directory = relative(root, join(root, guide)).replaceAll(/\W+/g, "-");
    for (const block of findBlocks(await readFile(join(root, guide), "utf8"))) {
      const { notes, code, line, language } = block;
      const [name] = notes.get("file") ?? [];
      if (name) {
        const path = join(directory, name);
        files.set(path, `${files.get(path) ?? ""}${code}`);
      } else if (/^[jt]s$/.test(language) && !["checkout", "insert", "project"].some((name) => notes.has(name))) {
        const [given = givenIn[guide]] = notes.get("prelude") ?? [];
        const surroundings = given ? `import { ${given} } from "../prelude.js"; ` : "";
        const path = join(directory, `line-${line}`);
        // Nothing but the prelude goes on the first line, so that the compiler's line numbers are one more than the block's.
        files.set(`${path}.${language}`, `${surroundings}export {};\n${code}`);
        lone.push({
          ...block,
          title: `${guide}, line ${line}`,
          ...(!notes.has("not run") && { script: join(compiled, `${path}.js`) }),
        });
      }
    }
  }
  const examples = await readdir(join(root, "packages/client/examples"));
  for (const [path, code] of [...files]) {
    for (const [, name = ""] of code.matchAll(/from "\.\/([\w-]+)\.js"/g)) {
      // A block may take one of the client's examples for copied.
      if (examples.includes(`${name}.ts`))
        files.set(
          join(dirname(path), `${name}.ts`),
          await readFile(join(root, "packages/client/examples", `${name}.ts`), "utf8"),
        );
    }
  }
  for (const [path, code] of files) {
    for (const place of /\.tsx?$/.test(path) ? [written] : [written, compiled]) {
      await mkdir(dirname(join(place, path)), { recursive: true });
      await writeFile(join(place, path), code);
    }
  }
  return lone;
}

/** Compiles what was written; gives the compiler's complaints, which are none if all is well. */
export async function compile(): Promise<string> {
  const settings = {
    extends: relative(written, join(root, "tsconfig.base.json")),
    compilerOptions: { noEmit: false, rootDir: ".", outDir: relative(written, compiled) },
    include: ["."],
  };
  await writeFile(join(written, "tsconfig.json"), JSON.stringify(settings));
  const { stdout } = await run("tsc", ["--project", written]);
  return stdout;
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs a command of node_modules, or any other. */
export async function run(
  command: string,
  words: readonly string[],
  options: { readonly cwd?: string; readonly env?: Record<string, string> } = {},
): Promise<Outcome> {
  // The command is to behave as it would outside of a test.
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|FORCE_COLOR)/.test(name));
  const path = `${join(docs, "node_modules/.bin")}:${process.env.PATH}`;
  const env = { ...Object.fromEntries(own), NO_COLOR: "1", PATH: path, ...options.env };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, words, { cwd: options.cwd ?? docs, env });
    return { stdout, stderr, code: 0 };
  } catch (error) {
    const { stdout = "", stderr = String(error), code = 1 } = error as Partial<Outcome>;
    return { stdout, stderr, code };
  }
}
