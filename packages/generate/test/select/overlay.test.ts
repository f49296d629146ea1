import { expect, test } from "vitest";
import { type Description, select } from "../../src/index.js";
import { describeOperations } from "../../src/write/table.js";
import { answering, describe, inPath } from "../descriptions.js";

function things(): Description {
  const inThing = { parameters: [inPath("name")] };
  const paths = {
    "/things/{name}": {
      ...inThing,
      get: answering("getThing", { $ref: "#/components/schemas/Thing" }),
      post: answering("startThing"),
    },
    "/others/{name}": { ...inThing, get: answering("getOther") },
  };
  const state = { type: "string", enum: ["ON", "OFF"] };
  return describe(paths, { Thing: { type: "object", properties: { state, size: { type: "integer" } } } });
}

const laid = (overlay: unknown) => select(things(), { overlay }).description;
const table = (overlay: unknown) =>
  Object.fromEntries(describeOperations(laid(overlay)).map((each) => [each.operationId, each]));

test("an operation that is known to be repeatable is", () => {
  const { startThing } = table({ operations: { startThing: { "x-repeatable": true } } });
  expect(startThing?.repeatable).toBe(true);
});

test("a pattern is laid over a parameter everywhere, or in one operation", () => {
  const everywhere = table({ parameters: { name: { pattern: "^[a-z]+$" } } });
  expect([everywhere.getThing, everywhere.getOther].map((each) => each?.pathParameters.name)).toEqual([
    /^[a-z]+$/,
    /^[a-z]+$/,
  ]);
  const once = table({ operations: { getThing: { parameters: { name: { pattern: "^[a-z]+$" } } } } });
  expect(once.getThing?.pathParameters.name).toEqual(/^[a-z]+$/);
  expect(once.startThing?.pathParameters.name).not.toEqual(/^[a-z]+$/);
});

test("a list of known values takes the place of a closed one, and the rest of the schema stays", () => {
  const { components } = laid({ schemas: { Thing: { properties: { state: { "x-extensible-enum": ["ON"] } } } } });
  expect(components?.schemas?.Thing?.properties).toEqual({
    state: { type: "string", "x-extensible-enum": ["ON"] },
    size: { type: "integer" },
  });
});

test.each([
  [{ operations: { getThings: {} } }, "the overlay speaks of the operation getThings, which the description has not"],
  [{ schemas: { Things: {} } }, "the overlay speaks of the schema Things, which the description has not"],
  [
    { parameters: { id: {} } },
    "the overlay speaks of the parameter id, which no operation of the description has there",
  ],
  [{ paths: {} }, "an overlay has operations, parameters, schemas, by name, and no paths"],
  [{ schemas: { Thing: "x" } }, "the overlay says nothing that fits of schemas.Thing"],
  ["x", "an overlay has operations, parameters, schemas, by name"],
])("%j is refused", (overlay, message) => {
  expect(() => laid(overlay)).toThrow(message);
});
