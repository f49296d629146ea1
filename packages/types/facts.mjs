// What running code has to know of the API, read from the description: JavaScript and its declarations as text.

const safeMethods = new Set(["get", "head", "options"]); // RFC 9110, section 9.2.1
const methods = [...safeMethods, "put", "post", "delete", "patch", "trace"];

const operationType = `/** What a request of one operation is made of, and what its answer promises. */
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
  /** What a successful answer holds: one object, a page of \`results\`, or nothing that matters. */
  readonly answer: "object" | "page" | "nothing";
  /** The pattern that each path parameter has to match. */
  readonly pathParameters: { readonly [name: string]: RegExp };
}
`;

/** @returns {{ code: string, types: string }} */
export function describeFacts(description) {
  const find = resolver(description);
  const operations = listOperations(description, find);
  const states = Object.entries(description.components.schemas)
    .filter(([, schema]) => schema["x-state-meaning"])
    .map(([name, schema]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}Meaning`, schema["x-state-meaning"]]);
  const ranges = Object.values(description.components.parameters)
    .filter(({ schema }) => schema.type === "integer")
    .map(({ name, schema: { minimum, maximum, default: standard } }) => [
      `${name}Range`,
      `What the query parameter ${name} may be, and what it is where it is left out.`,
      { minimum, ...(maximum && { maximum }), default: standard },
    ]);
  const waits = Object.values(description.components.responses).flatMap(({ "x-wait": wait }) => wait ?? []);
  const constants = [
    ["serverUrl", "Where the API is.", description.servers[0].url],
    ...ranges,
    ...waits.map((wait) => [
      "rateLimitWait",
      "Which error says how many seconds to wait, and in which of its parameters.",
      wait,
    ]),
    ...states.map(([name, meaning]) => [name, "What each state means to somebody who waits.", meaning]),
    ...operations.map((operation) => [operation.operationId, `${operation.method} ${operation.path}`, operation]),
  ];
  const table = operations.map(({ operationId }) => operationId);
  return {
    code: [
      ...constants.map(([name, , value]) => `export const ${name} = ${literal(value)};`),
      `export const operationTable = [${table.join(", ")}];`,
      "",
    ].join("\n"),
    types: [
      operationType,
      ...constants.map(
        ([name, comment, value]) => `/** ${comment} */\nexport declare const ${name}: ${typeOf(value)};`,
      ),
      `/** Every operation of the description. */\nexport declare const operationTable: readonly Operation[];`,
      "",
    ].join("\n"),
  };
}

function listOperations(description, find) {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => describeOperation(path, method, find(item), find)),
  );
}

function describeOperation(path, method, item, find) {
  const operation = item[method];
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(find);
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  if (!success) throw new Error(`${method.toUpperCase()} ${path} describes no successful answer`);
  const [answerType, answerMedia] = Object.entries(find(success[1]).content ?? {})[0] ?? [];
  const [bodyType] = Object.keys(find(operation.requestBody)?.content ?? {});
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    accept: answerType ?? "application/json",
    ...(bodyType && { contentType: bodyType }),
    repeatable: operation["x-repeatable"] ?? safeMethods.has(method),
    answer: promiseOf(answerMedia?.schema, find),
    pathParameters: Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === "path")
        .map(({ name, schema }) => [name, patternOf(name, find(schema))]),
    ),
  };
}

function patternOf(name, schema) {
  if (!schema.pattern)
    throw new Error(`the path parameter ${name} has no pattern: a malformed one could not be refused`);
  return new RegExp(schema.pattern);
}

function promiseOf(schema, find) {
  if (!schema) return "nothing";
  const { required = [], properties = {} } = find(schema);
  const isPage = required.includes("results") && find(properties.results).type === "array";
  if (isPage) return "page";
  return "object";
}

function resolver(description) {
  return function find(node) {
    if (!node?.$ref) return node;
    const steps = node.$ref.slice(2).split("/");
    return find(steps.reduce((at, step) => at[step.replaceAll("~1", "/").replaceAll("~0", "~")], description));
  };
}

function literal(value) {
  if (value instanceof RegExp) return String(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner)}`)
    .join(", ")} }`;
}

function typeOf(value) {
  if (value instanceof RegExp) return "RegExp";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `readonly ${JSON.stringify(key)}: ${typeOf(inner)}`)
    .join("; ")} }`;
}
