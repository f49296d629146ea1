import description from "@atlas-streams/spec/openapi.json" with { type: "json" };
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { asNode, resolve } from "../description.js";
import { type Recording, recordings, titled } from "./recordings.js";

const described = recordings.filter(
  ({ operation, body, isReplaced }) => operation && body !== undefined && !isReplaced,
);
// The description's own extensions are no keywords, and the formats of OpenAPI are no formats of JSON Schema.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(description, "description");

test("There are recordings of operations that are described", () => {
  expect(described.length).toBeGreaterThanOrEqual(5);
});

test.each(titled(described))("The description allows %s", (_title, recording) => {
  const { content, headers } = responseOf(recording);
  const mediaType = recording.headers["content-type"]?.replace(/;.*/, "") ?? "";
  expect(Object.keys(asNode(content))).toContain(mediaType);
  const { schema } = asNode(asNode(content)[mediaType]);
  if (schema) expect(complaints(schema, JSON.parse(recording.body ?? ""))).toEqual([]);
  for (const [name, value] of Object.entries(recording.headers)) {
    const header = Object.entries(asNode(headers)).find(([known]) => known.toLowerCase() === name)?.[1];
    if (!header) continue;
    const wanted = asNode(resolve(header).schema);
    expect(complaints(wanted, wanted.type === "integer" ? Number(value) : value), name).toEqual([]);
  }
});

function responseOf({ operation, status }: Recording) {
  const item = asNode(asNode(description.paths)[operation?.path ?? ""]);
  const { responses } = asNode(item[operation?.method.toLowerCase() ?? ""]);
  expect(Object.keys(asNode(responses))).toContain(String(status));
  return resolve(asNode(responses)[String(status)]);
}

/** Schemas in the description refer to its components; taken out of it, they need its name for that. */
function complaints(schema: unknown, value: unknown): string[] {
  const named = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"description#/')) as object;
  const validate = ajv.compile(named);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
