import type { Content, Description, RequestBody, Response, Schema } from "../description/description.js";
import { isSuccess, listOperations, nameOf, type Place, parametersOf } from "../description/operations.js";
import { type Find, resolver } from "../description/references.js";
import { UsageError } from "../usage-error.js";

/** What a request of one operation is made of, and what its answer promises: a line of the table. */
export interface OperationFacts {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly accept: string;
  readonly contentType?: string;
  readonly repeatable: boolean;
  readonly answer: Answer;
  readonly mayBeEmpty?: true;
  readonly pathParameters: Readonly<Record<string, RegExp>>;
}

type Answer = "object" | "page" | "list" | "value" | "bytes" | "nothing";

/** The same, for those who use the table. */
export const operationType = `/** What a request of one operation is made of, and what its answer promises. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** The media type to ask for: the version of the operation stands in it. */
  readonly accept: string;
  /** The media type of the request body, where the operation takes one. */
  readonly contentType?: string;
  /** Whether sending it twice does no more than sending it once: a safe method (RFC 9110, section 9.2.1), or one that the description says it of. */
  readonly repeatable: boolean;
  /** What a successful answer holds: one object, a page of \`results\`, a list, a single string, number or boolean, bytes that are no JSON, or nothing that matters. */
  readonly answer: "object" | "page" | "list" | "value" | "bytes" | "nothing";
  /** Whether a success without a body (204) is described beside one with a body. */
  readonly mayBeEmpty?: boolean;
  /** The pattern that each path parameter has to match. */
  readonly pathParameters: { readonly [name: string]: RegExp };
}
`;

const safeMethods: ReadonlySet<string> = new Set(["get", "head", "options"]); // RFC 9110, section 9.2.1

/** Parentheses around all of a pattern: without them more patterns are the same, and a bundle is smaller. */
const needlessGroup = /^\^\(([^()|\\]*)\)\$$/;

/** A path parameter without a pattern: one whole segment, and none that a URL takes for a step up or for none. */
const anySegment = /^(?!\.\.?$)[^/]+$/;
const anyInteger = /^-?\d+$/;

/** Every operation of a description as a line of the table. */
export function describeOperations(description: Description): OperationFacts[] {
  const find = resolver(description);
  return listOperations(description).map((place) => describeOperation(place, find));
}

function describeOperation(place: Place, find: Find): OperationFacts {
  const { path, method, operation } = place;
  const successes = Object.entries(operation.responses).filter(([status]) => isSuccess(status));
  if (successes.length === 0) throw new UsageError(`${nameOf(place)} describes no successful answer`);
  const bodies = successes.flatMap(([, response]) => Object.entries(find<Response>(response).content ?? {}));
  const [accept, media] = bodies.find(([, { schema }]) => schema) ?? bodies[0] ?? [];
  const answer = promiseOf(accept, media?.schema, find);
  const mayBeEmpty = answer !== "nothing" && successes.some(([status]) => status === "204");
  const [contentType] = Object.keys(bodyOf(place, find));
  const inPath = parametersOf(place, find).filter((parameter) => parameter.in === "path");
  return {
    operationId: nameOf(place),
    method: method.toUpperCase(),
    path,
    accept: accept ?? "application/json",
    ...(contentType && { contentType }),
    repeatable: typeof operation["x-repeatable"] === "boolean" ? operation["x-repeatable"] : safeMethods.has(method),
    answer,
    ...(mayBeEmpty && { mayBeEmpty }),
    pathParameters: Object.fromEntries(
      inPath.map(({ name, schema = {} }) => [name, patternOf(name, find<Schema>(schema))]),
    ),
  };
}

function bodyOf({ operation }: Place, find: Find): Content {
  return (operation.requestBody && find<RequestBody>(operation.requestBody).content) ?? {};
}

function patternOf(name: string, { pattern, type }: Schema): RegExp {
  if (pattern === undefined) return type === "integer" ? anyInteger : anySegment;
  try {
    return new RegExp(pattern.replace(needlessGroup, "^$1$"));
  } catch {
    throw new UsageError(`the pattern of the path parameter ${name} is none that JavaScript knows: ${pattern}`);
  }
}

function promiseOf(mediaType: string | undefined, schema: Schema | undefined, find: Find): Answer {
  if (!mediaType || !schema) return "nothing";
  if (!isJson(mediaType)) return "bytes";
  const types = typesOf(schema, find);
  if (types.length === 1 && types[0] === "array") return "list";
  if (types.length > 0 && types.every((type) => type !== "object" && type !== "array")) return "value";
  return isPage(schema, find) ? "page" : "object";
}

/** Whether bodies of a media type are JSON (RFC 6839, section 3.1). */
export function isJson(mediaType: string): boolean {
  return /[/+]json\b/i.test(mediaType);
}

/** The types of JSON that a schema allows, as far as it says so; those of `oneOf` and `allOf` included. */
function typesOf(schema: Schema, find: Find, passed: readonly Schema[] = []): string[] {
  const found = find<Schema>(schema);
  if (passed.includes(found)) return [];
  const { type, allOf = [], oneOf = [], anyOf = [], enum: values } = found;
  if (type) return [type].flat().filter((one) => one !== "null");
  const parts = [...allOf, ...oneOf, ...anyOf].flatMap((part) => typesOf(part, find, [...passed, found]));
  if (parts.length > 0 || !values) return [...new Set(parts)];
  return [...new Set(values.map((value) => typeof value as string))];
}

function isPage(schema: Schema, find: Find, passed: readonly Schema[] = []): boolean {
  const found = find<Schema>(schema);
  if (passed.includes(found)) return false;
  const { required = [], properties = {}, allOf = [] } = found;
  const { results } = properties;
  if (required.includes("results") && results && isListOfObjects(find<Schema>(results), find)) return true;
  return allOf.some((part) => isPage(part, find, [...passed, found]));
}

/** Whether a list holds objects, as far as it says what it holds. */
function isListOfObjects({ type, items = {} }: Schema, find: Find): boolean {
  const types = typesOf(items, find);
  return type === "array" && (types.length === 0 || types.includes("object"));
}
