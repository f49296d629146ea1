import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome", { paths: [process.cwd()] });
const rules = [
  "style/noRestrictedImports",
  "correctness/noNodejsModules",
  "correctness/noUndeclaredDependencies",
  "suspicious/noImportCycles",
];

/** @type {import("../check.js").Check} */
export default {
  isQuick: true,
  measure() {
    const words = ["lint", "--reporter=json", ...rules.map((rule) => `--only=${rule}`), "packages/client/src"];
    const { stdout, stderr } = spawnSync(process.execPath, [biome, ...words], { encoding: "utf8" });
    const { errors, unchanged } = JSON.parse(stdout).summary;
    return {
      what: "rooms: imports that a room of the client must not have",
      figure: `${errors} in ${unchanged} files`,
      limit: "0",
      holds: errors === 0 && unchanged > 50,
      complaint: stdout + stderr,
    };
  },
};
