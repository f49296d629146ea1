import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * By how many bytes a program that calls operations is larger for their being there: without them it is the same, and
 * calls the same paths, which nothing knows.
 * @param {string} directory where the constants are
 * @param {readonly { operationId: string, path: string }[]} operations
 * @param {string} client where the client is
 */
export async function measureBundle(directory, operations, client) {
  const names = operations.map(({ operationId }) => operationId);
  const calls = operations.map(({ path }) => `atlas.raw.GET(${JSON.stringify(path)}, { params });`).join("\n");
  const fromClient = `import { createClient } from "@atlas-streams/client";\n`;
  const fromHere = `import { ${names.join(", ")} } from ${JSON.stringify(join(directory, "index.js"))};\n`;
  const program = (/** @type {string} */ imports, /** @type {string} */ own) =>
    `${imports}export const call = (auth, params) => {\nconst atlas = createClient({ auth${own} });\n${calls}\n};\n`;
  const without = await sizes(program(fromClient, ""), client);
  const own = `, operations: [${names.join(", ")}]`;
  const after = await sizes(program(fromClient + fromHere, own), client);
  const before = await sizes(program(fromHere + fromClient, own), client);
  return {
    minified: after.minified - without.minified,
    gzipped: after.gzipped - without.gzipped,
    gzippedBefore: before.gzipped - without.gzipped,
  };
}

/**
 * @param {string} contents
 * @param {string} client
 */
async function sizes(contents, client) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: client },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}
