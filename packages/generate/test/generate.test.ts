import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type Description, generate, type Schema } from "../src/index.js";
import { answering, describe, inPath } from "./descriptions.js";
import { complaints, directoryWith, filesOf, findAny } from "./workplace.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const command = fileURLToPath(new URL("../bin/atlas-streams-generate.js", import.meta.url));

/** A choice whose branches are made of it: a circle. */
const circle: Record<string, Schema> = {
  Pet: {
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string", enum: ["cat", "dog"] }, name: { type: "string" } },
    oneOf: [ref("Cat"), ref("Dog")],
    discriminator: { propertyName: "kind", mapping: { cat: ref("Cat").$ref, dog: ref("Dog").$ref } },
  },
  Cat: { allOf: [ref("Pet"), { type: "object", properties: { lives: { type: "integer" } } }] },
  Dog: { allOf: [ref("Pet"), { type: "object", properties: { tricks: { type: "array", items: ref("Pet") } } }] },
};

const state: Schema = { type: "string", enum: ["ON", "OFF"] };

function things(): Description {
  const binary = { type: "string", format: "binary" };
  const thing: Schema = {
    type: "object",
    required: ["state", "free"],
    properties: {
      state,
      mood: { ...state, nullable: true },
      one: { type: "string", enum: ["ONE"] },
      free: { type: "object" },
    },
  };
  const order: Schema = { type: "object", required: ["state"], properties: { state } };
  const body = { content: { "application/json": { schema: ref("Order") } } };
  return {
    ...describe(
      {
        "/pets/{name}": { parameters: [inPath("name")], get: answering("getPet", ref("Pet")) },
        "/things": {
          get: answering("getThing", ref("Thing")),
          post: { ...answering("makeThing", ref("Operation")), requestBody: body },
        },
        "/logs": { get: answering("getLogs", binary, "application/gzip") },
      },
      { ...circle, Thing: thing, Order: order, Operation: { type: "object", properties: { id: { type: "string" } } } },
    ),
    openapi: "3.0.3",
  };
}

async function generated(description: Description): Promise<string> {
  const directory = await directoryWith(filesOf(description));
  await generate(join(directory, "all.json"), directory);
  return directory;
}

async function complaintsAbout(code: string): Promise<string[]> {
  const directory = await generated(things());
  await writeFile(join(directory, "package.json"), '{ "type": "module" }');
  await writeFile(join(directory, "consumer.ts"), `import type { components, paths } from "./index.js";\n${code}`);
  return complaints(join(directory, "consumer.ts"));
}

test("a schema that is a choice of what is made of it is no any, and its branches are told apart", async () => {
  const directory = await generated(things());
  expect(findAny(join(directory, "openapi.d.ts")).any).toEqual([]);
  const found = await complaintsAbout(`
    declare const pet: components["schemas"]["Pet"];
    export const lives: number | undefined = pet.kind === "cat" ? pet.lives : undefined;
    export const name: string | undefined = pet.name;
    export const mistake: components["schemas"]["Pet"] = 5;
    export const other: number = pet.kind === "dog" ? pet.lives : 0;
  `);
  expect(found.map((each) => each.split(":")[0])).toEqual(["6", "7"]);
});

test("what would be any without breaking the circle is found to be", async () => {
  const { writeModules } = await import("../src/index.js");
  const directory = await directoryWith({});
  await writeModules(directory, things());
  expect(findAny(join(directory, "openapi.d.ts")).any).not.toEqual([]);
});

test("an answer may hold a value that is not listed; a request may not, nor what tells branches apart", async () => {
  expect(
    await complaintsAbout(`
      export const mood: components["schemas"]["Thing"]["mood"] = null;
      export const state: components["schemas"]["Thing"]["state"] = "BROKEN";
    `),
  ).toEqual([]);
  const refused = await complaintsAbout(`
    export const state: components["schemas"]["Order"]["state"] = "BROKEN";
    export const one: components["schemas"]["Thing"]["one"] = "TWO";
    export const kind: components["schemas"]["Pet"]["kind"] = "bird";
    export const mood: components["schemas"]["Thing"]["mood"] = 1;
  `);
  expect(refused).toHaveLength(4);
});

test("bytes are a Blob, and an object of which nothing is said may hold anything", async () => {
  expect(
    await complaintsAbout(`
      export const logs: paths["/logs"]["get"]["responses"][200]["content"]["application/gzip"] = new Blob([]);
      export const free: components["schemas"]["Thing"]["free"] = { anything: 1 };
    `),
  ).toEqual([]);
});

test("each operation is a constant of its own, and the table holds all", async () => {
  const directory = await generated(things());
  const { operationTable, getPet, getLogs } = await import(pathToFileURL(join(directory, "index.js")).href);
  expect(operationTable.map(({ operationId }: { operationId: string }) => operationId)).toEqual([
    "getPet",
    "getThing",
    "makeThing",
    "getLogs",
  ]);
  expect(operationTable[0]).toBe(getPet);
  expect(getLogs).toMatchObject({ method: "GET", path: "/logs", accept: "application/gzip", answer: "bytes" });
});

test("the part of the description is there for a mock, with its closed lists", async () => {
  const directory = await generated(things());
  const { components } = JSON.parse(await readFile(join(directory, "openapi.json"), "utf8"));
  expect(components.schemas.Thing.properties.state).toEqual(state);
});

test("the types of an operation are there, though a schema is called Operation too", async () => {
  const code = `
    import { type Operation, operationTable } from "./index.js";
    export const first: Operation | undefined = operationTable[0];
    export const path: string | undefined = first?.path;
    export const schema: components["schemas"]["Operation"] = { id: "" };
  `;
  expect(await complaintsAbout(code)).toEqual([]);
});

test("the command reads YAML, gzipped descriptions and descriptions themselves, and says what it made", async () => {
  const directory = await directoryWith({
    ...filesOf(things()),
    "some.yaml": "description: things.json.gz\noperations:\n  ids: [getPet]\n",
  });
  await writeFile(join(directory, "things.json.gz"), gzipSync(JSON.stringify(things())));
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [command, ...words], { cwd: directory, encoding: "utf8" });
  expect(run("some.yaml", "--out", "out")).toMatchObject({
    stdout: "1 operations and 4 schemas are in out\n",
    status: 0,
  });
  expect(run("things.json", "--out", "out")).toMatchObject({
    stdout: expect.stringMatching(/^4 operations/),
    status: 0,
  });
  expect(run("--help")).toMatchObject({ stdout: expect.stringContaining("--out DIR"), status: 0 });
});
