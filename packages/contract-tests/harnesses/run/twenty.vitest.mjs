import { expect, test, vi } from "vitest";
import { report } from "./report.mjs";

test("twenty calls", { timeout: 60_000 }, async () => {
  if (process.env.FAKE_TIMERS) vi.useFakeTimers({ shouldAdvanceTime: true });
  expect(await report()).toEqual([]);
});
