import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../../../src/call/clock.js";
import { groupId, idOf, inTurn, startService } from "./service.js";

describe("a process that has waited", () => {
  const program = fileURLToPath(new URL("process-end.mjs", import.meta.url));
  const [first, second] = [idOf(1), idOf(2)];

  test.each([
    ["to the end", ["DONE", "DONE"]],
    ["until aborted", "AbortError"],
    ["in vain", "WaitTimeoutError"],
  ])("%s exits by itself, at once", async (how, end) => {
    const service = await startService(systemClock);
    await service.has({
      [first]: inTurn("IDLE", "IDLE", "DONE", "DONE", "DELETING", null),
      [second]: inTurn("IDLE", "IDLE", "DONE"),
    });
    const env = {
      ...process.env,
      SERVICE: JSON.stringify({ url: service.url, account: service.account, groupId, ids: [first, second] }),
    };
    const child = spawn(process.execPath, [program, how], { env, stdio: ["ignore", "pipe", "inherit"] });
    const exit = once(child, "exit");
    const said = JSON.parse(await text(child.stdout));
    expect(await exit).toEqual([0, null]);
    expect(said).toEqual({ end, timers: [], msUntilExit: expect.any(Number) });
    expect(said.msUntilExit).toBeLessThan(1_000);
    await service.stop();
  });
});
