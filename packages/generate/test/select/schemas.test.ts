import { expect, test } from "vitest";
import { type Schema, select } from "../../src/index.js";
import { flattenObjects } from "../../src/select/flatten.js";
import { answering, describe } from "../descriptions.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: "string" };

/** What selecting makes of schemas that an answer is made of. */
function selected(root: string, schemas: Record<string, Schema>): Record<string, Schema> {
  const { description } = select(describe({ "/thing": { get: answering("getThing", ref(root)) } }, schemas));
  return description.components?.schemas ?? {};
}

const pets: Record<string, Schema> = {
  Pet: {
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string", enum: ["cat", "dog"] }, name: text },
    discriminator: { propertyName: "kind", mapping: { cat: ref("Cat").$ref, dog: ref("Dog").$ref } },
  },
  Cat: { allOf: [ref("Pet"), { type: "object", properties: { lives: { type: "integer" } } }] },
  Dog: { allOf: [ref("Pet"), { type: "object", properties: { tricks: text } }] },
};

test("a schema of which a discriminator alone names the branches is the choice of them", () => {
  const { Pet, PetBase } = selected("Pet", pets);
  expect(Pet?.oneOf).toEqual([ref("Cat"), ref("Dog")]);
  expect(PetBase?.properties).toEqual({ kind: text, name: text });
});

test("each branch says the value that the discriminator tells it by", () => {
  const { Cat } = selected("Pet", pets);
  expect(Cat?.allOf?.at(-1)).toEqual({
    type: "object",
    properties: { kind: { type: "string", enum: ["cat"] } },
    required: ["kind"],
  });
});

test("a schema keeps what a branch that is not made of it would lose", () => {
  const { Cat, Dog, Pet: parent } = pets;
  const Fish: Schema = { type: "object", properties: { kind: text } };
  const { Pet } = selected("Pet", {
    Pet: { ...parent, oneOf: [ref("Cat"), ref("Dog"), ref("Fish")] },
    Cat: Cat ?? {},
    Dog: Dog ?? {},
    Fish,
  });
  expect(Pet).toMatchObject({ allOf: [ref("PetBase")], oneOf: [ref("Cat"), ref("Dog"), ref("Fish")] });
});

test("a name that is taken is not taken twice", () => {
  const schemas = selected("All", {
    ...pets,
    All: { type: "object", properties: { one: ref("Pet"), other: ref("PetBase") } },
    PetBase: text,
  });
  expect([schemas.PetBase, Object.keys(schemas).includes("PetBase2")]).toEqual([text, true]);
});

test("a type that none of the choices has goes", () => {
  const Region: Schema = {
    type: "object",
    oneOf: [
      { type: "string", enum: ["A"] },
      { type: "string", enum: ["B"] },
    ],
  };
  expect(selected("Region", { Region }).Region).not.toHaveProperty("type");
  const Size: Schema = { type: "number", anyOf: [{ type: "integer" }, { type: "number" }] };
  expect(selected("Size", { Size }).Size).toHaveProperty("type", "number");
});

test("what is made of objects is written out for a mock, and a choice leaves to its branches what they all say", () => {
  const description = select(describe({ "/pet": { get: answering("getPet", ref("Pet")) } }, pets)).description;
  flattenObjects(description);
  expect(description.components?.schemas?.Cat).toEqual({
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string", enum: ["cat"] }, name: text, lives: { type: "integer" } },
  });
});

test("a discriminator that maps nothing means the schemas that are made of its own, by their names", () => {
  const { discriminator, ...parent } = pets.Pet ?? {};
  const { Pet, Dog } = selected("Pet", { ...pets, Pet: { ...parent, discriminator: { propertyName: "kind" } } });
  expect(Pet?.oneOf).toEqual([ref("Cat"), ref("Dog")]);
  expect(Dog?.allOf?.at(-1)?.properties?.kind?.enum).toEqual(["Dog"]);
});

test("a choice that leads back to itself has only what does not", () => {
  const loops = {
    Value: { oneOf: [text, ref("Value"), ref("Other")] },
    Other: { oneOf: [{ type: "integer" }, ref("Value")] },
    Made: { allOf: [ref("Made"), text] },
    All: { type: "object", properties: { value: ref("Value"), other: ref("Other"), made: ref("Made") } },
  };
  const { Value, Other, Made } = selected("All", loops);
  expect(Value?.oneOf).toEqual([text, { type: "integer" }]);
  expect(Other?.oneOf).toEqual([{ type: "integer" }, ref("Value")]);
  expect(Made?.allOf).toEqual([text]);
});

test("a choice of lists of itself stays as it is", () => {
  const list = { oneOf: [text, { type: "array", items: ref("Value") }] };
  expect(selected("Value", { Value: list }).Value).toEqual(list);
});
