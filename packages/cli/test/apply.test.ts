import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { identityOf, kindOf } from "../src/apply/identity.js";
import { schemaOf } from "../src/description.js";
import { type Kind, kinds } from "../src/kinds/kinds.js";
import { type Environment, groupId, hasPython, inTerminal, run, start, withMock } from "./support/command.js";

const pace = ["--interval", "100ms"];
const msk = (name: string) => ({
  provider: "AWS",
  vendor: "MSK",
  arn: `arn:aws:kafka:us-east-1:123456789012:cluster/${name}/1`,
});
const confluent = (name: string, more: object = {}) => ({
  provider: "AWS",
  vendor: "CONFLUENT",
  region: "us-east-1",
  serviceEndpointId: `com.amazonaws.vpce.us-east-1.${name}`,
  ...more,
});
const id = (digit: string) => digit.repeat(24);

/** A file with what the project is to have. */
function fileOf(env: Environment, content: unknown): string {
  const file = join(env.HOME ?? "", "wanted.yaml");
  writeFileSync(file, typeof content === "string" ? content : stringify(content));
  return file;
}

const present = [
  { _id: id("1"), ...msk("there"), state: "DONE" },
  { _id: id("2"), ...confluent("region", { region: "us-west-2", dnsDomain: "d.example" }), state: "DONE" },
  {
    _id: id("3"),
    ...confluent("failed", { dnsDomain: "d.example" }),
    state: "FAILED",
    errorMessage: "No such service.",
  },
  { _id: id("4"), ...confluent("unset"), state: "IDLE" },
  { _id: id("5"), ...msk("stranger"), state: "DONE" },
];
const wanted = [
  msk("there"),
  confluent("region", { dnsDomain: "D.example." }),
  confluent("failed", { dnsDomain: "d.example" }),
  confluent("unset", { dnsDomain: "set.example" }),
  msk("new"),
];

test("--check shows the plan, changes nothing, and exits with 3", async () => {
  const { env, mock } = await withMock({ connections: present });
  const file = fileOf(env, { projectId: groupId, connections: wanted });
  const { code, stdout, stderr } = await run(["apply", "--file", file, "--check"], env);
  expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  expect(stdout).toMatchSnapshot();
  const json = await run(["apply", "--file", file, "--check", "-o", "json"], env);
  expect(JSON.parse(json.stdout).map(({ action }: { action: string }) => action)).toEqual([
    "as it is",
    "differs",
    "failed",
    "set domain",
    "make",
    "not in the file",
  ]);
  expect(mock.requests.filter(({ method, path }) => method !== "GET" && !path.startsWith("/api/oauth"))).toEqual([]);
});

test("apply makes what is missing, sets a domain, waits, and says what it cannot change", async () => {
  const { env, mock } = await withMock({ connections: present });
  const file = fileOf(env, wanted);
  const { code, stdout, stderr } = await run(["apply", "--file", file, "--yes", ...pace], env);
  expect(code).toBe(6);
  expect(stdout).toContain("1 as it is, 1 differs, 1 failed, 1 set domain, 1 make, 1 not in the file.");
  expect(stdout).toMatch(new RegExp(`${id("4")} DONE`));
  expect(stderr).toContain(`AWS CONFLUENT ${id("3")} has failed and stays so.`);
  expect(stderr).toContain(`AWS CONFLUENT ${id("2")} differs: region is "us-west-2"; the API cannot change it.`);
  expect(mock.state.save().filter(({ state }) => state === "DONE")).toHaveLength(5);
  const again = await run(["apply", "--file", file, "--yes", "-o", "json", ...pace], env);
  expect(again.code).toBe(6);
  expect(JSON.parse(again.stdout).plan.map(({ action }: { action: string }) => action)).not.toContain("make");
});

test("Where the project is as the file says, apply does nothing and --check exits with 0", async () => {
  const { env, mock } = await withMock({ connections: present.slice(0, 1) });
  const file = fileOf(env, wanted.slice(0, 1));
  expect((await run(["apply", "--file", file, "--check"], env)).code).toBe(0);
  expect((await run(["apply", "--file", file], env)).code).toBe(0);
  expect(mock.requests.filter(({ path }) => !path.startsWith("/api/oauth")).map(({ method }) => method)).toEqual([
    "GET",
    "GET",
  ]);
});

test("--prune, and nothing else, deletes what is not in the file", async () => {
  const { env, mock } = await withMock({ connections: [present[0] ?? {}, present[4] ?? {}] });
  const file = fileOf(env, wanted.slice(0, 1));
  expect((await run(["apply", "--file", file, "--check", "--prune"], env)).code).toBe(3);
  expect((await run(["apply", "--file", file, "--yes"], env)).code).toBe(0);
  expect(mock.requests.some(({ method }) => method === "DELETE")).toBe(false);
  const { code, stdout } = await run(["apply", "--file", file, "--yes", "--prune", ...pace], env);
  expect(code).toBe(0);
  expect(stdout).toContain("- delete");
  expect(mock.requests.filter(({ method }) => method === "DELETE").map(({ path }) => path.slice(-24))).toEqual([
    id("5"),
  ]);
});

