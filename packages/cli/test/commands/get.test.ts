import { describe, expect, test } from "vitest";
import { hasPython, inTerminal, run, withMock } from "../support/command.js";

const msk = "66f0c1d2e3a4b5c6d7e8f901";
const failed = "66f0c1d2e3a4b5c6d7e8f911";
const enterprise = "66f0c1d2e3a4b5c6d7e8f90e";

test("get prints the service's object and nothing else as JSON, and the same as YAML", async () => {
  const { env, mock } = await withMock();
  const json = await run(["private-link", "get", msk, "-o", "json"], env);
  expect({ code: json.code, stderr: json.stderr }).toEqual({ code: 0, stderr: "" });
  const yaml = await run(["private-link", "get", msk, "--output", "yaml"], env);
  const { parse } = await import("yaml");
  const { life: _, groupId: __, ...saved } = mock.state.save().find(({ _id }) => _id === msk) ?? {};
  expect(JSON.parse(json.stdout)).toEqual(saved);
  expect(parse(yaml.stdout)).toEqual(saved);
});

test("get tells a pipe the same without colours and boxes", async () => {
  const { env } = await withMock();
  const { code, stdout, stderr } = await run(["private-link", "get", msk], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatchSnapshot();
});

describe.skipIf(!hasPython)("in a terminal", () => {
  test.each([60, 100, 200])("get draws a connection in %i columns", async (columns) => {
    const { env } = await withMock();
    for (const connectionId of [msk, failed, enterprise]) {
      const terminal = inTerminal(["private-link", "get", connectionId], env, columns);
      expect(await terminal.ended).toBe(0);
      expect(await terminal.screen()).toMatchSnapshot();
      expect(terminal.raw()).toContain("\u001b[");
    }
  });

  test("NO_COLOR leaves the drawing and takes the colours", async () => {
    const { env } = await withMock();
    const terminal = inTerminal(["private-link", "get", msk], { ...env, NO_COLOR: "1" });
    expect(await terminal.ended).toBe(0);
    expect(terminal.raw()).not.toContain("\u001b[");
    expect(terminal.raw()).toContain("┌─ Atlas project");
  });
});

test("A text of the service's cannot reach the terminal's controls", async () => {
  const { env } = await withMock({
    connections: [
      {
        _id: msk,
        provider: "AWS",
        vendor: "MSK",
        state: "FAILED",
        errorMessage: "red \u001b[31m\u009b31m\u202e\nnext",
      },
    ],
  });
  const text = await run(["private-link", "get", msk], env);
  expect(text.stdout).toContain("Why it failed: red \ufffd[31m\ufffd31m\ufffd next");
  const json = await run(["private-link", "get", msk, "-o", "json"], env);
  for (const control of ["\u001b", "\u009b", "\u202e"]) expect(json.stdout).not.toContain(control);
  expect(JSON.parse(json.stdout).errorMessage).toBe("red \u001b[31m\u009b31m\u202e\nnext");
});
