// One module, so that importing costs what its bytes cost; what the runtime adds is loaded by the first call.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig } from "rolldown";

await rm(fileURLToPath(new URL("dist", import.meta.url)), { recursive: true, force: true });

export default defineConfig({
  input: {
    index: "src/index.ts",
    "token-file/index": "src/token-file/index.ts",
    "platform/node": "src/platform/node.ts",
    "platform/web": "src/platform/web.ts",
  },
  external: [/^node:/, "#platform", "openapi-fetch", "proper-lockfile"],
  platform: "neutral",
  output: { dir: "dist", format: "esm", entryFileNames: "[name].js", sourcemap: true },
});
