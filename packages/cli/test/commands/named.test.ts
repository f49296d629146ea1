import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { groupId, homeOf, run, withMock } from "../support/command.js";

const pace = ["--interval", "100ms"];
const kafka = {
  name: "orders-kafka",
  type: "Kafka",
  bootstrapServers: "b-1.orders.example.com:9098",
  authentication: { mechanism: "SCRAM-512", username: "streams", password: "not-to-be-seen" },
  security: { protocol: "SASL_SSL" },
};
const workspace = { name: "orders", dataProcessRegion: { cloudProvider: "AWS", region: "VIRGINIA_USA" } };
const make = ["workspace", "create", "orders", "--cloudProvider", "AWS", "--region", "VIRGINIA_USA"];
const text = (value: unknown) => JSON.stringify(value);

describe("workspace", () => {
  test("is made by flags, found the second time, changed, and deleted", async () => {
    const { env, mock } = await withMock({ connections: [] });
    const first = await run([...make, "--tier", "SP30", "--solar", "-o", "json"], env);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(first.stdout)).toMatchObject({ ...workspace, streamConfig: { tier: "SP30" } });
    expect(mock.requests.at(-1)?.body).toMatchObject({ sampleConnections: { solar: true } });

    const second = await run([...make, "-o", "json"], env);
    expect(second).toEqual({
      code: 0,
      stdout: first.stdout,
      stderr: "orders is there already, and was left as it is.\n",
    });
    const other = await run([...make.slice(0, -1), "OREGON_USA"], env);
    expect(other.code).toBe(4);
    expect(other.stderr).toContain(
      "orders is there already, but differs in dataProcessRegion.region. To change it: atlas-streams workspace update orders\n",
    );

    const changed = await run(
      ["workspace", "update", "orders", "--tier", "SP10", "--maxTierSize", "SP50", "-o", "json"],
      env,
    );
    expect(JSON.parse(changed.stdout)).toMatchObject({ streamConfig: { tier: "SP10", maxTierSize: "SP50" } });
    const deleted = await run(["workspace", "delete", "orders", "--yes", "--wait", ...pace], env);
    expect(deleted.code).toBe(0);
    expect(deleted.stdout).toMatch(/^orders gone after \d s\n$/);
    expect((await run(["workspace", "list", "-o", "json"], env)).stdout).toBe("[]\n");
  });

  test("is waited for until it is gone, and is named in the advice where it is not there", async () => {
    const { env } = await withMock({ connections: [] });
    expect(await run(["workspace", "wait", "orders", ...pace], env)).toMatchObject({ code: 0 });
    const missing = await run(["workspace", "get", "orders"], env);
    expect(missing.code).toBe(5);
    expect(missing.stderr).toContain("See what there is: atlas-streams workspace list");
  });

  test("is shown before it is sent, made or changed by flags or by a file", async () => {
    const made = await run([...make, "--dry-run", "-o", "json"], homeOf());
    expect(JSON.parse(made.stdout)).toMatchObject({ method: "POST", body: workspace });
    const change = ["workspace", "update", "orders", "--file", "-", "--dry-run", "-o", "json"];
    const changed = await run(change, homeOf(), text({ streamConfig: { tier: "SP10" } }));
    expect(JSON.parse(changed.stdout)).toMatchObject({ method: "PATCH", body: { streamConfig: { tier: "SP10" } } });
    const link = ["private-link", "update", "a".repeat(24), "-f", "-", "--dry-run"];
    const shown = await run(link, homeOf(), text({ dnsDomain: "a.example" }));
    expect(shown.stdout).toContain(
      `PATCH /api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/${"a".repeat(24)}\n`,
    );
    const two = await run(change, homeOf(), "a: 1\n---\nb: 2\n");
    expect(two).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(two.stderr).message).toBe("What was piped in holds 2 documents; one is changed at a time.");
  });

  test.each([
    [[], "Name one and its fields, or give --file."],
    [["orders", "--cloudProvider", "AWS"], "--region is missing, such as VIRGINIA_USA."],
    [["orders", "--region", ""], "--region has to say something."],
    [["orders", "-f", "-"], "The fields stand in the file, or are said by flags; not both."],
  ])("create %j says what is wrong, and sends nothing", async (words, sentence) => {
    const { code, stderr } = await run(["workspace", "create", ...words], homeOf());
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe("connection", () => {
  /** A mock with a workspace. */
  async function withWorkspace() {
    const given = await withMock({ connections: [] });
    expect((await run(make, given.env)).code).toBe(0);
    return given;
  }

  test("is made from a file of many documents, waited for, found again, changed, and deleted", async () => {
    const { env, mock } = await withWorkspace();
    const file = join(env.HOME ?? "", "connections.yaml");
    writeFileSync(file, `${text(kafka)}\n---\n{ name: sample_stream_solar, type: Sample }\n`);
    const create = ["connection", "create", "orders", "--file", file];
    const made = await run([...create, "--wait", ...pace], env);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^orders-kafka READY after \d s\nsample_stream_solar READY after \d s\n$/);
    expect(await run([...create, "-o", "yaml"], env)).toMatchObject({
      code: 0,
      stderr:
        "orders-kafka is there already, and was left as it is.\nsample_stream_solar is there already, and was left as it is.\n",
    });

    const { name, ...others } = { ...kafka, bootstrapServers: "b-2.orders.example.com:9098" };
    const update = ["connection", "update", "orders", name, "-f", "-"];
    const changed = await run([...update, "--wait", ...pace, "-o", "json"], env, text(others));
    expect(JSON.parse(changed.stdout)).toMatchObject({ name, bootstrapServers: others.bootstrapServers });
    expect(mock.requests.find(({ method }) => method === "PATCH")?.body).toEqual({ name, ...others });
    const elsewhere = await run(["connection", "update", "orders", "clicks", "-f", "-"], env, text(kafka));
    expect(elsewhere).toMatchObject({ code: 2, stdout: "" });
    expect(elsewhere.stderr).toContain("The file is for orders-kafka, and the command for clicks.");

    expect(await run(["connection", "wait", "orders", name, ...pace], env)).toMatchObject({ code: 0 });
    expect(await run(["connection", "wait", "orders", "--all", ...pace], env)).toMatchObject({
      code: 0,
      stderr: "There is nothing to wait for.\n",
    });
    const deleted = await run(["connection", "rm", "orders", name, "-y", "--wait", ...pace], env);
    expect(deleted.stdout).toMatch(/^orders-kafka gone after \d s\n$/);
    const missing = await run(["connection", "get", "orders", name], env);
    expect(missing.code).toBe(5);
    expect(missing.stderr).toContain("See what there is: atlas-streams connection list WORKSPACE");
    const { stdout } = await run(["connection", "list", "orders", "--state", "READY", "-o", "json"], env);
    expect(JSON.parse(stdout).map((each: { name: string }) => each.name)).toEqual(["sample_stream_solar"]);
  });

  test("is shown before it is sent, without its secrets, and nothing is sent", async () => {
    const words = ["connection", "create", "orders", "-f", "-", "--dry-run", "--projectId", groupId];
    const { code, stdout, stderr } = await run(words, homeOf(), text(kafka));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchSnapshot();
    expect(stdout).not.toContain("not-to-be-seen");
    const update = ["connection", "update", "orders", "orders-kafka", "-f", "-", "--dry-run", "-o", "json"];
    expect(JSON.parse((await run(update, homeOf(), text(kafka))).stdout)).toMatchObject({
      method: "PATCH",
      path: "/api/atlas/v2/groups/{groupId}/streams/orders/connections/orders-kafka",
    });
  });

  test.each([
    ["{}", ["type is missing. It is one of Kafka, Cluster, Sample,"]],
    ["[1]", ["It is no object with fields."]],
    ["{ name: x, type: Kafak }", ["type Kafak is unknown. Is it Kafka?"]],
    ["{ name: x, type: 5 }", ["type has to be text."]],
    [
      "{ name: x, type: Kafka, bootstrapServers: 5, authentication: { user: 1 }, security: x, networking: { access: { type: PRIVATE_LINK } } }",
      [
        "bootstrapServers has to be text, such as b-1.",
        "authentication.mechanism is missing, such as ",
        "authentication.user is no field of authentication.",
        "security has to be an object with fields.",
        "networking.access.connectionId is missing, such as ",
      ],
    ],
    ["{ name: x, type: Https, urls: y }", ["url is missing", "urls is no field of Https. Is it url?"]],
    ['{ name: "", type: Sample }', ["name is empty."]],
    ["{ type: Newer }", ["name is missing"]],
    ["", ["What was piped in holds nothing."]],
  ])("%s is refused before it is sent, with all that is wrong", async (input, sentences) => {
    const { code, stdout, stderr } = await run(["connection", "create", "orders", "-f", "-"], homeOf(), input);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    for (const sentence of sentences) expect(stderr).toContain(sentence);
  });

  test("of a type that is newer than the command is sent as it stands", async () => {
    const { env, mock } = await withWorkspace();
    const newer = { name: "clicks", type: "Newer", url: "https://newer.example.com" };
    expect((await run(["connection", "create", "orders", "-f", "-"], env, text(newer))).code).toBe(0);
    expect(mock.requests.at(-1)?.body).toEqual(newer);
  });

  test("that does not get ready in time ends the wait as a time-out, and one that is not there as not found", async () => {
    const state = { status: 200, body: { ...kafka, state: "PENDING" } } as const;
    const faults = [{ fault: { kind: "answer" as const, ...state }, path: "/connections/slow" }];
    const { env } = await withMock({ connections: [], faults });
    const late = await run(["connection", "wait", "orders", "slow", ...pace, "--timeout", "300ms"], env);
    expect(late.code).toBe(7);
    expect(late.stderr).toContain("its last state was PENDING");
    const never = await run(["connection", "wait", "orders", "never", "--interval", "10ms"], env);
    expect(never.code).toBe(5);
  });
});
