import { expect, test } from "vitest";
import { groupId, run, withMock } from "../support/command.js";

const id = "a".repeat(24);
const enterprise = {
  _id: id,
  provider: "AWS",
  vendor: "CONFLUENT",
  region: "us-east-1",
  serviceEndpointId: "com.example",
};

test("update sets the domain, and --wait goes on until it is ready", async () => {
  const { env, mock } = await withMock({ connections: [{ ...enterprise, state: "IDLE" }] });
  const words = [
    "private-link",
    "update",
    id,
    "--dnsDomain",
    "a.example",
    "--wait",
    "--interval",
    "100ms",
    "-o",
    "json",
  ];
  const { code, stdout } = await run(words, env);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ _id: id, dnsDomain: "a.example", state: "DONE" });
  expect(mock.requests.find(({ method }) => method === "PATCH")?.body).toEqual({ dnsDomain: "a.example" });
});

test("update of what is ready and has a domain is refused in the service's words", async () => {
  const { env } = await withMock({ connections: [{ ...enterprise, state: "DONE", dnsDomain: "b.example" }] });
  const { code, stderr } = await run(["private-link", "update", id, "--dnsDomain", "a.example"], env);
  expect(code).toBe(4);
  expect(stderr).toContain("dnsDomain cannot be changed in the present state");
});

test("account shows the account of a region, in any case of the provider", async () => {
  const { env } = await withMock();
  const words = ["private-link", "account", "--cloudProvider", "AZURE", "--region", "US_EAST_2"];
  const { code, stdout, stderr } = await run(words, env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatchSnapshot();
});

test("raw calls any operation with its version, by template or by path, and fills in the project", async () => {
  const { env, mock } = await withMock({ connections: [{ ...enterprise, state: "DONE" }] });
  const list = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";
  const first = await run(["raw", "get", list, "-q", "itemsPerPage=1"], env);
  expect(first.code).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({ results: [{ _id: id }], totalCount: 1 });
  const second = await run(["raw", "GET", `${list.replace("{groupId}", groupId)}/${id}`], env);
  expect(JSON.parse(second.stdout)._id).toBe(id);
  const third = await run(
    ["raw", "PATCH", `${list}/{connectionId}`, "-p", `connectionId=${id}`, "-d", "-"],
    env,
    '{"dnsDomain":"a.example"}',
  );
  expect(third.code).toBe(0);
  expect(mock.requests.at(-1)?.headers.accept).toContain("2025-03-12");
});

test("raw passes on what the service says of a refusal", async () => {
  const { env } = await withMock({ connections: [] });
  const path = `/api/atlas/v2/groups/${groupId}/streams/privateLinkConnections/${id}`;
  const { code, stdout, stderr } = await run(["raw", "GET", path, "-o", "json"], env);
  expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
  expect(JSON.parse(stderr)).toMatchObject({ error: 404, errorCode: "RESOURCE_NOT_FOUND" });
  const malformed = await run(["raw", "GET", path.replace(id, "x")], env);
  expect(malformed.code).toBe(2);
});

test("raw --list has every operation of the description", async () => {
  const { env } = await withMock();
  const { stdout } = await run(["raw", "--list", "-o", "json"], env);
  const { operationTable } = await import("@atlas-streams/types");
  expect(JSON.parse(stdout).map(({ operationId }: { operationId: string }) => operationId)).toEqual(
    operationTable.map(({ operationId }) => operationId),
  );
});

test("workspace and connection are listed and shown, as a table and as the service's objects", async () => {
  const { env } = await withMock();
  const workspaces = await run(["workspace", "list", "-o", "json"], env);
  expect(workspaces.code).toBe(0);
  const [{ name = "" } = {}] = JSON.parse(workspaces.stdout) as { name?: string }[];
  expect(JSON.parse((await run(["workspace", "get", name, "-o", "json"], env)).stdout).name).toBe(name);
  expect((await run(["workspace", "list"], env)).stdout).toMatch(/^NAME +PROVIDER +REGION/);
  const connections = await run(["connection", "list", name, "-o", "json"], env);
  expect(connections.code).toBe(0);
  const [first] = JSON.parse(connections.stdout) as { name: string; type: string }[];
  const shown = await run(["connection", "get", name, first?.name ?? ""], env);
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(new RegExp(`^name +${first?.name}$`, "m"));
  const ofType = await run(["connection", "list", name, "--type", first?.type ?? "", "-o", "json"], env);
  expect(JSON.parse(ofType.stdout)).toContainEqual(first);
});
