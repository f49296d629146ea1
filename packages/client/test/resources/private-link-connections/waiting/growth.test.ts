import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 60_000 });

const program = fileURLToPath(new URL("growth.mjs", import.meta.url));

test.each([
  ["done", "waits that end well, on one signal that lives long"],
  ["aborted", "waits that their callers abort"],
  ["given up", "waits whose time is up"],
  ["misspelt", "waits that are refused before they begin"],
  ["refused", "waits that a project's 401 ends, which is remembered for a while"],
])("%s: %s leave nothing of their projects behind", async (way) => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, way]);
  expect((JSON.parse(stdout) as { readonly bytes: number }).bytes).toBeLessThan(500);
});
