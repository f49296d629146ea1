import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { groupId, run, withMock } from "../support/command.js";

const id = "a".repeat(24);
const list = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";

test.each([
  [
    ["get", "x"],
    "'x' is invalid for argument 'connectionId'. It has to be the connection's _id, 24 hexadecimal digits.",
  ],
  [["delete", id, "x", "--yes"], "'x' is invalid for argument 'connectionIds'."],
  [["wait", id, "x"], "'x' is invalid for argument 'connectionIds'."],
  [["update", "x", "--dnsDomain", "a.example", "--dry-run"], "'x' is invalid for argument 'connectionId'."],
  [["list", "--projectId", ""], "argument '' is invalid. It has to be 24 hexadecimal digits, in lower case."],
  [["list", "--projectId", id.toUpperCase()], "It has to be 24 hexadecimal digits, in lower case."],
  [["list", "--profile", ""], "argument '' is invalid. It has to be a name."],
  [["create", "mks"], "There is no kind mks; did you mean msk?"],
  [["create", "kafka"], "There is no kind kafka; there are aws-msk, msk, "],
])("private-link %j is told in the words of the command line", async (words, sentence) => {
  const { env, mock } = await withMock();
  const { code, stdout, stderr } = await run(["private-link", ...words], env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(mock.requests).toEqual([]);
});

test("A variable that is no project's id is named, by doctor too", async () => {
  const { env } = await withMock();
  const wrong = { ...env, MONGODB_ATLAS_PROJECT_ID: "my-project" };
  expect(await run(["private-link", "list"], wrong)).toEqual({
    code: 2,
    stdout: "",
    stderr: "atlas-streams: MONGODB_ATLAS_PROJECT_ID is no project's id: 24 hexadecimal digits, in lower case.\n",
  });
  const { code, stdout } = await run(["doctor"], wrong);
  expect(code).toBe(2);
  expect(stdout).toContain("Project: my-project is no project's id");
});

test.each([
  ["nothing", "", "holds nothing. To want no connections, say: connections: []"],
  ["a comment", "# connections:\n", "holds nothing."],
  ["null", "null", "holds nothing."],
  ["a project that is none", "projectId: x\nconnections: []\n", "projectId has to be 24 hexadecimal digits"],
  ["too many aliases", manyAliases(), "cannot be read:"],
])("apply with a file of %s changes nothing, even where it may delete", async (_, content, sentence) => {
  const { env, mock } = await withMock();
  const file = join(env.HOME ?? "", "wanted.yaml");
  writeFileSync(file, content);
  for (const [name, input] of [
    [file, ""],
    ["-", content],
  ] as const) {
    const { code, stderr } = await run(["apply", "--file", name, "--prune", "--yes"], env, input);
    expect(code).toBe(2);
    expect(stderr).toContain(`atlas-streams: ${name === "-" ? "What was piped in" : file} `);
    expect(stderr).toContain(sentence);
  }
  expect(mock.requests).toEqual([]);
});

/** Nine lists of nine: what it stands for is more than memory holds. */
function manyAliases(): string {
  const names = [..."abcdefghi"];
  return names
    .map((name, index) => `${name}: &${name} [${Array(9).fill(index === 0 ? "x" : `*${names[index - 1]}`)}]\n`)
    .join("");
}

test("Commands that are told of ask the same project with the same credentials", async () => {
  const { env } = await withMock({ connections: [{ _id: id, provider: "AWS", vendor: "NEWER", state: "PAUSED" }] });
  const other = ["--projectId", "b".repeat(24)];
  const { stdout } = await run(["private-link", "get", id, ...other], env);
  expect(stdout).toContain(`atlas-streams private-link wait ${id} ${other.join(" ")}\n`);
  const { stderr } = await run(["private-link", "get", "c".repeat(24), ...other], env);
  expect(stderr).toContain(`See what there is: atlas-streams private-link list ${other.join(" ")}\n`);
});

test("What is not found is looked for where it could be", async () => {
  const { env } = await withMock({ connections: [], projects: [groupId] });
  const place = await run(["connection", "list", "none"], env);
  expect(place).toMatchObject({ code: 5, stderr: expect.stringContaining("atlas-streams workspace list\n") });
  const project = await run(["private-link", "list", "--projectId", id], env);
  expect(project.code).toBe(5);
  expect(project.stderr).toContain(`Check it: atlas-streams doctor --projectId ${id}\n`);
});

test("workspace create tells what is missing by its flags", async () => {
  const { env, mock } = await withMock();
  const { code, stderr } = await run(["workspace", "create", "orders"], env);
  expect(code).toBe(2);
  expect(stderr).toContain("\n  --cloudProvider is missing, such as AWS.\n  --region is missing");
  expect(mock.requests).toEqual([]);
});

test("create points to apply where the file is for that", async () => {
  const { env } = await withMock();
  const file = join(env.HOME ?? "", "wanted.yaml");
  writeFileSync(file, "connections: []\n");
  const { code, stderr } = await run(["private-link", "create", "--file", file], env);
  expect(code).toBe(2);
  expect(stderr).toContain(`For that: atlas-streams apply --file ${file}`);
});

test.each([
  [["GET", list, "-q", "itemsPerPage"], "Say it as name=value."],
  [["GET", list, "-p", "other=1"], "other is no word of the path; it has groupId."],
  [["GET", `${list}/{connectionId}`], "connectionId is not said: --path connectionId=…"],
  [["GET", list, "-d", "{}"], `GET ${list} takes no body.`],
  [["GET", list.replace("groupId", "project")], "is no path of the description."],
])("raw %j is refused before anything is sent", async (words, sentence) => {
  const { env, mock } = await withMock();
  const { code, stderr } = await run(["raw", ...words], env);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
  expect(mock.requests).toEqual([]);
});

test("raw takes a path that names the project and says the rest, query included", async () => {
  const { env, mock } = await withMock();
  expect((await run(["raw", "DELETE", `${list}/${id}`], env)).code).toBe(0);
  expect((await run(["raw", "GET", `${list}?itemsPerPage=1&pageNum=2`, "-q", "pageNum=3"], env)).code).toBe(0);
  const details = list.replace("privateLinkConnections", "accountDetails?cloudProvider=aws");
  expect((await run(["raw", "GET", details, "-q", "regionName=US_EAST_1"], env)).code).toBe(0);
  const filled = list.replace("{groupId}", groupId);
  expect(mock.requests.map(({ path }) => path).filter((path) => path.startsWith("/api/atlas/"))).toEqual([
    `${filled}/${id}`,
    `${filled}?itemsPerPage=1&pageNum=3`,
    `${filled.replace("privateLinkConnections", "accountDetails")}?cloudProvider=aws&regionName=US_EAST_1`,
  ]);
});
