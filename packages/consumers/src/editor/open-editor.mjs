import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLanguageServer } from "./language-server.mjs";
import { openLanguageService } from "./language-service.mjs";

const require = createRequire(import.meta.url);
const reports = fileURLToPath(new URL("../../reports/editor/", import.meta.url));

/** The versions that an editor is opened with: the oldest, the last of each way in which TypeScript was made. */
export const versions = /** @type {const} */ (["5.4", "5.9", "6.0", "7.0"]);

/**
 * Opens an editor in a folder that sees the packages as they are published: by their declarations.
 * @param {(typeof versions)[number]} version
 */
export async function openEditor(version) {
  const folder = join(reports, version);
  await mkdir(folder, { recursive: true });
  if (version !== "7.0") return openLanguageService(require(`typescript-${version}`), folder);
  const compiler = join(require.resolve("typescript/package.json"), "../bin/tsc");
  return openLanguageServer(compiler, folder);
}
