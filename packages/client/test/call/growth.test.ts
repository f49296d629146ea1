import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 60_000 });

const program = fileURLToPath(new URL("growth.mjs", import.meta.url));

// One for each thing that lives as long as a client and may hold more than one of something.
test.each([
  ["challenged", "calls that each meet a new challenge, whose sessions are kept for a while"],
  ["refused", "calls that a 401 ends, whose URLs are kept for a while"],
  ["limited", "calls of projects at their limit, whose gates are kept for a while"],
  ["near", "calls of projects near their limit, whose gates are kept for a while"],
  ["deprecated", "calls of a version that goes away, which is told once"],
  ["signalled", "calls on one signal that lives long"],
  ["broken", "calls whose connection breaks"],
  ["unsent", "calls that find nobody to talk to, through the doors of node:http"],
])("%s: %s, leave nothing behind", async (way) => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, way]);
  const { bytes, asked } = JSON.parse(stdout) as { readonly bytes: number; readonly asked: number };
  expect(bytes).toBeLessThan(300);
  expect(asked > 2000).toBe(way !== "unsent");
});
