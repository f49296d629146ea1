import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { BaseResolver, bundle, createConfig, makeDocumentFromString, YamlParseError } from "@redocly/openapi-core";
import { UsageError } from "../usage-error.js";
import type { Description } from "./description.js";
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
  const config = await createConfig({});
  const { bundle: bundled, problems } = await bundle({
    doc: document,
    config,
    externalRefResolver: new BaseResolver(),
  });
  const problem = problems.find(({ severity }) => severity === "error");
  if (problem) throw new UsageError(`${file}: ${problem.message.trim().replace(/\.$/, "")}`);
  return bundled.parsed as Description;
}

export function isDescription(value: unknown): value is Description {
  return isObject(value) && typeof value.openapi === "string" && isObject(value.paths);
}

/** @throws `UsageError` where the value is no description of OpenAPI 3 */
export function requireDescription(file: string, value: unknown): asserts value is Description {
  if (isDescription(value) && /^3\./.test(value.openapi)) return;
  const found = isObject(value) ? (value.swagger ?? value.openapi) : undefined;
  const what = found ? `is a description of version ${found}` : "is no OpenAPI description";
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

function parse(file: string, text: string) {
  try {
    return makeDocumentFromString(text, resolve(file));
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error;
    throw new UsageError(`${file} is no YAML: ${error.message}`);
  }
}
