import { expect, test } from "vitest";
import { ask, listPath, mockFor, msk } from "../helpers.js";

const s3 = { provider: "AWS", vendor: "S3", region: "us-east-1", serviceEndpointId: "com.amazonaws.us-east-1.s3" };
const kinesis = { provider: "AWS", vendor: "KINESIS", region: "us-east-1" };

test("What the service finds for a connection is that connection's own, the account aside", async () => {
  const mock = await mockFor({ auth: "any", connections: [], scenario: { created: [{ state: "DONE" }] } });
  const arns = ["orders/1", "orders/2", "Billing_EU/1"].map(
    (name) => `arn:aws:kafka:eu-west-1:123456789012:cluster/${name}`,
  );
  const ready = [];
  for (const arn of arns) {
    const { body } = await ask(mock, "POST", listPath, { body: { ...msk, arn } });
    ready.push((await ask(mock, "GET", `${listPath}/${body._id}`)).body);
  }
  for (const field of ["dnsDomain", "serviceEndpointId", "interfaceEndpointId", "interfaceEndpointName"])
    expect(new Set(ready.map((each) => each[field])).size, field).toBe(3);
  expect(new Set(ready.map((each) => each.providerAccountId)).size).toBe(1);
  expect(ready[0]?.dnsDomain).toMatch(/^scram\.orders\.[0-9a-f]{6}\.eu-west-1\.amazonaws\.com$/);
  expect(ready[2]?.dnsDomain).toMatch(/^scram\.billing-eu\./);
  expect(ready[0]?.interfaceEndpointName).toContain(ready[0]?._id);
});

test("What was found at the create is still so at the read", async () => {
  const mock = await mockFor({ auth: "any", connections: [], scenario: { created: [{ state: "DONE" }] } });
  const { body: made } = await ask(mock, "POST", listPath, { body: msk });
  const { body: read } = await ask(mock, "GET", `${listPath}/${made._id}`);
  expect(read).toMatchObject({ ...made, dnsDomain: made.dnsDomain });
});

test.each([
  ["S3", s3],
  ["MSK, whose domain the service finds", msk],
  ["KINESIS", kinesis],
])("A domain cannot be set where the kind has none to send: %s", async (_, body) => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const { body: made } = await ask(mock, "POST", listPath, { body });
  const answer = await ask(mock, "PATCH", `${listPath}/${made._id}`, { body: { dnsDomain: "sample.example" } });
  expect(answer).toMatchObject({
    status: 400,
    body: { errorCode: "VALIDATION_ERROR", parameters: ["dnsDomain is not taken for this provider and vendor."] },
  });
  expect((await ask(mock, "GET", `${listPath}/${made._id}`)).body.dnsDomain).toBe(made.dnsDomain);
});

test("Of the examples too, only those have a domain whose kind has one", async () => {
  const mock = await mockFor({ auth: "any" });
  const { results } = (await ask(mock, "GET", `${listPath}?itemsPerPage=500`)).body;
  const example = results.find(({ vendor }) => vendor === "S3");
  const answer = await ask(mock, "PATCH", `${listPath}/${example?._id}`, { body: { dnsDomain: "sample.example" } });
  expect(answer.status).toBe(400);
});

test("Only a connection at Azure without a vendor is a generic one", async () => {
  const id = (digit: string) => digit.repeat(24);
  const connections = ["AWS", "gcp", "Azure"].map((provider, index) => ({
    _id: id(String(index)),
    provider,
    state: "DONE",
  }));
  const mock = await mockFor({ auth: "any", connections });
  const { results } = (await ask(mock, "GET", listPath)).body;
  expect(results).toEqual([
    { _id: id("0"), provider: "AWS", state: "DONE" },
    { _id: id("1"), provider: "GCP", state: "DONE" },
    { _id: id("2"), provider: "AZURE", state: "DONE", vendor: "GENERIC" },
  ]);
});

test("A far end is told by what identifies its kind; a field that one side lacks decides nothing", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const make = async (body: object) => (await ask(mock, "POST", listPath, { body })).status;
  expect(await make({ ...kinesis, serviceEndpointId: "vpce-svc-1" })).toBe(200);
  expect(await make({ ...kinesis, serviceEndpointId: "vpce-svc-2" })).toBe(200);
  expect(await make({ ...kinesis, serviceEndpointId: "vpce-svc-1" })).toBe(400);
  expect(await make(kinesis)).toBe(400);
  expect(await make({ ...kinesis, region: "us-west-2" })).toBe(200);
  expect(await make({ ...kinesis, region: "us-west-2", serviceEndpointId: "vpce-svc-1" })).toBe(400);
  const azure = { provider: "AZURE", vendor: "CONFLUENT", region: "eastus2", dnsDomain: "a.example" };
  expect(await make({ ...azure, azureResourceIds: ["/one", "/two"] })).toBe(200);
  expect(await make({ ...azure, dnsDomain: "b.example", azureResourceIds: ["/two", "/one"] })).toBe(400);
});

test("A far end whose connection is gone can be connected again", async () => {
  const mock = await mockFor({ auth: "any", connections: [], scenario: { deleted: [{ state: null }] } });
  for (let count = 0; count < 3; count += 1) {
    const { status, body } = await ask(mock, "POST", listPath, { body: msk });
    expect(status).toBe(200);
    expect((await ask(mock, "POST", listPath, { body: msk })).status).toBe(400);
    await ask(mock, "DELETE", `${listPath}/${body._id}`);
  }
});

test("How many connections there are makes no difference to a create", async () => {
  const connections = Array.from({ length: 10_000 }, (_, index) => ({
    ...msk,
    _id: index.toString(16).padStart(24, "0"),
    arn: `${msk.arn}-${index}`,
    state: "DONE",
  }));
  const few = await mockFor({ auth: "any", connections: connections.slice(0, 10), limits: { rate: false } });
  const many = await mockFor({ auth: "any", connections, limits: { rate: false } });
  const took = async (mock: { url: string }, index: number) => {
    const began = performance.now();
    const { status } = await ask(mock, "POST", listPath, { body: { ...msk, arn: `${msk.arn}/new/${index}` } });
    expect(status).toBe(200);
    return performance.now() - began;
  };
  const times = { few: [] as number[], many: [] as number[] };
  for (let index = 0; index < 100; index += 1) {
    times.few.push(await took(few, index));
    times.many.push(await took(many, index));
  }
  const median = (all: number[]) => all.sort((one, other) => one - other)[50] ?? 0;
  expect(median(times.many)).toBeLessThan(3 * median(times.few));
});
