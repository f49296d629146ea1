import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { generate, type Schema } from "../src/index.js";
import { answering, describe } from "./descriptions.js";
import { complaints, directoryWith, filesOf } from "./workplace.js";

const thing: Schema = { type: "object", properties: { name: { type: "string" } } };

/** The constants of operations, by the id that each is for, and what the compiler has to say of them. */
async function generated(ids: readonly (string | undefined)[], schemas: Record<string, Schema> = {}) {
  const paths = ids.map((id, index) => {
    const { operationId, ...nameless } = answering(id ?? "", thing);
    return [`/things/${index}`, { get: id === undefined ? nameless : { operationId, ...nameless } }] as const;
  });
  const used = answering("used", { type: "object", properties: Object.fromEntries(refsTo(schemas)) });
  const description = describe({ ...Object.fromEntries(paths), "/used/*/": { get: used } }, schemas);
  const directory = await directoryWith({ ...filesOf(description), "package.json": { type: "module" } });
  await generate(join(directory, "all.json"), directory);
  const consumer = join(directory, "consumer.ts");
  await writeFile(
    consumer,
    'import { operationTable, type paths } from "./index.js"; export { operationTable, paths };',
  );
  const module: Record<string, unknown> = await import(pathToFileURL(join(directory, "index.js")).href);
  const constants = Object.entries(module).flatMap(([name, value]) =>
    value && typeof value === "object" && "operationId" in value ? [[value.operationId, name] as const] : [],
  );
  return { names: Object.fromEntries(constants), complaints: complaints(consumer) };
}

function refsTo(schemas: Record<string, Schema>) {
  return Object.keys(schemas).map((name, index) => [`p${index}`, { $ref: `#/components/schemas/${name}` }] as const);
}

test("an operation whose id can be no name, or that has none, gets one of its words", async () => {
  const ids = [undefined, "list-things", "listThings", "2things", "delete", "await", "größe", "a'b", "*/"];
  expect(await generated(ids)).toEqual({
    names: {
      "GET /things/0": "getThings0",
      "list-things": "listThings2",
      listThings: "listThings",
      "2things": "_2things",
      delete: "_delete",
      await: "_await",
      größe: "größe",
      "a'b": "aB",
      "*/": "_",
      used: "used",
    },
    complaints: [],
  });
});

test("an operation that is called as something else of the module gets another name", async () => {
  const ids = ["operationTable", "serverUrl", "paths", "Operation", "Status", "undefined"];
  const { names, complaints } = await generated(ids, { Status: thing });
  expect(names).toMatchObject({ operationTable: "operationTable2", serverUrl: "serverUrl2", Status: "Status2" });
  expect(Object.keys(names)).toHaveLength(ids.length + 1);
  expect(complaints).toEqual([]);
});

test("a schema that is called as what the types use, or as no type can be, stays among the components", async () => {
  const names = ["Record", "Blob", "Omit", "Unlisted", "3D", "class", "paths", "Thing.View", "Thing-View"];
  const schemas = Object.fromEntries(names.map((name) => [name, thing]));
  expect((await generated([], schemas)).complaints).toEqual([]);
});
