import { mergeConfig } from "vitest/config";
import shared from "../../scripts/vitest.mjs";

// The guides have tests too, which the tests themselves run; those take as long as their reader's would.
export default mergeConfig(shared, {
  test: { include: ["test/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000, maxConcurrency: 4 },
});
