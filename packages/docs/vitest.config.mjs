import { mergeConfig } from "vitest/config";
import shared from "../../scripts/vitest.mjs";

// The guides have tests too, which the tests themselves run; those take as long as their reader's would.
export default mergeConfig(shared, {
  test: { include: ["test/**/*.test.ts"], testTimeout: 90_000, hookTimeout: 90_000, maxConcurrency: 4 },
});
