import { createRequire } from "node:module";
import type { createInstance, IHttpConfig, IHttpRequest } from "@stoplight/prism-http";
import type { IHttpOperation, IHttpOperationResponse } from "@stoplight/types";
import { type Checks, createChecks, InvalidInputError } from "./check/checks.js";
import type { Answer, Call, Choice } from "./exchange.js";
import { successTypes } from "./operations.js";
import { isVersioned } from "./versions.js";

/** What a request or an answer has that the description does not allow. */
export interface Violation {
  /** Where: `["body", "provider"]`, `["query", "envelope"]`, … */
  readonly path: readonly string[];
  readonly message: string;
  /** The JSON Schema keyword, or the status that the violation stands for. */
  readonly code: string | number;
}

/** Prism's part of the mock: it reads the description, checks requests, picks and checks answers. */
export interface Prism {
  readonly operations: readonly IHttpOperation[];
  /** What a person wrote by hand, held against schemas. */
  readonly checks: Checks;
  /** What is wrong with a request. */
  check(call: Call): Promise<Violation[]>;
  /** The answer that was chosen, in the media type that was negotiated. */
  answer(call: Call, choice: Choice, mediaType?: string): Promise<Answer>;
}

/** Where the bundled description is. */
export const descriptionFile = createRequire(import.meta.url).resolve("@atlas-streams/spec/openapi.json");

/** The name under which a body of ours is put among the examples. */
const ourExample = "the mock's own";

/** What is checked, and what is left to the mock: for answering as for forwarding. */
export const prismConfig = {
  isProxy: false,
  checkSecurity: false,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} satisfies IHttpConfig;

type Library = typeof import("./prism-library.js");
type Route = Parameters<typeof createInstance>[1]["route"];

/** The operation has been found by then, with the decoding of paths that Prism's own finding leaves out. */
export const routeFound = (({ resources: [right] }) => ({ _tag: "Right", right })) as NonNullable<Route>;

const started = new Map<string | undefined, Promise<Prism>>();

/** One Prism serves every mock of a process that is for the same description: it keeps nothing between requests. */
export function prism(description?: string): Promise<Prism> {
  const before = started.get(description) ?? startPrism(description);
  started.set(description, before);
  return before;
}

async function startPrism(description: string | undefined): Promise<Prism> {
  // Half a second of modules: loaded when a mock starts, not when somebody imports us.
  const library = await import("./prism-library.js");
  const logger = library.createLogger("prism", { enabled: false });
  const own = await library.getHttpOperationsFromSpec(descriptionFile);
  const others = description === undefined ? [] : await readOthers(library, description);
  const known = new Set(own.map(placeOf));
  const operations = [...own, ...others.filter((operation) => !known.has(placeOf(operation)))];
  const apiError = apiErrorOf(own);
  const isOfOthers = (operation: IHttpOperation) => !own.includes(operation);
  const answering = library.createInstance(prismConfig, { logger, route: routeFound });
  const nothing = { _tag: "Right", right: { statusCode: 200 } } as const;
  const checking = library.createInstance(
    { ...prismConfig, validateResponse: false },
    { logger, route: routeFound, mock: () => () => nothing },
  );

  const instance: Prism = {
    operations,
    checks: createChecks(library, operations),
    async check(call) {
      const result = await checking.request(inputOf(call), [call.operation])();
      if (result._tag === "Left") throw result.left;
      return result.right.validations.input.map(({ path = [], message, code = "" }) => ({ path, message, code }));
    },
    async answer(call, choice, mediaType) {
      const isError = choice.status !== undefined && choice.status >= 400;
      // What the mock says of errors is in the service's words; another description may have them otherwise, or not at all.
      const like = isError && isOfOthers(call.operation) ? apiError : undefined;
      const operation = "body" in choice ? withExample(call.operation, choice, like) : call.operation;
      const example = "body" in choice ? ourExample : choice.example;
      const result = await answering.request(inputOf(call), [operation], {
        ...prismConfig,
        validateRequest: false,
        mock: {
          dynamic: choice.dynamic ?? false,
          // Errors are not versioned: without the second type Prism would answer a preferred 404 with a silent 200.
          mediaTypes: [...(mediaType ? [mediaType] : []), "application/json"],
          ...(choice.status !== undefined && { code: choice.status }),
          ...(example !== undefined && { exampleKey: example }),
          ...(choice.seed !== undefined && { seed: choice.seed }),
        },
      })();
      if (result._tag === "Left") throw result.left;
      const { output, validations } = result.right;
      const [invalid] = validations.output;
      const isOurs = "body" in choice || example !== undefined || choice.dynamic;
      // What is put together of a schema's parts need not fit the whole; what is made up for the whole does.
      if (invalid && !isOurs) return instance.answer(call, { ...choice, dynamic: true, seed: "1" }, mediaType);
      if (invalid)
        throw new Error(`${call.operation.iid} would answer what the description does not allow: ${invalid.message}`);
      return { status: output.statusCode, headers: headersOf(output.headers, choice.headers), body: output.body };
    },
  };
  return instance;
}

