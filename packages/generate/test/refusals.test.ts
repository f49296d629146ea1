import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { answering, describe } from "./descriptions.js";
import { directoryWith, filesOf } from "./workplace.js";

const command = fileURLToPath(new URL("../bin/atlas-streams-generate.js", import.meta.url));

const old = answering("getOld", { type: "object" }, "application/vnd.things.2024-01-01+json");
const things = describe({ "/things": { get: answering("getThing") }, "/old": { get: { ...old, tags: ["Old"] } } });

test.each<[string, string, string]>([
  [
    "an unknown key",
    "description: things.json\nversions: all\n",
    "some.yaml says versions, which is not known; there are description, asOf, previews, operations (tags, ids) and overlay",
  ],
  [
    "a date that is none",
    "description: things.json\nasOf: 2025-13-01\n",
    'some.yaml: asOf is a date such as 2025-03-12, not "2025-13-01"',
  ],
  ["a missing file", "description: nothing.yaml\n", "there is no file nothing.yaml"],
  [
    "what is no list",
    "description: things.json\noperations: { tags: Things }\n",
    'some.yaml: operations.tags is a list of names, not "Things"',
  ],
  ["what is no YAML", "description: [\n", "some.yaml is no YAML: "],
  [
    "what is no description",
    "description: some.yaml\n",
    "some.yaml is no OpenAPI description; OpenAPI 3.0 or 3.1 with paths is needed",
  ],
  [
    "Swagger",
    "swagger: '2.0'\npaths: {}\n",
    "some.yaml says that it is OpenAPI 2.0, with no paths that fit; OpenAPI 3.0 or 3.1 with paths is needed",
  ],
  [
    "a day that there is not",
    "description: things.json\nasOf: 2025-02-30\n",
    'some.yaml: asOf is a date such as 2025-03-12, not "2025-02-30"',
  ],
  ["several overlays", "description: things.json\noverlay: [a.yaml]\n", "some.yaml: an overlay is one file"],
  [
    "a date before every version",
    "description: things.json\nasOf: 2020-01-01\noperations: { tags: [Old] }\n",
    "some.yaml leaves no operation: getOld has no version up to 2020-01-01",
  ],
  ["a path with nothing in it", "openapi: 3.1.0\npaths: { /a: }\n", "some.yaml: the path /a has nothing in it"],
  [
    "an operation without answers",
    "openapi: 3.1.0\npaths: { /a: { get: {} } }\n",
    "some.yaml: GET /a has no responses",
  ],
  [
    "an operation that cannot succeed",
    "openapi: 3.1.0\npaths: { /a: { get: { responses: { 404: { description: No } } } } }\n",
    "GET /a describes no successful answer",
  ],
  [
    "two operations of one id",
    "openapi: 3.1.0\npaths: { /a: { get: &a { operationId: a, responses: { 204: {} } } }, /b: { get: *a } }\n",
    "two operations are called a: GET /a and GET /b",
  ],
  [
    "a reference to nothing",
    "openapi: 3.1.0\npaths: { /a: { get: { responses: { 200: { $ref: '#/components/responses/No' } } } } }\n",
    "some.yaml: Can't resolve $ref, at #/paths/~1a/get/responses/200",
  ],
  [
    "a schema that is itself",
    "openapi: 3.1.0\npaths: { /a: {} }\ncomponents: { schemas: { A: { $ref: '#/components/schemas/A' } } }\n",
    "some.yaml cannot be put together: Self-referencing circular pointer",
  ],
])("the command refuses %s in one sentence", async (_, text, sentence) => {
  const directory = await directoryWith({ ...filesOf(things), "some.yaml": text });
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, "some.yaml", "--out", "out"], {
    cwd: directory,
    encoding: "utf8",
  });
  const told = stderr.replaceAll(`${directory}/`, "");
  expect([status, stdout, told.split("\n").length]).toEqual([2, "", 2]);
  expect(told).toContain(`atlas-streams-generate: ${sentence}`);
});

test("the command says of a directory that cannot be written why", async () => {
  const directory = await directoryWith({ "things.json": things, file: "" });
  const words = [command, "things.json", "--out", "file"];
  expect(spawnSync(process.execPath, words, { cwd: directory, encoding: "utf8" })).toMatchObject({
    stderr: expect.stringMatching(/^atlas-streams-generate: file cannot be written: .*\n$/),
    status: 2,
  });
});
