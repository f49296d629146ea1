import { describe, expect, test } from "vitest";
import { hasPython, homeOf, inTerminal, run } from "./support/command.js";
import { commands } from "./support/program.js";

const paths = commands.map(({ path }) => path);

test.each(paths)("The help of '%s' is for reading", async (words) => {
  const path = words.split(" ").filter(Boolean);
  const shown = await run([...path, "--help"], homeOf());
  expect({ code: shown.code, stderr: shown.stderr }).toEqual({ code: 0, stderr: "" });
  expect(shown.stdout).toMatchSnapshot();
  const [prose = ""] = shown.stdout.split(/\nExamples?:/);
  for (const line of prose.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});

test.each(["", "private-link", "private-link create aws-msk"])("help '%s' shows the same as --help", async (words) => {
  const path = words.split(" ").filter(Boolean);
  expect(await run(["help", ...path], homeOf())).toEqual(await run([...path, "--help"], homeOf()));
});

test.each(["exit-codes", "credentials", "waiting", "proxies"])("The topic %s is for reading", async (topic) => {
  const { code, stdout, stderr } = await run(["help", topic], homeOf());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatchSnapshot();
});

test.skipIf(!hasPython)("In a narrow terminal help and topics keep to its width", async () => {
  for (const words of [
    ["private-link", "wait", "--help"],
    ["help", "waiting"],
  ]) {
    const terminal = inTerminal(words, homeOf(), 60);
    expect(await terminal.ended).toBe(0);
    expect(await terminal.screen()).toMatchSnapshot();
  }
});

const id = "a".repeat(24);

describe("A mistake on the command line is one sentence and exit code 2", () => {
  test.each([
    [["private-lnk"], "Unknown command 'private-lnk'\n(Did you mean private-link?)"],
    [["private-link", "gt"], "Unknown command 'gt'\n(Did you mean get?)"],
    [["private-link", "get"], "Missing required argument 'connectionId'"],
    [["private-link", "get", "a", "b"], "Too many arguments for 'get'. Expected 1 argument but got 2."],
    [["private-link", "list", "--outpt", "json"], "Unknown option '--outpt'\n(Did you mean --output?)"],
    [["private-link", "list", "-o", "xml"], "Option '-o, --output <form>' argument 'xml' is invalid."],
    [["private-link", "wait", "a", "--timeout", "soon"], "argument 'soon' is invalid. Say it as 90m, 1h30m or 45s."],
    [["private-link", "wait", "a", "--timeout", "0s"], "It has to be longer than nothing."],
    [["private-link", "wait", "--mock"], "Name Private Link connections, or say --all."],
    [["private-link", "wait", id, "--all", "--mock"], "Name Private Link connections, or say --all; not both."],
    [["private-link", "create"], "Name a kind, such as aws-msk, or give --file."],
    [["private-link", "update", id], "Say what to change, or give --file."],
    [["private-link", "update", id, "--dnsDomain", ""], "--dnsDomain has to say something."],
    [["private-link", "create", "--file", "/not/there.yaml"], "There is no file /not/there.yaml."],
    [["raw"], "Name a method and a path."],
    [["raw", "GET", "/elsewhere"], "/elsewhere is no path of the description."],
    [["raw", "PUT", "/api/oauth/token"], "/api/oauth/token has no PUT; it has POST."],
    [["raw", "POST", "/api/oauth/token", "-d", "{"], "--data is no JSON. Nothing was sent."],
    [["help", "nobody"], "There is no help on nobody."],
    [["completion", "tcsh"], "'tcsh' is invalid for argument 'shell'"],
  ])("%j", async (words, sentence) => {
    const { code, stdout, stderr } = await run(words, homeOf());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^atlas-streams: /);
    expect(stderr).not.toMatch(/ {4}at /);
  });

  test("also as JSON", async () => {
    const { code, stdout, stderr } = await run(["private-link", "get", "-o", "json"], homeOf());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ code: "USAGE", message: "Missing required argument 'connectionId'" });
  });

  test("and a group without a command shows its help on stderr", async () => {
    const { code, stdout, stderr } = await run(["private-link"], homeOf());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: atlas-streams private-link");
  });
});

test("The version is the package's", async () => {
  const { version } = await import("../package.json", { with: { type: "json" } }).then((file) => file.default);
  expect(await run(["--version"], homeOf())).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});
