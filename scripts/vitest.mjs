// The one vitest configuration: each package's own only names it.
export default {
  test: {
    reporters: ["default", "json"],
    outputFile: { json: "reports/vitest.json" }, // scripts/totals.mjs adds these up
    // Real servers and real processes on a machine that may be busy: what hangs still fails, only later.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What is built is not built again: the mock has Prism in one file of 3 MB, which took ten seconds in each process.
    server: { deps: { external: [/\/packages\/mock\/dist\//] } },
  },
};
