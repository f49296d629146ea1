import { describe, expect, test } from "vitest";
import { hasPython, inTerminal, run, withMock } from "../support/command.js";

test("list prints the service's objects as JSON, whichever page they are on", async () => {
  const connections = Array.from({ length: 130 }, (_, index) => ({
    _id: index.toString(16).padStart(24, "0"),
    provider: "AWS",
    vendor: "S3",
    state: "DONE",
  }));
  const { env } = await withMock({ connections });
  const { code, stdout, stderr } = await run(["private-link", "list", "-o", "json"], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(connections);
});

test("list keeps every word where it is piped, and shows what was asked for", async () => {
  const { env } = await withMock();
  const all = await run(["private-link", "list"], env);
  expect({ code: all.code, stderr: all.stderr }).toEqual({ code: 0, stderr: "" });
  expect(all.stdout).toMatchSnapshot();
  const failed = await run(["private-link", "list", "--state", "failed", "-o", "json"], env);
  expect(JSON.parse(failed.stdout).map(({ state }: { state: string }) => state)).toEqual(["FAILED"]);
  const some = await run(["private-link", "list", "--vendor", "confluent", "--provider", "azure", "-o", "json"], env);
  expect(JSON.parse(some.stdout)).toHaveLength(1);
  const none = await run(["private-link", "list", "--vendor", "nobody"], env);
  expect(none).toEqual({ code: 0, stdout: "", stderr: "There are no such Private Link connections.\n" });
  expect((await run(["private-link", "list", "--vendor", "nobody", "-o", "json"], env)).stdout).toBe("[]\n");
});

describe.skipIf(!hasPython)("in a terminal", () => {
  test.each([60, 100, 200])("list fits %i columns", async (columns) => {
    const { env } = await withMock();
    const terminal = inTerminal(["private-link", "list"], env, columns);
    expect(await terminal.ended).toBe(0);
    const screen = await terminal.screen();
    expect(screen).toMatchSnapshot();
    const table = screen.split("\n").filter((line) => !line.includes("failed:"));
    for (const line of table) expect(line.length).toBeLessThanOrEqual(columns);
  });
});
