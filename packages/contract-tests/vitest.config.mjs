import { mergeConfig } from "vitest/config";
import shared from "../../scripts/vitest.mjs";

// Loading Prism takes half a second: once for each worker, not for each file.
const test = { isolate: false };

/** What has to hold over each transport of the client's. */
const honest = ["test/honest/**/*.test.ts", "fuzz/**/*.test.ts", "soak/**/*.test.ts"];
export default mergeConfig(shared, {
  test: {
    ...test,
    projects: [
      { extends: true, test: { name: "node:http" } },
      { extends: true, test: { name: "fetch", include: honest, env: { TRANSPORT: "fetch" } } },
    ],
  },
});
