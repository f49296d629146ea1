import { describe, expect, test } from "vitest";
import { hasPython, inTerminal, run, start, withMock } from "../support/command.js";

const ids = ["a", "b", "c"].map((letter) => letter.repeat(24));
const [first = "", second = "", third = ""] = ids;
const born = (_id: string, vendor = "S3") => ({ _id, provider: "AWS", vendor });
const pace = ["--interval", "100ms"];

test("wait ends with 0 when all are ready, and prints them as they are", async () => {
  const { env } = await withMock({ connections: [born(first), born(second)] });
  const { code, stdout } = await run(["private-link", "wait", first, second, ...pace, "-o", "json"], env);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).map(({ _id, state }: { _id: string; state: string }) => [_id, state])).toEqual([
    [first, "DONE"],
    [second, "DONE"],
  ]);
});

test("wait --all waits for what has not come to its end, and has nothing to do where there is nothing", async () => {
  const { env } = await withMock({ connections: [born(first), { ...born(second), state: "DONE" }] });
  const { code, stdout } = await run(["private-link", "wait", "--all", ...pace], env);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(`^${first} DONE after \\d s\n$`) });
  const again = await run(["private-link", "wait", "--all"], env);
  expect(again).toEqual({ code: 0, stdout: "", stderr: "There is nothing to wait for.\n" });
});

test("One that has failed is told at the end with the service's words, and the exit code is 6", async () => {
  const { env } = await withMock({
    connections: [born(first), { ...born(second), state: "FAILED", errorMessage: "No such service." }],
  });
  const { code, stdout, stderr } = await run(["private-link", "wait", first, second, ...pace], env);
  expect(code).toBe(6);
  expect(stdout).toMatch(new RegExp(`^${first} DONE`));
  expect(stderr).toContain(`atlas-streams: Connection ${second} is FAILED: No such service.`);
  const alone = await run(["private-link", "wait", second, "-o", "json"], env);
  expect({ code: alone.code, stdout: alone.stdout }).toEqual({ code: 6, stdout: "" });
});

test("When the time is up the exit code is 7", async () => {
  const { env } = await withMock({ connections: [{ ...born(first), state: "WORKING" }] });
  const { code, stdout, stderr } = await run(["private-link", "wait", first, "--timeout", "1s", "-o", "json"], env);
  expect({ code, stdout }).toEqual({ code: 7, stdout: "" });
  const lines = stderr.slice(stderr.indexOf("{"));
  expect(JSON.parse(lines)).toMatchObject({ code: "WAIT_TIMEOUT", state: "WORKING" });
});

test("wait --for deleted ends when it is gone", async () => {
  const { env } = await withMock({ connections: [{ ...born(first), state: "DONE" }] });
  await run(["private-link", "delete", first, "--yes"], env);
  const { code, stdout } = await run(["private-link", "wait", first, "--for", "deleted", ...pace], env);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(`^${first} gone after \\d s\n$`) });
});

test("A bad answer in between ends no wait", async () => {
  const { env } = await withMock({
    connections: [born(first)],
    faults: [{ fault: "unavailable", method: "GET", nth: [1, 2] }],
  });
  expect((await run(["private-link", "wait", first, ...pace], env)).code).toBe(0);
});

test("In a log there is a line for each change, and no control characters", async () => {
  const { env } = await withMock({ connections: [born(first)] });
  const { stderr } = await run(["private-link", "wait", first, ...pace], { ...env, CI: "true" });
  expect(stderr.split("\n").map((line) => line.split(" ")[1])).toEqual(["IDLE", "WORKING", "DONE", undefined]);
  expect(stderr).not.toContain("\u001b");
});

describe.skipIf(!hasPython)("in a terminal", () => {
  const lasting = { connections: ids.map((_id) => ({ ...born(_id, "MSK"), state: "WORKING" })) };

  test("what has not been looked at yet is not gone", async () => {
    const { env } = await withMock({ connections: [], faults: [{ fault: "stalled" }] });
    const terminal = inTerminal(["private-link", "wait", first, "--for", "deleted", "--no-cache"], env);
    await expect.poll(() => terminal.screen(), { timeout: 30_000 }).toContain(first);
    expect(await terminal.screen()).not.toContain("gone");
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
  });

  test("in a narrow terminal what has no room is left out whole", async () => {
    const connections = [{ _id: first, provider: "GCP", vendor: "PUBSUB", region: "us-east4", state: "WORKING" }];
    const { env } = await withMock({ connections });
    const terminal = inTerminal(["private-link", "wait", first, "--interval", "60s"], env, 46);
    await expect.poll(() => terminal.screen(), { timeout: 30_000 }).toMatch(/^⋯ {2}a{24} {2}WORKING {2}\d s$/);
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
  });

  test("one line tells state, time, what is usual, and the next look; Ctrl-C ends it at once and says how to go on", async () => {
    const { env } = await withMock(lasting);
    const terminal = inTerminal(["private-link", "wait", first, "--interval", "60s"], env, 200);
    await expect
      .poll(() => terminal.screen(), { timeout: 20_000 })
      .toMatch(new RegExp(`^⋯  ${first}  WORKING  \\d s  MSK usually takes 30 to 35 min  next look in about \\d+ s$`));
    const before = performance.now();
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
    expect(performance.now() - before).toBeLessThan(5000);
    const screen = await terminal.screen();
    expect(screen).toContain("atlas-streams: Interrupted.");
    expect(screen).toContain(`Go on waiting: atlas-streams private-link wait ${first}`);
    expect(terminal.raw().lastIndexOf("\u001b[?25h")).toBeGreaterThan(terminal.raw().lastIndexOf("\u001b[?25l"));
  });

  test("many are counted in one line, which keeps to the width as it changes", async () => {
    const { env } = await withMock(lasting);
    const terminal = inTerminal(["private-link", "wait", ...ids, "--interval", "60s"], env, 100);
    await expect.poll(() => terminal.screen(), { timeout: 20_000 }).toContain("0 of 3  3 WORKING");
    terminal.resize(40);
    await expect
      .poll(async () => (await terminal.screen()).split("\n").at(-1), { timeout: 20_000 })
      .toMatch(/^⋯.{0,39}$/);
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
  });

  test("with CI set it is a log, in colour", async () => {
    const { env } = await withMock({ connections: [born(third)] });
    const terminal = inTerminal(["private-link", "wait", third, ...pace], { ...env, CI: "true" });
    expect(await terminal.ended).toBe(0);
    expect(await terminal.screen()).toMatch(new RegExp(`${third} IDLE after \\d+ s\n${third} WORKING`));
    expect(terminal.raw()).not.toContain("\u001b[?25l");
  });
});

test("SIGTERM ends a wait with 143", async () => {
  const { env } = await withMock({ connections: [{ ...born(first), state: "WORKING" }] });
  const { child, told, ended } = start(["private-link", "wait", first], env);
  await expect.poll(() => told().stderr, { timeout: 20_000 }).toContain("WORKING");
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 143, stderr: expect.stringContaining("Terminated.") });
});
