import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";
import shared from "../../scripts/vitest.mjs";

// The tests take the source, and the package's imports name what is built of it.
const platform = fileURLToPath(new URL("src/platform/node.ts", import.meta.url));
export default mergeConfig(shared, {
  resolve: { alias: { "#platform": platform } },
  // All of the source, whether a test loads it or not.
  test: {
    coverage: {
      provider: "v8",
      include: ["src/**"],
      reporter: ["text", "json-summary"],
      reportsDirectory: "reports/coverage",
    },
  },
});
