import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exampleOf } from "../../src/commands/create-command.js";
import { kinds } from "../../src/kinds/kinds.js";
import { groupId, homeOf, run, withMock, withProfile } from "../support/command.js";

const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/abc-1";
const pace = ["--interval", "100ms"];

test("create makes a connection by flags, finds it the second time, and makes another one with --always", async () => {
  const { mock, env } = await withMock({ connections: [] });
  const words = ["private-link", "create", "gcp-pubsub", "--region", "us-east4", "-o", "json"];
  const first = await run(words, env);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
  const made = JSON.parse(first.stdout);
  expect(made).toMatchObject({ provider: "GCP", vendor: "PUBSUB", region: "us-east4" });
  const second = await run(words, env);
  expect(second.code).toBe(0);
  expect(second.stderr).toBe(`${made._id} is there already, and was left as it is. --always makes another.\n`);
  expect(JSON.parse(second.stdout)._id).toBe(made._id);
  const always = await run([...words, "--always"], env);
  expect(mock.requests.filter(({ method }) => method === "POST").length).toBeGreaterThanOrEqual(2);
  expect([0, 4]).toContain(always.code); // the service may refuse a twin
});

test("create --wait goes on until it is ready, with a line for each state in a log", async () => {
  const { env } = await withMock({ connections: [] });
  const { code, stdout, stderr } = await run(["private-link", "create", "msk", "--arn", arn, "--wait", ...pace], env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[0-9a-f]{24} DONE after \d s\n$/);
  expect(stderr).toMatch(/^(\w+) IDLE after \d s\n\1 WORKING after \d s\n\1 DONE after \d s\n$/);
});

test("create takes lists, and an empty word for an empty list", async () => {
  const { mock, env } = await withMock({ connections: [] });
  const common = ["--region", "us-east-1", "--dnsDomain", "a.example", "-o", "json"];
  const words = ["private-link", "create", "aws-confluent", ...common];
  const two = await run([...words, "--serviceEndpointId", "one", "--dnsSubDomain", "x.a.example", "y.a.example"], env);
  const none = await run([...words, "--serviceEndpointId", "two", "--dnsSubDomain", ""], env);
  expect([two.code, none.code]).toEqual([0, 0]);
  const bodies = mock.requests.filter(({ method, path }) => method === "POST" && path.includes("/streams/"));
  expect(bodies.map(({ body }) => (body as { dnsSubDomain: string[] }).dnsSubDomain)).toEqual([
    ["x.a.example", "y.a.example"],
    [],
  ]);
});

test("create --file takes JSON and YAML, many documents, from a file or piped in", async () => {
  const { env } = await withMock({ connections: [] });
  const file = join(env.HOME ?? "", "two.yaml");
  writeFileSync(
    file,
    `provider: AWS\nvendor: MSK\narn: "${arn}"\n---\n{ "provider": "GCP", "vendor": "PUBSUB", "region": "r" }\n`,
  );
  const fromFile = await run(["private-link", "create", "-f", file, "-o", "json"], env);
  expect(JSON.parse(fromFile.stdout).map(({ vendor }: { vendor: string }) => vendor)).toEqual(["MSK", "PUBSUB"]);
  const piped = await run(
    ["private-link", "create", "-f", "-", "-o", "json"],
    env,
    `{"provider":"AWS","vendor":"MSK","arn":"${arn}"}`,
  );
  expect(JSON.parse(piped.stdout)._id).toBe(JSON.parse(fromFile.stdout)[0]._id);
});

test("A kind that is newer than the command is sent as it stands", async () => {
  const { mock, env } = await withMock({ connections: [] });
  const body = { provider: "AWS", vendor: "TIMESTREAM", region: "us-east-1" };
  const { code } = await run(["private-link", "create", "-f", "-"], env, JSON.stringify(body));
  expect(code).toBe(0);
  expect(mock.requests.find(({ method, path }) => method === "POST" && path.includes("/streams/"))?.body).toEqual(body);
});

