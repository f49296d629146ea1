import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../src/run.mjs";

const program = fileURLToPath(new URL("../src/programs/uses-all.ts", import.meta.url));
const compilers = ["typescript-5.4", "typescript-5.9", "typescript-6.0", "typescript"];

// Bundlers and frameworks set an older language for years: ES2018, which brought async iteration, is enough.
test.each(compilers)(
  "the declarations need no newer language than ES2018: %s",
  async (compiler) => {
    const folder = await mkdtemp(join(tmpdir(), "older-language-"));
    const language = { target: "es2018", lib: ["es2018", "dom"], types: [] };
    const compilerOptions = { ...language, module: "nodenext", strict: true, skipLibCheck: false, noEmit: true };
    try {
      await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [program] }));
      const tsc = fileURLToPath(new URL(`../node_modules/${compiler}/bin/tsc`, import.meta.url));
      const { output } = await run(process.execPath, [tsc, "--pretty", "false", "--project", folder], { cwd: folder });
      expect(output).toBe("");
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  60_000,
);
