import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mergeConfig } from "vitest/config";
import shared from "../../scripts/vitest.mjs";
import { EveryFlagLast } from "./test/support/every-flag-last.mjs";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** What the tests note of the commands that they run. */
const uses = mkdtempSync(join(tmpdir(), "atlas-streams-uses-"));
process.on("exit", () => rmSync(uses, { recursive: true }));

// Every test starts processes, and most start several.
export default mergeConfig(shared, {
  define: { CLI_VERSION: JSON.stringify(version) }, // as build.mjs does
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false, // loading Prism takes half a second: once for each worker, not for each file
    setupFiles: ["test/support/note-end.ts"],
    sequence: { sequencer: EveryFlagLast },
    env: { USES: uses },
  },
});
