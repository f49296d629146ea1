import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  BaseResolver,
  bundle,
  createConfig,
  type Document,
  makeDocumentFromString,
  YamlParseError,
} from "@redocly/openapi-core";
import { UsageError } from "../usage-error.js";
import type { Description } from "./description.js";
import { listOperations, nameOf } from "./operations.js";
import { isObject } from "./references.js";

/** Reads a YAML or JSON file, gzipped or not. */
export async function readYaml(file: string): Promise<unknown> {
  return parse(file, await readText(file)).parsed;
}

/**
 * Reads a description of OpenAPI 3, in YAML or JSON, gzipped or not; what it refers to in other files is brought in.
 *
 * @throws `UsageError` where the file is not there, is no such description, or refers to what is not there
 */
export async function readDescription(file: string): Promise<Description> {
  const document = parse(file, await readText(file));
  requireDescription(file, document.parsed);
  const description = await bundled(file, document);
  requireOperations(file, description);
  return description;
}

async function bundled(file: string, document: Document): Promise<Description> {
  const config = await createConfig({});
  const { bundle: whole, problems } = await bundle({
    doc: document,
    config,
    externalRefResolver: new BaseResolver(),
  }).catch((error: Error) => {
    throw new UsageError(`${file} cannot be put together: ${error.message}`);
  });
  const problem = problems.find(({ severity }) => severity === "error");
  if (!problem) return whole.parsed as Description;
  const [{ pointer = "" } = {}] = problem.location;
  throw new UsageError(`${file}: ${problem.message.trim().replace(/\.$/, "")}${pointer && `, at ${pointer}`}`);
}

/** @throws `UsageError` where a path has no operations in it, or an operation promises nothing */
function requireOperations(file: string, description: Description): void {
  for (const [path, item] of Object.entries(description.paths))
    if (!isObject(item)) throw new UsageError(`${file}: the path ${path} has nothing in it`);
  for (const place of listOperations(description))
    if (!isObject(place.operation.responses)) throw new UsageError(`${file}: ${nameOf(place)} has no responses`);
}

export function isDescription(value: unknown): value is Description {
  return isObject(value) && typeof value.openapi === "string" && isObject(value.paths) && !Array.isArray(value.paths);
}

/** @throws `UsageError` where the value is no description of OpenAPI 3 */
export function requireDescription(file: string, value: unknown): asserts value is Description {
  if (isDescription(value) && /^3\./.test(value.openapi)) return;
  const found = isObject(value) ? (value.swagger ?? value.openapi) : undefined;
  const what =
    found === undefined ? "is no OpenAPI description" : `says that it is OpenAPI ${found}, with no paths that fit`;
  throw new UsageError(`${file} ${what}; OpenAPI 3.0 or 3.1 with paths is needed`);
}

async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(code === "ENOENT" ? `there is no file ${file}` : `${file} cannot be read: ${message}`);
  }
}

function parse(file: string, text: string): Document {
  try {
    return makeDocumentFromString(text, resolve(file));
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error;
    throw new UsageError(`${file} is no YAML: ${error.message}`);
  }
}