describe("What the service would refuse is told before it is sent, all at once, with field and mend", () => {
  test.each([
    ["{}", ["provider is missing. It is one of AWS, AZURE, GCP."]],
    ["[1]", ["It is no object with fields."]],
    ['{"provider":"AWS"}', ["vendor is missing. At AWS it is one of MSK, CONFLUENT, KINESIS, S3, LAMBDA."]],
    ['{"provider":"AWS","vendor":"MKS"}', ["vendor MKS is unknown. Is it MSK?"]],
    ['{"provider":"GPC","vendor":"PUBSUBB"}', ["vendor PUBSUBB is unknown. Is it PUBSUB?"]],
    ['{"provider":"AZURE","vendor":"MSK"}', ["vendor MSK is one at AWS, not at AZURE."]],
    [
      '{"provider":"AWS","vendor":"MSK","arnn":"x"}',
      ["arn is missing, such as arn:aws:kafka:", "arnn is no field of AWS MSK. Is it arn?"],
    ],
    [
      '{"provider":"aws","vendor":"msk","arn":"x","region":"r"}',
      [
        "arn does not look like one: it has to match ^arn:aws:kafka",
        "region is no field of AWS MSK. There are arn, authenticationScheme.",
      ],
    ],
    [
      '{"provider":"GCP","vendor":"CONFLUENT","region":"r","dnsDomain":"d","gcpServiceAttachmentUris":["a","b","c","d"]}',
      ["gcpServiceAttachmentUris has too many: 3 at most."],
    ],
    [
      '{"provider":"GCP","vendor":"CONFLUENT","region":"r","dnsDomain":"d","gcpServiceAttachmentUris":["a","a"]}',
      ["gcpServiceAttachmentUris has one of them twice."],
    ],
    [
      '{"provider":"GCP","vendor":"CONFLUENT","region":"r","dnsDomain":1,"gcpServiceAttachmentUris":"a"}',
      ["dnsDomain has to be text", "gcpServiceAttachmentUris has to be a list"],
    ],
    ["provider: [", ["What was piped in is neither JSON nor YAML:"]],
    ["", ["What was piped in holds no connections."]],
  ])("%s", async (input, sentences) => {
    const { mock, env } = await withMock({ connections: [] });
    const { code, stdout, stderr } = await run(["private-link", "create", "-f", "-"], env, input);
    expect({ code, stdout, sent: mock.requests.length }).toEqual({ code: 2, stdout: "", sent: 0 });
    for (const sentence of sentences) expect(stderr).toContain(sentence);
  });

  test("with the document, where there are several, and as JSON", async () => {
    const input = '{"provider":"AWS","vendor":"MSK"}\n---\n{"provider":"AWS","vendor":"S3"}';
    const { code, stderr } = await run(["private-link", "create", "-f", "-", "-o", "json"], homeOf(), input);
    expect(code).toBe(2);
    expect(JSON.parse(stderr).mistakes).toHaveLength(3);
    expect(JSON.parse(stderr).mistakes[1]).toMatch(/^document 2: /);
  });
});

test("create --dry-run prints the request and sends nothing, without credentials", async () => {
  const words = ["private-link", "create", "msk", "--arn", arn, "--dry-run", "--projectId", groupId];
  const text = await run(words, homeOf());
  expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 0, stderr: "" });
  expect(text.stdout).toMatchSnapshot();
  const piped = ["private-link", "create", "--file", "-", "--dry-run", "--projectId", groupId];
  expect((await run(piped, homeOf(), JSON.stringify({ provider: "AWS", vendor: "MSK", arn }))).stdout).toBe(
    text.stdout,
  );
  expect(JSON.parse((await run([...words, "-o", "json"], homeOf())).stdout)).toMatchObject({
    method: "POST",
    path: `/api/atlas/v2/groups/${groupId}/streams/privateLinkConnections`,
    body: { provider: "AWS", vendor: "MSK", arn },
  });
});

test("Each kind's example works as it stands in its help", async () => {
  const { env } = await withMock({ connections: [] });
  expect(kinds.length).toBeGreaterThan(10);
  const ends = await Promise.all(
    kinds.map(async (kind) => {
      const [, ...words] = exampleOf(kind).split(" ");
      const { code, stderr } = await run(words, env);
      return { code, kind: kind.command, stderr };
    }),
  );
  expect(ends).toEqual(kinds.map((kind) => ({ code: 0, kind: kind.command, stderr: "" })));
});

test.each(kinds)(
  "create $command has a flag for each field, and all that create has",
  async ({ command, constants, fields }) => {
    const words = fields.flatMap(({ name, example }) => [`--${name}`, ...[example].flat().map(String)]);
    const common = [
      "--always",
      "--wait",
      "--timeout",
      "1m",
      "--interval",
      "1s",
      "--no-cache",
      "--verbose",
      "-o",
      "json",
    ];
    const { env } = withProfile();
    const whose = ["--dry-run", "--projectId", groupId, "-P", "work"];
    const { code, stdout, stderr } = await run(["private-link", "create", command, ...words, ...common, ...whose], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      path: `/api/atlas/v2/groups/${groupId}/streams/privateLinkConnections`,
      body: { ...constants, ...Object.fromEntries(fields.map(({ name, example }) => [name, example])) },
    });
  },
);
