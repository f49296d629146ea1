import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate } from "@atlas-streams/generate";
import type { Operation } from "@atlas-streams/types";
import { Ajv, type ValidateFunction } from "ajv";

/** What was generated for a part of a description, as a user would. */
export interface Part {
  readonly operations: readonly Operation[];
  /** The part of the description, for a mock. */
  readonly file: string;
  /** Says whether a value is what an operation answers with, by the schema in the description. */
  isAnswerOf(operation: Operation, value: unknown): boolean;
  /** The query parameters that an operation cannot do without. */
  queryOf(operation: Operation): Record<string, unknown>;
  remove(): Promise<void>;
}

interface Media {
  readonly [mediaType: string]: { readonly schema?: object };
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly enum?: readonly unknown[]; readonly example?: unknown };
}

interface DescribedOperation {
  readonly parameters?: readonly Parameter[];
  readonly responses: { readonly [status: string]: { readonly content?: Media } };
}

interface Described {
  readonly paths: { readonly [path: string]: { readonly [method: string]: DescribedOperation } };
  readonly components: { readonly parameters?: { readonly [name: string]: Parameter } };
}

/** Generates for the part of a description that a choice names; see `atlas-streams-generate`. */
export async function partOf(description: string, choice: object = {}): Promise<Part> {
  const directory = await mkdtemp(join(tmpdir(), "part-"));
  await writeFile(join(directory, "package.json"), '{ "type": "module" }');
  await writeFile(join(directory, "part.json"), JSON.stringify({ description, ...choice }));
  await generate(join(directory, "part.json"), directory);
  const file = join(directory, "openapi.json");
  const { operationTable } = await import(pathToFileURL(join(directory, "index.js")).href);
  const described = JSON.parse(await readFile(file, "utf8")) as Described;
  const ajv = new Ajv({ strict: false, validateFormats: false }).addSchema({ components: described.components }, "api");
  return {
    operations: operationTable,
    file,
    isAnswerOf: (operation, value) => validatorOf(ajv, described, operation)(value) as boolean,
    queryOf: ({ path, method }) => requiredQuery(described, described.paths[path]?.[method.toLowerCase()]),
    remove: () => rm(directory, { recursive: true }),
  };
}

function validatorOf(ajv: Ajv, { paths }: Described, { path, method, accept }: Operation): ValidateFunction {
  const { responses = {} } = paths[path]?.[method.toLowerCase()] ?? {};
  const media = Object.values(responses).flatMap(({ content }) => content?.[accept] ?? []);
  const text = JSON.stringify(media[0]?.schema ?? {});
  return ajv.compile(JSON.parse(text.replaceAll('"#/components/', '"api#/components/')));
}

function requiredQuery({ components }: Described, operation: DescribedOperation | undefined): Record<string, unknown> {
  const parameters = operation?.parameters?.map((parameter) => {
    const name = parameter.$ref?.split("/").at(-1);
    return name === undefined ? parameter : (components.parameters?.[name] ?? parameter);
  });
  const required = parameters?.filter((parameter) => parameter.in === "query" && parameter.required) ?? [];
  return Object.fromEntries(
    required.map(({ name, schema }) => [name, schema?.enum?.[0] ?? schema?.example ?? "north"]),
  );
}
