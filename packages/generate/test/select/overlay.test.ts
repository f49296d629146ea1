import { expect, test } from "vitest";
import { type Description, type Schema, select } from "../../src/index.js";
import { lay } from "../../src/select/overlay.js";
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

test("what is laid over a property that refers to a schema is known of the property alone", () => {
  const Named: Schema = { type: "object", properties: { thing: { $ref: "#/components/schemas/Thing" } } };
  const description = things();
  Object.assign(description.components?.schemas ?? {}, { Named });
  lay({ schemas: { Named: { properties: { thing: { required: ["size"] } } } } }, description);
  expect(description.components?.schemas?.Named?.properties?.thing?.required).toEqual(["size"]);
  expect(description.components?.schemas?.Thing?.required).toBeUndefined();
});

test("a property may be added, if it is said what it is", () => {
  const { components } = laid({ schemas: { Thing: { properties: { mood: { type: "string" } } } } });
  expect(components?.schemas?.Thing?.properties?.mood).toEqual({ type: "string" });
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
  [{ schemas: null }, "the overlay says nothing that fits of schemas"],
  [{ operations: ["getThing"] }, "the overlay says nothing that fits of operations"],
  [{ operations: { getThing: { parameters: { name: "^a$" } } } }, "fits of operations.getThing.parameters.name"],
  [{ operations: { getThing: { "x-repeatable": "yes" } } }, "the overlay's x-repeatable of getThing is true or false"],
  [{ schemas: { Thing: { properties: { sise: { minimum: 1 } } } } }, "the overlay speaks of the property Thing.sise"],
  [{ schemas: { Thing: { "x-extensible-enum": "ON" } } }, "the overlay's x-extensible-enum is a list of values"],
  ["x", "an overlay has operations, parameters, schemas, by name"],
])("%j is refused", (overlay, message) => {
  expect(() => laid(overlay)).toThrow(message);
});
