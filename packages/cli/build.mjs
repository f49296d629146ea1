// The command and all that it needs in one file, so that it starts fast and runs by itself: node atlas-streams.mjs.
// What is imported late is only run when it is needed. The mock stays outside: it is larger than all of this.
import { chmodSync, readFileSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/atlas-streams.mjs",
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["@atlas-streams/mock", "@atlas-streams/mock/command"],
  define: { CLI_VERSION: JSON.stringify(version) },
  banner: {
    js: '#!/usr/bin/env node\nimport{createRequire as createRequireOfThisFile}from"node:module";const require=createRequireOfThisFile(import.meta.url);',
  },
  logLevel: "warning",
});
chmodSync("dist/atlas-streams.mjs", 0o755);
