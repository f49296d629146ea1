import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "json"],
    outputFile: { json: "reports/vitest.json" },
    // Loading Prism takes half a second: once for each worker, not for each file.
    isolate: false,
  },
});