test("Without a terminal it wants --yes", async () => {
  const { env } = await withMock({ connections: [] });
  const { code, stderr } = await run(["apply", "--file", fileOf(env, wanted)], env);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "Nobody can be asked here. Say --yes to go ahead, or --check to only look. Nothing was changed.",
  );
});

describe("What is wrong with a file is told at once, before anything is sent", () => {
  test.each([
    [{ connections: [msk("a"), msk("a")] }, ["connection 2 is the same as connection 1."]],
    [
      { connections: [{ provider: "AWS", vendor: "MSK" }, confluent("x", { dnsDomian: "y" })], project: "p" },
      [
        "connection 1: arn is missing",
        "connection 2: dnsDomian is no field of AWS CONFLUENT. Is it dnsDomain?",
        "project is no field of the file",
      ],
    ],
    [{ connections: {} }, ["connections has to be a list."]],
    ["{", ["is neither JSON nor YAML"]],
  ])("%j", async (content, sentences) => {
    const { env, mock } = await withMock({ connections: [] });
    const { code, stderr } = await run(["apply", "--file", fileOf(env, content), "--yes"], env);
    expect({ code, sent: mock.requests.length }).toEqual({ code: 2, sent: 0 });
    for (const sentence of sentences) expect(stderr).toContain(sentence);
  });

  test("a file for another project", async () => {
    const { env } = await withMock({ connections: [] });
    const file = fileOf(env, { projectId: id("9"), connections: [] });
    const { code, stderr } = await run(["apply", "--file", file, "--projectId", groupId], env);
    expect(code).toBe(2);
    expect(stderr).toContain(`is for the project ${id("9")}, and --projectId says ${groupId}.`);
  });
});

test.skipIf(!hasPython)("In a terminal it asks, and a no changes nothing", async () => {
  const { env, mock } = await withMock({ connections: [] });
  const terminal = inTerminal(["apply", "--file", fileOf(env, wanted.slice(0, 2))], env, 140);
  await expect.poll(() => terminal.screen(), { timeout: 30_000 }).toContain("Do these 2? [y/N]");
  terminal.type("n\r");
  expect(await terminal.ended).toBe(0);
  expect(await terminal.screen()).toContain("Nothing was changed.");
  expect(mock.state.save()).toEqual([]);
});

/** The nth connection of a kind: every field that the kind has, and those different that tell one from another. */
function bodyOf(kind: Kind | undefined, n: number): object {
  const { constants = {}, fields = [], schemaName = "" } = kind ?? {};
  const { "x-identified-by": telling = [] } = schemaOf(schemaName);
  const own = (example: unknown) => (Array.isArray(example) ? example.map((each) => `${each}${n}`) : `${example}${n}`);
  const values = fields.map(({ name, example }) => [name, telling.includes(name) ? own(example) : example]);
  return { ...constants, ...Object.fromEntries(values) };
}

test("Two hundred connections of all kinds, a twentieth of the answers faulty, killed half-way and run again: as the file says, nothing twice", async () => {
  expect(kinds.length).toBeGreaterThan(10);
  const bodies = Array.from({ length: 200 }, (_, n) => bodyOf(kinds[n % kinds.length], n));
  const shares = ["rate-limited", "unavailable", "empty", "reset", "truncated"] as const;
  const { env, mock } = await withMock({
    connections: [],
    faults: shares.map((fault) => ({
      fault: fault === "rate-limited" ? { kind: fault, retryAfterSeconds: 0 } : fault,
      share: 0.01,
      done: fault !== "rate-limited" && fault !== "unavailable",
    })),
  });
  const words = ["apply", "--file", fileOf(env, bodies), "--yes", "--interval", "300ms"];
  const half = start(words, env);
  await expect.poll(() => mock.state.save().length, { timeout: 120_000, interval: 50 }).toBeGreaterThan(60);
  half.child.kill("SIGKILL");
  expect((await half.ended).code).toBe(null);
  const before = mock.state.save().length;
  expect(before).toBeLessThan(200);
  const { code, stderr } = await run(words, env);
  expect({ code, stderr: stderr.split("\n").filter((line) => line.startsWith("atlas-streams:")) }).toEqual({
    code: 0,
    stderr: [],
  });
  const made = mock.state.save();
  expect(
    made
      .map((each) => identityOf(each))
      .sort()
      .filter((each, index, all) => each === all[index - 1]),
  ).toEqual([]);
  expect(new Set(made.map(({ state }) => state))).toEqual(new Set(["DONE"]));
  expect(made).toHaveLength(200);
  expect(new Set(made.map(kindOf)).size).toBe(kinds.length);
  expect((await run(["apply", "--file", fileOf(env, bodies), "--check"], env)).code).toBe(0);
}, 400_000);
