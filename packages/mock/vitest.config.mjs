import { mergeConfig } from "vitest/config";
import shared from "../../scripts/vitest.mjs";

// Loading Prism takes half a second: once for each worker, not for each file.
export default mergeConfig(shared, { test: { isolate: false } });
