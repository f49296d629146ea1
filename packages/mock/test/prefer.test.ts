import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { ask, basic, connectionPath, listPath, mockFor } from "./helpers.js";

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly example?: unknown;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly examples: Readonly<Record<string, { readonly value: unknown }>> }>
    >;
  };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly content?: Readonly<
          Record<string, { readonly examples: Readonly<Record<string, { readonly value: unknown }>> }>
        >;
      }
    >
  >;
}

/** Every operation of the description, with a request that it takes. */
const operations = readOperations();

test.each(operations.map((operation) => [operation.operationId, operation] as const))(
  "%s answers with each status and each example that is documented, if that is preferred",
  async (_, operation) => {
    const mock = await mockFor({ auth: "any" });
    const isOauth = operation.path.startsWith("/api/oauth");
    const [contentType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    const [sample] = Object.values(content?.examples ?? {});
    const body =
      sample &&
      (contentType?.includes("form")
        ? new URLSearchParams(sample.value as Record<string, string>).toString()
        : sample.value);
    const [versioned = ""] = Object.keys(
      Object.entries(operation.responses).find(([code]) => code.startsWith("2"))?.[1].content ?? {},
    );
    const headers = {
      accept: isOauth ? "application/json" : versioned,
      ...(isOauth && { authorization: basic(mock) }),
      ...(contentType && { "content-type": contentType }),
    };

    for (const [code, { content: contents = {} }] of Object.entries(operation.responses)) {
      const plain = await ask(mock, operation.method, operation.url, {
        headers: { ...headers, prefer: `code=${code}` },
        body,
      });
      expect(plain.status, `code ${code}`).toBe(Number(code));
      const examples = Object.values(contents).flatMap(({ examples }) => Object.entries(examples));
      for (const [name, { value }] of examples) {
        const { status, body: answer } = await ask(mock, operation.method, operation.url, {
          headers: { ...headers, prefer: `code=${code}, example=${name}` },
          body,
        });
        expect(status, name).toBe(Number(code));
        expect(answer, name).toEqual(value);
      }
    }
  },
);

test("A preference can stand in the query too", async () => {
  const mock = await mockFor({ auth: "any" });
  const { status, body } = await ask(mock, "GET", `${connectionPath}?__code=404&__example=group-not-found`);
  expect([status, body.errorCode]).toEqual([404, "GROUP_NOT_FOUND"]);
});

test("A made-up answer is valid, and the same for the same seed", async () => {
  const mock = await mockFor({ auth: "any" });
  const once = await ask(mock, "GET", connectionPath, { headers: { prefer: "dynamic=true, seed=7" } });
  const again = await ask(mock, "GET", connectionPath, { headers: { prefer: "dynamic=true, seed=7" } });
  expect(once.status).toBe(200);
  expect(once.body._id).toMatch(/^[a-f0-9]{24}$/);
  expect(again.body).toEqual(once.body);
});

test.each([
  ["code=503", "has no answer 503; there are 200, 400"],
  ["code=418", "has no answer 418"],
  ["code=abc", "has no answer abc"],
  ["code=404x", "has no answer 404x"],
  ["code=4e2", "has no answer 4e2"],
  ["code=", "has no answer"],
  ["example=no-such-example", "200 has no example no-such-example"],
  ["code=404, example=aws-msk", "404 has no example aws-msk; there are resource-not-found"],
  ["code=404, example=toString", "404 has no example toString"],
  ["dynamic=perhaps", "dynamic is true or false, not perhaps"],
])("A preference that cannot be met, %s, is a failure of the mock and nothing else", async (prefer, why) => {
  const mock = await mockFor({ auth: "any" });
  const { status, headers, body } = await ask(mock, "GET", connectionPath, { headers: { prefer } });
  expect([status, headers.get("content-type")]).toEqual([500, "application/json"]);
  expect(body).toMatchObject({ error: 500, errorCode: "MOCK_CANNOT_ANSWER" });
  expect(body.detail).toContain(why);
});

test("A made-up body that has no schema cannot be met either", async () => {
  const mock = await mockFor({ auth: "any" });
  const { status, body } = await ask(mock, "DELETE", connectionPath, { headers: { prefer: "dynamic=true" } });
  expect([status, body.errorCode]).toEqual([500, "MOCK_CANNOT_ANSWER"]);
});

test.each([
  ["xcode=404", 200],
  ["no-code=404", 200],
  ['return="code=404"', 200],
  ["respond-async, wait=10", 200],
  ["wait=10; code=404", 200],
  ["respond-async, code=404", 404],
  ["CODE = 404", 404],
  ["code=404; foo=bar", 404],
  ["code=404, code=403", 404],
  ['code="404"', 404],
])("Prefer: %s is read as RFC 7240 has it, and answered with %i", async (prefer, status) => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "GET", connectionPath, { headers: { prefer } })).status).toBe(status);
});

test("An answer that was preferred changes nothing", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const body = { provider: "GCP", vendor: "PUBSUB", region: "us-east4" };
  await ask(mock, "POST", listPath, { body, headers: { prefer: "code=200" } });
  expect((await ask(mock, "GET", listPath)).body.totalCount).toBe(0);
});

function readOperations() {
  const file = createRequire(import.meta.url).resolve("@atlas-streams/spec/openapi.json");
  const description = JSON.parse(readFileSync(file, "utf8"));
  const find = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(find);
    if (typeof node !== "object" || node === null) return node;
    const { $ref } = node as { $ref?: string };
    if ($ref === undefined) return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, find(value)]));
    return find(
      $ref
        .slice(2)
        .split("/")
        .reduce((at, step) => at[step], description),
    );
  };
  return Object.entries<Record<string, unknown>>(description.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== "parameters")
      .map(([method, raw]) => {
        const { parameters: own = [], requestBody, responses, operationId } = raw as Record<string, unknown>;
        const operation = find({ requestBody, responses, operationId }) as Described;
        const parameters = find([...((item.parameters as unknown[]) ?? []), ...(own as unknown[])]) as NonNullable<
          Described["parameters"]
        >;
        const concrete = path.replace(/\{(\w+)\}/g, (_, name) =>
          String(parameters.find((one) => one.name === name)?.example),
        );
        const query = parameters
          .filter((one) => one.in === "query" && one.required)
          .map((one) => `${one.name}=${one.example}`);
        return {
          ...operation,
          method: method.toUpperCase(),
          path,
          url: concrete + (query.length ? `?${query.join("&")}` : ""),
        };
      }),
  );
}
