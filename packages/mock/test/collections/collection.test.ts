import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { expect, test } from "vitest";
import { collectionsOf } from "../../src/collections/collection.js";
import { createStore } from "../../src/collections/store.js";
import { matcher } from "../../src/operations.js";

/** A description of paths, each with a GET, and with a POST where it is said; `properties` are those of what is read. */
async function operationsOf(paths: Readonly<Record<string, { properties?: readonly string[]; post?: boolean }>>) {
  const answer = (properties: readonly string[] = []) => ({
    responses: {
      200: {
        description: "The answer.",
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: Object.fromEntries(properties.map((name) => [name, { type: "string" }])),
            },
          },
        },
      },
    },
  });
  const described = Object.entries(paths).map(([path, { properties, post }]) => [
    path,
    {
      parameters: Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => ({
        name,
        in: "path",
        required: true,
        schema: { type: "string" },
      })),
      get: { operationId: `get ${path}`, ...answer(properties) },
      ...(post && { post: { operationId: `post ${path}`, ...answer(properties) } }),
    },
  ]);
  return getHttpOperationsFromSpec({
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: Object.fromEntries(described),
  });
}

test.each([
  ["tenantName", ["_id", "groupId", "name"], "name"],
  ["connectionId", ["_id", "name"], "_id"],
  ["groupId", ["id", "name", "orgId"], "id"],
  ["clusterName", ["id", "groupId", "name"], "name"],
  ["username", ["username", "databaseName"], "username"],
])("%s of what has %j is its %s", async (parameter, properties, identity) => {
  const operations = await operationsOf({ "/things": { post: true }, [`/things/{${parameter}}`]: { properties } });
  expect(collectionsOf(operations, () => false).map((each) => each.identity)).toEqual([identity]);
});

test("what cannot be made, or is kept by somebody else, or has nothing to be named by is no collection", async () => {
  const operations = await operationsOf({
    "/read": {},
    "/read/{id}": { properties: ["id"] },
    "/kept": { post: true },
    "/kept/{id}": { properties: ["id"] },
    "/nameless": { post: true },
    "/nameless/{thing}": { properties: ["size"] },
  });
  expect(collectionsOf(operations, (id) => id === "post /kept")).toEqual([]);
});

test("where the description has no examples, anything is there until it is removed", async () => {
  const operations = await operationsOf({ "/things": { post: true }, "/things/{id}": { properties: ["id"] } });
  const [things] = collectionsOf(operations, () => false);
  if (!things) throw new Error("there are no things");
  const store = createStore(true);
  expect(store.isOpenTo(things, {}, "a")).toBe(true);
  store.add(things, {}, { fields: { id: "a" }, origin: "made" });
  store.remove(things, {}, "a");
  expect(store.isOpenTo(things, {}, "a")).toBe(false);
  expect(store.isOpenTo(things, {}, "b")).toBe(true);
  expect(createStore(false).isOpenTo(things, {}, "a")).toBe(false);
});

test("a fixed part comes before one that is partly so, and that before a parameter, in whatever order they are described", async () => {
  const paths = ["/{tenant}", "/{tenant}:start", "/fixed", "/{tenant}/things", "/fixed/{id}", "/{tenant}/{id}"];
  for (const order of [paths, paths.toReversed()]) {
    const find = matcher(await operationsOf(Object.fromEntries(order.map((path) => [path, {}]))));
    const templateOf = (path: string) => {
      const match = find("GET", path);
      return "why" in match ? match.why : match.operation.path;
    };
    expect(["/fixed", "/a", "/a:start", "/a/things", "/fixed/things", "/fixed/a", "/a/b"].map(templateOf)).toEqual([
      "/fixed",
      "/{tenant}",
      "/{tenant}:start",
      "/{tenant}/things",
      "/fixed/{id}",
      "/fixed/{id}",
      "/{tenant}/{id}",
    ]);
    expect(find("POST", "/fixed")).toEqual({ why: "other method", allowed: ["GET"] });
    expect(find("GET", "/a%20b%2Fc")).toMatchObject({ parameters: { tenant: "a b/c" } });
  }
});
