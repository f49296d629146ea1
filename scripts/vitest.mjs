import { fileURLToPath } from "node:url";

// The one vitest configuration: each package's own only names it.
export default {
  test: {
    // At a terminal vitest's own; in a log what matters.
    reporters: [
      process.stdout.isTTY ? "default" : fileURLToPath(new URL("vitest-reporter.mjs", import.meta.url)),
      "json",
    ],
    slowTestThreshold: 10_000,
    outputFile: { json: "reports/vitest.json" }, // scripts/totals.mjs adds these up
    // Real servers and real processes on a machine that may be busy: what hangs still fails, only later.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What is built is not built again: the mock has Prism in one file of 3 MB, which took ten seconds in each process.
    server: { deps: { external: [/\/packages\/mock\/dist\//] } },
  },
};
