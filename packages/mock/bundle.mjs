// Puts libraries, with all that they need, into files of ours. So the mock brings none, and a start loads what it needs.
// As a dependency, Prism 5.16 refuses to be installed below
// Node 24.18 (yarn 1, engine-strict), does not start below 20.19 (it requires an ES module), reports each install to
// Scarf, and brings 66 MB; 5.12 asks for `prism-core` in a range that leads to 5.16 again. The same code in one file runs
// on Node 20, under jest too, and starts sooner.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";
import { licencesOf } from "../../scripts/licences.mjs";

const { dependencies } = createRequire(import.meta.url)("./package.json");

const instead = {
  // Its main file is UMD, whose `require` cannot be followed.
  "jsonc-parser": "jsonc-parser/lib/esm/main.js",
  // Prism makes up English only; all languages are 3 MB.
  "@faker-js/faker": "@faker-js/faker/locale/en",
};

const { metafile } = await build({
  entryPoints: ["src/prism-library.ts", "src/certificate-library.ts"],
  outdir: "dist",
  bundle: true,
  metafile: true,
  minify: true,
  keepNames: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: Object.keys(dependencies),
  plugins: [{ name: "instead", setup: takeInstead }],
  banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  legalComments: "none",
});
writeFileSync("dist/THIRD_PARTY_NOTICES.txt", licencesOf(Object.keys(metafile.inputs)));

function takeInstead({ onResolve, resolve }) {
  const exactly = new RegExp(`^(${Object.keys(instead).join("|")})$`);
  onResolve({ filter: exactly }, ({ path, kind, resolveDir }) => resolve(instead[path], { kind, resolveDir }));
}
