// The command, twice: dist/atlas-streams.mjs with what is imported late in files of its own, so that it starts fast; and
// dist/single/atlas-streams.mjs with all of it in one file that runs by itself. The mock stays outside: it is larger.
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { licencesOf } from "../../scripts/licences.mjs";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** Of the description a command line needs what things are made of; text is read faster than code. */
const description = {
  name: "description",
  setup({ onLoad }) {
    onLoad({ filter: /openapi\.json$/ }, ({ path }) => {
      const { components } = JSON.parse(readFileSync(path, "utf8"));
      const { schemas, parameters } = components;
      const text = JSON.stringify({ components: { schemas, parameters } });
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: "js" };
    });
  },
};

const options = {
  entryPoints: { "atlas-streams": "src/main.ts" },
  outExtension: { ".js": ".mjs" },
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["@atlas-streams/mock", "@atlas-streams/mock/command"],
  define: { CLI_VERSION: JSON.stringify(version) },
  plugins: [description],
  banner: {
    js: 'import{createRequire as createRequireOfThisFile}from"node:module";const require=createRequireOfThisFile(import.meta.url);',
  },
  logLevel: "warning",
};

rmSync("dist", { recursive: true, force: true });
await build({ ...options, outdir: "dist", splitting: true, chunkNames: "late/[name]-[hash]" });
const { metafile } = await build({ ...options, outdir: "dist/single", metafile: true });
for (const folder of ["dist", "dist/single"]) chmodSync(`${folder}/atlas-streams.mjs`, 0o755);
writeFileSync("dist/THIRD_PARTY_NOTICES.txt", licencesOf(Object.keys(metafile.inputs)));
