import { expect, test } from "vitest";
import type { Schema } from "../../src/index.js";
import { describeOperations } from "../../src/write/table.js";
import { answering, describe, inPath } from "../descriptions.js";

const thing: Schema = { type: "object", properties: { name: { type: "string" } } };
const page: Schema = { type: "object", required: ["results"], properties: { results: { type: "array", items: {} } } };

test.each<[string, Schema | undefined, string?]>([
  ["object", { $ref: "#/components/schemas/Thing" }],
  ["object", { oneOf: [{ $ref: "#/components/schemas/Thing" }, thing] }],
  ["object", {}],
  ["page", { $ref: "#/components/schemas/Page" }],
  ["page", { allOf: [{ $ref: "#/components/schemas/Page" }, thing] }],
  ["object", { type: "object", properties: { results: { type: "array" } } }],
  [
    "object",
    {
      type: "object",
      required: ["results"],
      properties: { results: { type: "array", items: { type: "string" } } },
    },
  ],
  ["list", { type: "array", items: thing }],
  ["list", { allOf: [{ type: "array", items: thing }] }],
  ["value", { type: "boolean" }],
  ["value", { type: ["string", "null"] }],
  ["value", { enum: ["AWS", "GCP"] }],
  ["value", { oneOf: [{ type: "string" }, { type: "integer" }] }],
  ["bytes", { type: "string", format: "binary" }, "application/vnd.things.2025-01-01+gzip"],
  ["bytes", { type: "string" }, "text/csv"],
  ["nothing", undefined],
])("an answer is %s for %j as %s", (answer, schema, mediaType) => {
  const paths = { "/things": { get: answering("getThings", schema, mediaType) } };
  expect(describeOperations(describe(paths, { Thing: thing, Page: page }))).toMatchObject([{ answer }]);
});

test("a path parameter keeps the pattern that the description gives it, wherever it stands", () => {
  const paths = {
    "/things/{thingId}/{part}": {
      parameters: [inPath("thingId", { type: "string", pattern: "^[a-f0-9]{24}$" }), inPath("part")],
      get: { ...answering("getPart"), parameters: [inPath("part", { type: "string", pattern: "^[a-z]+$" })] },
    },
  };
  const [operation] = describeOperations(describe(paths));
  expect(operation?.pathParameters).toEqual({ thingId: /^[a-f0-9]{24}$/, part: /^[a-z]+$/ });
});

test("needless parentheses around a pattern go, and those that mean something stay", () => {
  const patternOf = (pattern: string) => {
    const paths = {
      "/things/{id}": { get: { ...answering("getThing"), parameters: [inPath("id", { type: "string", pattern })] } },
    };
    return describeOperations(describe(paths))[0]?.pathParameters.id;
  };
  expect(patternOf("^([a-f0-9]{24})$")).toEqual(/^[a-f0-9]{24}$/);
  for (const pattern of ["^(a|b)$", "^(a)(b)$", "^((a)b)$"]) expect(patternOf(pattern)?.source).toBe(pattern);
});

test("a path parameter without a pattern is one whole segment, and no step to another path", () => {
  const paths = { "/things/{name}": { get: { ...answering("getThing"), parameters: [inPath("name")] } } };
  const pattern = describeOperations(describe(paths))[0]?.pathParameters.name;
  for (const name of ["a", "my thing", "...", ".env", "a..b", "ü%2F"]) expect(name).toMatch(pattern ?? /^$/);
  for (const name of ["", ".", "..", "a/b", "../a", "/"]) expect(name).not.toMatch(pattern ?? /^/);
});

test("reading may be repeated, writing only where the description says so", () => {
  const put = { ...answering("putThing"), "x-repeatable": true };
  const paths = { "/things": { get: answering("getThing"), post: answering("postThing"), put } };
  const repeatable = describeOperations(describe(paths)).map((operation) => [operation.method, operation.repeatable]);
  expect(repeatable).toEqual([
    ["GET", true],
    ["PUT", true],
    ["POST", false],
  ]);
});

test("an operation that describes no success is refused by its name", () => {
  const paths = { "/things": { get: { operationId: "getThing", responses: { 404: {} } } } };
  expect(() => describeOperations(describe(paths))).toThrow("getThing describes no successful answer");
});
