import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The promise for the client: its runtime and everything that it depends on, minified and gzipped. */
export const mostBytes = 8192;

/**
 * Bundles a package with all that it depends on, and measures it: minified, and that gzipped.
 * @param {string} name
 */
export async function bundleSize(name) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from "${name}"; import * as all from "${name}"; export default all.default;`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "error",
    logOverride: { "import-is-undefined": "silent" }, // not every package has a default export
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}
