import { describe, expect, test } from "vitest";
import { hasPython, inTerminal, run, withMock } from "../support/command.js";

const first = "a".repeat(24);
const second = "b".repeat(24);
const connections = [first, second].map((_id) => ({ _id, provider: "AWS", vendor: "S3", state: "DONE" }));
const deletes = (requests: readonly { readonly method: string }[]) =>
  requests.filter(({ method }) => method === "DELETE").length;

test("Without a terminal delete refuses unless it is told --yes, and then does it", async () => {
  const { env, mock } = await withMock({ connections });
  const refused = await run(["private-link", "delete", first], env, "y\n");
  expect(refused).toEqual({
    code: 2,
    stdout: "",
    stderr: "atlas-streams: Nobody can be asked here. Say --yes to delete without a question.\n",
  });
  expect(deletes(mock.requests)).toBe(0);
  const done = await run(["private-link", "delete", first, second, "--yes", "--wait", "--interval", "100ms"], env);
  expect(done.code).toBe(0);
  expect(done.stdout).toMatch(new RegExp(`^${first} gone after \\d s\n${second} gone after \\d s\n$`));
  expect(deletes(mock.requests)).toBe(2);
});

test("One that is not there keeps the others from being deleted", async () => {
  const { env, mock } = await withMock({ connections });
  const { code } = await run(["private-link", "delete", first, "c".repeat(24), "--yes"], env);
  expect(code).toBe(5);
  expect(deletes(mock.requests)).toBe(0);
});

describe.skipIf(!hasPython)("in a terminal", () => {
  test.each([
    ["n\r", 0, "Nothing was deleted."],
    ["\r", 0, "Nothing was deleted."],
    ["y\r", 1, `${first} is being removed.`],
  ])("it shows what it is going to delete, asks, and takes %j for an answer", async (answer, count, said) => {
    const { env, mock } = await withMock({ connections });
    const terminal = inTerminal(["private-link", "delete", first], env);
    await expect.poll(() => terminal.screen(), { timeout: 30_000 }).toContain("Delete it? [y/N]");
    expect(await terminal.screen()).toContain(`${first}  DONE   AWS       S3`);
    terminal.type(answer);
    expect(await terminal.ended).toBe(0);
    expect(await terminal.screen()).toContain(said);
    expect(deletes(mock.requests)).toBe(count);
  });

  test("Ctrl-D at the question is no", async () => {
    const { env, mock } = await withMock({ connections });
    const terminal = inTerminal(["private-link", "delete", first], env);
    await expect.poll(() => terminal.screen(), { timeout: 30_000 }).toContain("[y/N]");
    terminal.type("\u0004");
    expect(await terminal.ended).toBe(0);
    expect(await terminal.screen()).toMatch(/\[y\/N\] ?\nNothing was deleted\.$/);
    expect(deletes(mock.requests)).toBe(0);
  });

  test("Ctrl-C at the question deletes nothing", async () => {
    const { env, mock } = await withMock({ connections });
    const terminal = inTerminal(["private-link", "delete", first], env);
    await expect.poll(() => terminal.screen(), { timeout: 30_000 }).toContain("[y/N]");
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
    expect(deletes(mock.requests)).toBe(0);
  });
});
