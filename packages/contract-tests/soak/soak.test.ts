import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

// The long one, which judges the heap too, is `pnpm soak`.
test("1,000 calls, 50 at a time, at a service that fails 5 % of them end as the service's own ledger says", {
  timeout: 60_000,
}, async () => {
  const script = fileURLToPath(new URL("soak.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script], {
    env: { ...process.env, SOAK_CALLS: "1000" },
  });
  expect(stdout).toContain("every call ended as the service's ledger says");
  expect(stdout).toMatch(/the service failed [1-9]\d* of/);
});

test("a day of waiting in 100 projects, in a clock that is set, moved and put to sleep, ends as it has to", {
  timeout: 60_000,
}, async () => {
  const script = fileURLToPath(new URL("waiting-day.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script], {
    env: { ...process.env, DAY_PROJECTS: "100" },
  });
  expect(stdout).toContain("every wait ended as it had to");
});