async function readOthers(library: Library, description: string): Promise<IHttpOperation[]> {
  try {
    return await library.getHttpOperationsFromSpec(description);
  } catch (error) {
    // The file may be there, or mended, at the next start.
    started.delete(description);
    const [why = ""] = (error as Error).message.trim().split("\n").slice(-1);
    throw new InvalidInputError(`description is ${JSON.stringify(description)}, which cannot be read: ${why}`);
  }
}

/** Where an operation is, whatever the parameters of its path are called. */
function placeOf({ method, path }: IHttpOperation): string {
  return `${method.toLowerCase()} ${path.replaceAll(/\{\w+\}/g, "{}")}`;
}

/** A request as Prism wants it. */
export function inputOf({ operation, parameters, request, query }: Call): IHttpRequest {
  const mediaTypes = operation.request?.body?.contents?.map(({ mediaType }) => mediaType) ?? [];
  const headers = { ...request.headers };
  const [described] = mediaTypes;
  const sent = headers["content-type"];
  if (described && isJson(described) && isJson(sent ?? "")) headers["content-type"] = described;
  // Prism throws at what names no type at all; without a type it says what is wrong with the body.
  if (sent !== undefined && !isMediaType(sent)) delete headers["content-type"];
  return {
    method: operation.method as IHttpRequest["method"],
    url: { path: filled(operation.path, parameters), query: queryOf(query) },
    headers,
    body: request.body ?? null,
  };
}

function filled(template: string, parameters: Call["parameters"]): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ""));
}

/** A parameter that is there more than once is a list. */
export function queryOf(query: URLSearchParams): Record<string, string | string[]> {
  const names = new Set(query.keys());
  return Object.fromEntries(
    Array.from(names, (name) => {
      const values = query.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}

/** The service takes plain JSON where the description names a version. */
function isJson(mediaType: string): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(mediaType);
}

/** RFC 9110, section 8.3.1: two tokens, and perhaps parameters. */
function isMediaType(text: string): boolean {
  return /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;|$)/.test(text);
}

/** The operation with a body of ours as an example of the answer that was chosen, or of one like another. */
function withExample(
  operation: IHttpOperation,
  { status, body }: Choice,
  like: IHttpOperationResponse | undefined,
): IHttpOperation {
  const chosen = operation.responses.find(({ code }) =>
    status === undefined ? code.startsWith("2") : code === String(status),
  );
  const response = like || !chosen ? { ...(like ?? errorLike(operation)), code: String(status) } : chosen;
  const contents = response.contents?.map((content) => ({
    ...content,
    examples: [{ id: ourExample, key: ourExample, value: body }],
  }));
  const others = operation.responses.filter(({ code }) => code !== response.code);
  return {
    ...operation,
    responses: [{ ...response, ...(contents && { contents }) }, ...others] as IHttpOperation["responses"],
  };
}

/** An error that the description does not list for an operation has the same body as those that it does. */
function errorLike(operation: IHttpOperation): IHttpOperationResponse {
  const errors = operation.responses.filter(({ code }) => !/^[123]/.test(code));
  const response = errors.find(({ code }) => code === "500") ?? errors[0];
  if (!response) throw new Error(`${operation.iid} describes no error to take the shape of others from`);
  return { ...response, headers: [] };
}

/** The error of the Administration API, as the mock's own description has it. */
function apiErrorOf(own: readonly IHttpOperation[]): IHttpOperationResponse {
  const operation = own.find((each) => isVersioned(successTypes(each)));
  if (!operation) throw new Error("the description has no operation of the Administration API");
  return errorLike(operation);
}

function headersOf(described: Record<string, unknown> = {}, ours: Choice["headers"] = {}): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...described, ...ours })) {
    if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value);
  }
  return headers;
}
