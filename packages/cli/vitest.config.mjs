import { mergeConfig } from "vitest/config";
import shared from "../../scripts/vitest.mjs";

// Every test starts processes, and most start several.
export default mergeConfig(shared, { test: { testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 } });
