import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../generate/measure.mjs", import.meta.url));
const description = fileURLToPath(new URL("observatory.yaml", import.meta.url));

test("Generated types hold no any, cost a compiler and an editor little, and three operations a bundle next to nothing", {
  timeout: 180_000,
}, () => {
  const { stdout, stderr } = spawnSync(process.execPath, [script, description, "--json"], { encoding: "utf8" });
  expect(stderr).toBe("");
  const { any, instantiations, completions, completionMs, bundle } = JSON.parse(stdout);
  expect({ any, completions }).toEqual({ any: 0, completions: 11 });
  expect(instantiations).toBeGreaterThan(0);
  expect(instantiations).toBeLessThanOrEqual(3000);
  expect(completionMs).toBeLessThan(20_000); // a quarter of a second where nothing else runs
  expect(bundle.minified).toBeLessThanOrEqual(900); // three constants, and none of the other eleven
  expect(bundle.gzipped).toBeLessThanOrEqual(100); // brotli's blocks fall anew with each byte: the same three cost it 29 to 178
});
