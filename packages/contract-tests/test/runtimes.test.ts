import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const runtimes = fileURLToPath(new URL("../runtimes/runtimes.mjs", import.meta.url));

test("the suite for every runtime passes on this Node, and its process ends by itself", async () => {
  const ended = promisify(execFile)(process.execPath, [runtimes, "--here"]);
  const { stdout } = await ended.catch((failure: { readonly stdout: string }) => failure);
  const [, passed, failed] = /'Node here' │ '[\d.]+' │ (\d+) +│ (\d+)/.exec(stdout) ?? [];
  expect(Number(passed)).toBeGreaterThan(40);
  expect(failed, stdout).toBe("0");
}, 60_000);
