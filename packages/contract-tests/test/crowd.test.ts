import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

// The hour of twenty readers each is `pnpm soak`.
test("3,000 reads of one client, and four minutes of fifty clients, get out of a project's bucket what is in it", {
  timeout: 120_000,
}, async () => {
  const script = fileURLToPath(new URL("../soak/crowd.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, CROWD_MINUTES: "4", CROWD_READERS: "3" },
  });
  expect(stdout).toContain("the crowd went as it has to");
});
