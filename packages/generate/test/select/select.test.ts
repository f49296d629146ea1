import { expect, test } from "vitest";
import { type Choice, type Description, type Operation, type Schema, select } from "../../src/index.js";
import { answering, describe } from "../descriptions.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const dated = (date: string, format = "json") => `application/vnd.things.${date}+${format}`;
const versions = (...dates: string[]) =>
  Object.fromEntries(dates.map((date) => [dated(date), { schema: { type: "object", title: date } }]));

function things(): Description {
  const listThings: Operation = {
    operationId: "listThings",
    tags: ["Things"],
    responses: {
      200: {
        content: { [dated("2023-01-01")]: { schema: ref("Old") }, [dated("2024-01-01")]: { schema: ref("New") } },
      },
      202: { content: versions("2023-01-01") },
      401: { content: { "application/json": { schema: ref("Refusal") } } },
    },
  };
  const createThing: Operation = {
    operationId: "createThing",
    tags: ["Things"],
    requestBody: { content: versions("2023-01-01", "2024-01-01") },
    responses: { 201: { content: versions("2023-01-01", "2024-01-01") } },
  };
  const previewThing = { ...answering("previewThing", { type: "object" }, dated("preview")), tags: ["Things"] };
  const upcoming = "application/vnd.things.2026-01-01.upcoming+json";
  const paths = {
    "/things": { get: listThings, post: createThing },
    "/things/preview": { get: previewThing },
    "/things/upcoming": { get: { ...answering("upcomingThing", { type: "object" }, upcoming), tags: ["Things"] } },
    "/others": { get: { ...answering("listOthers", ref("Other")), tags: ["Others"] } },
  };
  const schemas = {
    Old: { type: "object" },
    New: { type: "object" },
    Other: { type: "object" },
    Refusal: { type: "object" },
  };
  return { ...describe(paths, schemas), tags: [{ name: "Things" }, { name: "Others" }] };
}

const chosen = (choice: Choice) => select(things(), choice).description;
const typesOf = ({ paths }: Description) =>
  Object.entries(paths["/things"]?.get?.responses ?? {}).map(([status, response]) => [
    status,
    ...Object.keys("content" in response ? (response.content ?? {}) : {}),
  ]);
const named = ({ paths }: Description) =>
  Object.values(paths).flatMap(({ get, post }) => [get, post].flatMap((one) => one?.operationId ?? []));

test("an operation comes with its newest version, and the statuses that only others have go", () => {
  expect(typesOf(chosen({}))).toEqual([
    ["200", dated("2024-01-01")],
    ["401", "application/json"],
  ]);
});

test("a date gives the newest version up to it", () => {
  expect(typesOf(chosen({ asOf: "2023-12-31" }))).toEqual([
    ["200", dated("2023-01-01")],
    ["202", dated("2023-01-01")],
    ["401", "application/json"],
  ]);
});

test("a request goes in the version of the answer", () => {
  expect(chosen({ asOf: "2023-12-31" }).paths["/things"]?.post?.requestBody).toEqual({
    content: versions("2023-01-01"),
  });
});

test("of several formats of a version JSON stays, and another where there is no JSON", () => {
  const content = { [dated("2024-01-01", "csv")]: { schema: { type: "string" } }, ...versions("2024-01-01") };
  const only = {
    [dated("2024-01-01", "gzip")]: { schema: { type: "string", format: "binary" } },
    ...versions("2023-01-01"),
  };
  const paths = {
    "/report": { get: { operationId: "getReport", responses: { 200: { content } } } },
    "/logs": { get: { operationId: "getLogs", responses: { 200: { content: only } } } },
  };
  const { description } = select(describe(paths));
  expect(description.paths["/report"]?.get?.responses[200]).toEqual({ content: versions("2024-01-01") });
  const [mediaType] = Object.keys(only);
  expect(description.paths["/logs"]?.get?.responses[200]).toEqual({
    content: { [mediaType ?? ""]: only[mediaType ?? ""] },
  });
});

test("a version has its date whatever else the media type says", () => {
  const content = Object.fromEntries(
    ["2023-01-01", "2024-01-01"].map((date) => [`${dated(date)}; charset=utf-8`, { schema: { title: date } }]),
  );
  const paths = { "/report": { get: { operationId: "getReport", responses: { 200: { content } } } } };
  const { description } = select(describe(paths), { asOf: "2023-12-31" });
  const { 200: answer = {} } = description.paths["/report"]?.get?.responses ?? {};
  expect(Object.keys("content" in answer ? (answer.content ?? {}) : {})).toEqual([
    `${dated("2023-01-01")}; charset=utf-8`,
  ]);
});

test("a path that refers to what it holds has its operations", () => {
  const description = describe({ "/things": { $ref: "#/components/pathItems/Things" } });
  Object.assign(description.components ?? {}, { pathItems: { Things: { get: answering("getThings") } } });
  expect(named(select(description, { ids: ["getThings"] }).description)).toEqual(["getThings"]);
});

test("tags and ids each add operations", () => {
  expect(named(chosen({ tags: ["Things"] }))).toEqual(["listThings", "createThing"]);
  expect(named(chosen({ ids: ["listOthers"] }))).toEqual(["listOthers"]);
  expect(named(chosen({ tags: ["Others"], ids: ["createThing"] }))).toEqual(["createThing", "listOthers"]);
  expect(named(chosen({}))).toEqual(["listThings", "createThing", "listOthers"]);
});

test("a preview is left out and told of, unless it is asked for", () => {
  expect(select(things(), { tags: ["Things"] }).leftOut).toEqual(["previewThing", "upcomingThing"]);
  expect(named(chosen({ tags: ["Things"], previews: true }))).toEqual([
    "listThings",
    "createThing",
    "previewThing",
    "upcomingThing",
  ]);
  expect(typesOf(chosen({ previews: true }))[0]).toEqual(["200", dated("2024-01-01")]);
});

test.each<[string, Choice, string]>([
  ["a tag", { tags: ["Thing"] }, "no operation of the description has the tag Thing"],
  ["an id", { ids: ["getThing"] }, "the description has no operation getThing"],
  [
    "an id without a version",
    { ids: ["listThings"], asOf: "2022-01-01" },
    "listThings has no version up to 2022-01-01, only 2023-01-01, 2024-01-01",
  ],
  ["an id of a preview", { ids: ["previewThing"] }, "previewThing has no version, only preview"],
])("%s that is not there is refused", (_, choice, message) => {
  expect(() => select(things(), choice)).toThrow(message);
});

test("what nothing leads to goes, and the tags that nobody has", () => {
  const { components, tags } = chosen({ tags: ["Things"] });
  expect([Object.keys(components?.schemas ?? {}), tags]).toEqual([["New", "Refusal"], [{ name: "Things" }]]);
});

test("a circle that only leads to itself goes, and what only a discriminator names stays", () => {
  const schemas: Record<string, Schema> = {
    Egg: { properties: { hen: ref("Hen") } },
    Hen: { properties: { egg: ref("Egg") } },
    Pet: {
      type: "object",
      discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat", dog: "Dog" } },
    },
    Cat: { type: "object" },
    Dog: { type: "object" },
  };
  const { description } = select(describe({ "/pet": { get: answering("getPet", ref("Pet")) } }, schemas));
  expect(Object.keys(description.components?.schemas ?? {})).toEqual(["Pet", "Cat", "Dog"]);
});

test("the description that is given stays as it is", () => {
  const given = things();
  select(given, { tags: ["Things"], asOf: "2023-06-01" });
  expect(given).toEqual(things());
});
