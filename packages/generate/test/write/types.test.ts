import { expect, test } from "vitest";
import type { Schema } from "../../src/index.js";
import { describeTypes } from "../../src/write/types.js";
import { answering, describe } from "../descriptions.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const constant = (value: string): Schema => ({ type: "string", const: value });

/** What is written of some schemas. */
function typesOf(schemas: Record<string, Schema>): Promise<string> {
  return describeTypes(describe({ "/things": { get: answering("getThings", ref("Thing")) } }, schemas));
}

test("a schema is a type by its name, and is called by that wherever it is meant", async () => {
  const types = await typesOf({
    Thing: { type: "object", description: "A thing.", properties: { parts: { type: "array", items: ref("Part") } } },
    Part: { type: "object", properties: { size: { type: "integer" } } },
  });
  expect(types).toMatch(/\/\*\* A thing\. \*\/\nexport type Thing = \{\n {4}parts\?: Part\[\];\n\};/);
  expect(types).toMatch(/schemas: \{\s+Thing: Thing;\s+Part: Part;\s+\}/);
  expect(types).not.toContain('components["schemas"]');
  expect(types).not.toContain("components['schemas']");
});

test("a property that only refers to a schema says what that schema is", async () => {
  const types = await typesOf({
    Thing: { type: "object", properties: { state: ref("State"), own: { ...ref("State"), description: "Its own." } } },
    State: {
      type: "string",
      description: "How far it has come.\n\n| state | meaning |\n|---|---|\n| `ON` | It runs. |\n",
    },
  });
  expect(types).toContain(`    /**
     * How far it has come.
     *
     * | state | meaning |
     * |---|---|
     * | \`ON\` | It runs. |
     */
    state?: State;
    /** Its own. */
    own?: State;`);
});

test("a description is the text of a comment, and a format comes after it", async () => {
  const types = await typesOf({
    Thing: {
      type: "object",
      properties: {
        at: { type: "string", format: "date-time", description: "When.", example: "2026-11-26" } as Schema,
      },
    },
  });
  expect(types).toContain(`    /**
     * When.
     *
     * Format: date-time
     * @example 2026-11-26
     */
    at?: string;`);
});

test("a branch that may leave out what tells the branches apart is written with it and without, and named first", async () => {
  const kinds = (kind: Schema, required: string[]): Schema => ({ type: "object", required, properties: { kind } });
  const types = await typesOf({
    Thing: { oneOf: [ref("Cat"), ref("Other")] },
    Cat: kinds(constant("cat"), ["kind"]),
    Other: kinds(constant("other"), []),
  });
  expect(types).toContain("export type Thing = Other | Cat;");
  expect(types).toContain("export type Other = AnOtherWithKind | AnOtherWithoutKind;");
  expect(types).toMatch(/export type AnOtherWithKind = \{[^}]*\n {4}kind: "other";/);
  expect(types).toMatch(/export type AnOtherWithoutKind = \{\n {4}\[key: `kin\$\{string\}d`\]: undefined;\n\};/);
});

test("a constant that is optional in every branch tells none apart, and stays as it is", async () => {
  const branch = (kind: string): Schema => ({ type: "object", properties: { kind: constant(kind) } });
  const types = await typesOf({ Thing: { oneOf: [ref("Cat"), ref("Dog")] }, Cat: branch("cat"), Dog: branch("dog") });
  expect(types).toMatch(/export type Cat = \{[^}]*\n {4}kind\?: "cat";/);
});
