import description from "@atlas-streams/spec/openapi.json" with { type: "json" };

/** One documented answer of one operation: what is asked for, and what has to come back. */
export interface Case {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The example's name in the description; absent where the answer has no body. */
  readonly example: string | undefined;
  readonly value: unknown;
  readonly headers: { readonly [name: string]: string };
  readonly parameters: Parameters;
  readonly body: unknown;
}

interface Parameters {
  readonly path: { readonly [name: string]: unknown };
  readonly query: { readonly [name: string]: unknown };
}

export type Node = { readonly [key: string]: unknown };

const methods = ["get", "put", "post", "delete", "patch"];

/** Every operation x status x example of the description. */
export const cases: readonly Case[] = Object.entries(description.paths as Node).flatMap(([path, item]) =>
  methods.filter((method) => method in asNode(item)).flatMap((method) => casesOf(path, method, asNode(item))),
);

/** `operationId status example`, for messages and for counting. */
export function keyOf({ operationId, status, example }: Case): string {
  return [operationId, status, example].filter(Boolean).join(" ");
}

/** Finds the case of a key, for tests that tell a story with one of them. */
export function findCase(key: string): Case {
  const found = cases.find((each) => keyOf(each) === key);
  if (!found) throw new Error(`the description has no ${key}`);
  return found;
}

function casesOf(path: string, method: string, item: Node): Case[] {
  const operation = asNode(item[method]);
  const parameters = [...asList(item.parameters), ...asList(operation.parameters)].map(resolve);
  const [request] = Object.values(asNode(resolve(operation.requestBody).content)).map(asNode);
  const shared = {
    operationId: String(operation.operationId),
    method: method.toUpperCase(),
    path,
    parameters: { path: valuesOf(parameters, "path"), query: valuesOf(parameters, "query") },
    body: Object.values(asNode(request?.examples)).map((example) => resolve(example).value)[0],
  };
  return Object.entries(asNode(operation.responses)).flatMap(([status, response]): Case[] => {
    const { content, headers } = resolve(response);
    const answer = { ...shared, status: Number(status), headers: examplesOf(asNode(headers)) };
    const examples = Object.values(asNode(content)).flatMap((media) => Object.entries(asNode(asNode(media).examples)));
    if (examples.length === 0) return [{ ...answer, example: undefined, value: undefined }];
    return examples.map(([example, node]) => ({ ...answer, example, value: resolve(node).value }));
  });
}

/** What each parameter's own example says; optional ones stay away, for they may change the answer's form. */
function valuesOf(parameters: Node[], place: string): Node {
  const chosen = parameters.filter((parameter) => parameter.in === place && parameter.required === true);
  return Object.fromEntries(chosen.map((parameter) => [String(parameter.name), parameter.example]));
}

function examplesOf(headers: Node): { [name: string]: string } {
  const known = Object.entries(headers).map(([name, header]) => [name, resolve(header).example] as const);
  return Object.fromEntries(
    known.filter(([, example]) => example !== undefined).map(([name, example]) => [name, String(example)]),
  );
}

/** Follows a reference to where it points. */
export function resolve(node: unknown): Node {
  const { $ref } = asNode(node);
  if (typeof $ref !== "string") return asNode(node);
  return resolve(
    $ref
      .slice(2)
      .split("/")
      .reduce<unknown>((at, step) => asNode(at)[step.replaceAll("~1", "/").replaceAll("~0", "~")], description),
  );
}

export function asNode(value: unknown): Node {
  return typeof value === "object" && value !== null ? (value as Node) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
