import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mustRun, run } from "../run.mjs";

const program = fileURLToPath(new URL("../programs/uses-all.ts", import.meta.url));
export const compilers = ["5.4.5", "5.5.4", "5.6.3", "5.7.3", "5.8.3", "5.9.3", "6.0.3", "7.0.2"];

/** The ways in which packages are found. */
const resolutions = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  node16: { module: "node16", moduleResolution: "node16" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

/** What there is beside the language. Something has to say what `fetch` is; without it the client's own types still hold. */
const surroundings = {
  "@types/node": { lib: ["es2022"], types: ["node"] },
  DOM: { lib: ["es2022", "dom"], types: [] },
  both: { lib: ["es2022", "dom"], types: ["node"] },
  neither: { lib: ["es2022"], types: [], skipLibCheck: true },
};

const strictest = {
  target: "es2022",
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  forceConsistentCasingInFileNames: true,
  skipLibCheck: false,
  noEmit: true,
};

/**
 * Compiles a consumer with every compiler, in every way.
 * @param {import("./consumers.js").Place} place
 * @returns {AsyncGenerator<import("./consumers.js").Result>}
 */
export async function* compileAll({ install, tools }) {
  const project = await install("typescript", ["client", "types", "mock"], ["@types/node@20"]);
  await cp(program, join(project, "uses-all.ts"));
  await installCompilers(tools);
  for (const version of compilers)
    for (const [resolution, how] of Object.entries(resolutions))
      for (const [surrounding, what] of Object.entries(surroundings)) {
        const options = { ...strictest, ...how, ...what };
        yield {
          consumer: `TypeScript ${version}`,
          way: `${resolution}, ${surrounding}`,
          ...(await compile(options, version)),
        };
      }
  for (const version of compilers) yield* commonJs(version);

  /**
   * @param {object} compilerOptions
   * @param {string} version
   * @param {string} file
   */
  async function compile(compilerOptions, version, file = "uses-all.ts") {
    await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
    const compiler = join(tools, `node_modules/typescript-${version}/bin/tsc`);
    const { code, output } = await run(process.execPath, [compiler, "--pretty", "false"], { cwd: project });
    return { works: code === 0, said: output };
  }

  /** @param {string} version */
  async function* commonJs(version) {
    const isNewer = Number.parseFloat(version) >= 5.8;
    const options = { ...strictest, ...resolutions.nodenext, ...surroundings["@types/node"] };
    const byImport = 'export const client = async () => (await import("@atlas-streams/client")).createClient();\n';
    await writeFile(join(project, "dynamic.cts"), byImport);
    const dynamic = await compile({ ...options, verbatimModuleSyntax: false }, version, "dynamic.cts");
    yield { consumer: `TypeScript ${version}`, way: "CommonJS, nodenext, import()", ...dynamic };
    if (!isNewer) return;
    await writeFile(
      join(project, "static.cts"),
      'import atlas = require("@atlas-streams/client");\nexport = { client: () => atlas.createClient() };\n',
    );
    yield {
      consumer: `TypeScript ${version}`,
      way: "CommonJS, nodenext, require",
      ...(await compile(options, version, "static.cts")),
    };
  }
}

/** @param {string} tools */
async function installCompilers(tools) {
  await mkdir(tools, { recursive: true });
  const dependencies = Object.fromEntries(
    compilers.map((version) => [`typescript-${version}`, `npm:typescript@${version}`]),
  );
  await writeFile(join(tools, "package.json"), JSON.stringify({ private: true, dependencies }));
  await mustRun("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: tools });
}
