import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mustRun, run } from "../run.mjs";

const program = fileURLToPath(new URL("../programs/calls.mjs", import.meta.url));
export const groupId = "32b6e34b3d91647abb20e7b8";
const expected = /^AWS DONE; true NOT_FOUND$/;

/** How each bundler is told to bundle for Node, and for a worker, which has `fetch` and nothing of Node. */
const configs = {
  esbuild: (/** @type {Target} */ target) => `import { build } from "esbuild";
await build({ entryPoints: ["calls.mjs"], outfile: "dist/${target}.mjs", bundle: true, format: "esm",
  ${target === "node" ? 'platform: "node", banner: { js: "import { createRequire } from \\"node:module\\"; const require = createRequire(import.meta.url);" }' : 'platform: "neutral", conditions: ["workerd", "worker"], mainFields: ["module", "main"]'} });`,
  rolldown: (/** @type {Target} */ target) => `import { build } from "rolldown";
await build({ input: "calls.mjs", platform: "${target === "node" ? "node" : "neutral"}", ${target === "node" ? "" : 'resolve: { conditionNames: ["workerd", "worker", "import"] },'}
  output: { file: "dist/${target}.mjs", format: "esm", codeSplitting: false, minify: true } });`,
  webpack: (/** @type {Target} */ target) => `import webpack from "webpack";
const stats = await new Promise((resolve, reject) => webpack({ mode: "production", context: import.meta.dirname, entry: "./calls.mjs",
  target: "${target === "node" ? "node20" : "webworker"}", experiments: { outputModule: true }, optimization: { splitChunks: false },
  ${target === "node" ? "" : 'resolve: { conditionNames: ["workerd", "worker", "import"] },'}
  plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
  output: { filename: "${target}.mjs", chunkFormat: "module", library: { type: "module" } } }, (error, done) => (error ? reject(error) : resolve(done))));
if (stats.hasErrors()) { console.error(stats.toString()); process.exitCode = 1; }`,
  vite: (/** @type {Target} */ target) => `import { build } from "vite";
await build({ logLevel: "error", configFile: false, ${target === "node" ? 'ssr: { noExternal: true, target: "node" },' : 'ssr: { noExternal: true, target: "webworker", resolve: { conditions: ["workerd", "worker", "import"] } },'}
  build: { ssr: "calls.mjs", outDir: "dist", emptyOutDir: false, rollupOptions: { output: { entryFileNames: "${target}.mjs", inlineDynamicImports: true } } } });`,
};

/** @typedef {"node" | "worker"} Target */

/**
 * Bundles a consumer by each bundler, runs what came of it, and looks at what it needs.
 * @param {import("./consumers.js").Place} place
 * @returns {AsyncGenerator<import("./consumers.js").Result>}
 */
export async function* bundleAll({ install, mock }) {
  const versions = { esbuild: "0.28.2", rolldown: "1.3.2", webpack: "5.113.0", vite: "7" };
  const others = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const project = await install("bundlers", ["client"], others);
  await mkdir(join(project, "dist"), { recursive: true });
  await cp(program, join(project, "calls.mjs"));
  for (const [bundler, config] of Object.entries(configs))
    for (const target of /** @type {const} */ (["node", "worker"])) {
      await writeFile(join(project, "bundle.mjs"), config(target));
      const bundled = await run(process.execPath, ["bundle.mjs"], { cwd: project });
      const outcome =
        bundled.code === 0 ? await runBundle(join(project, `dist/${target}.mjs`), target) : bundled.output;
      yield {
        consumer: bundler,
        way: `for ${target === "node" ? "Node" : "a worker"}`,
        works: outcome === "",
        said: outcome,
      };
    }

  /**
   * @param {string} file
   * @param {Target} target
   */
  async function runBundle(file, target) {
    const words = [mock.url, mock.credentials.serviceAccount, groupId].map((word) => JSON.stringify(word)).join(", ");
    const code = `import { calls } from ${JSON.stringify(file)}; console.log(await calls(${words}));`;
    const { output } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: project });
    if (!expected.test(output.trim())) return output || "nothing was printed";
    const needs = (await readFile(file, "utf8")).match(/(?:from|import|import\()\s*["'][^"'./][^"']*["']/g) ?? [];
    const strangers =
      target === "node" ? needs.filter((one) => !/node:|["'](module|util|zlib|http|https|crypto)/.test(one)) : needs;
    return strangers.length > 0 ? `the bundle still needs ${strangers.join(", ")}` : "";
  }
}

/**
 * Runs a consumer without a bundler, as an ES module and from CommonJS, and the commands.
 * @param {import("./consumers.js").Place} place
 * @returns {AsyncGenerator<import("./consumers.js").Result>}
 */
export async function* runAll({ install, mock }) {
  const project = await install("plain", ["client", "mock", "cli", "generate"]);
  for (const name of ["calls.mjs", "calls.cjs"])
    await cp(fileURLToPath(new URL(`../programs/${name}`, import.meta.url)), join(project, name));
  const words = [mock.url, mock.credentials.serviceAccount, groupId].map((word) => JSON.stringify(word)).join(", ");
  const codes = {
    "ES module": `import { calls } from "./calls.mjs"; console.log(await calls(${words}));`,
    "CommonJS, import()": `import { byImport } from "./calls.cjs"; console.log(await byImport(${words}));`,
    "CommonJS, require": `import { byRequire } from "./calls.cjs"; console.log(await byRequire(${words}));`,
  };
  for (const [way, code] of Object.entries(codes)) {
    const { output } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: project });
    yield { consumer: `Node ${process.versions.node}`, way, works: expected.test(output.trim()), said: output };
  }
  const commands = { "atlas-streams": /^\d+\.\d+\.\d+\n$/, "atlas-streams-mock": /^\d+\.\d+\.\d+\n$/ };
  for (const [command, wanted] of Object.entries(commands)) {
    const said = await mustRun(join(project, "node_modules/.bin", command), ["--version"], { cwd: project });
    yield { consumer: command, way: "--version", works: wanted.test(said), said };
  }
  const asked = await run(join(project, "node_modules/.bin/atlas-streams-generate"), ["--help"], { cwd: project });
  yield { consumer: "atlas-streams-generate", way: "--help", works: /FILE/.test(asked.output), said: asked.output };
  const shown = await run(join(project, "node_modules/.bin/atlas-streams"), ["private-link", "list", "--mock"], {
    cwd: project,
  });
  yield {
    consumer: "atlas-streams",
    way: "private-link list --mock",
    works: shown.code === 0 && /MSK/.test(shown.output),
    said: shown.output,
  };
}
