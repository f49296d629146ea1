import { type Operation, operationTable, type paths } from "@atlas-streams/types";
import openapiFetch, { type Client, type FetchOptions, type Middleware, type ParseAsResponse } from "openapi-fetch";
import type {
  ErrorResponse,
  FilterKeys,
  HttpMethod,
  MediaType,
  PathsWithMethod,
  RequiredKeysOf,
  ResponseObjectMap,
  SuccessResponse,
} from "openapi-typescript-helpers";
import { InvalidArgumentError } from "./answer/errors.js";
import { asRecord, isRecord } from "./answer/json.js";
import { type Failure, judge, shownHeader, type Verdict } from "./answer/judge.js";
import { redact } from "./answer/redact.js";
import { keepSecrets, type Secret } from "./answer/secrets.js";
import { clip } from "./answer/text.js";
import { deprecations, naming } from "./call/events.js";
import { headersOf } from "./call/headers.js";
import { isSuccess, type PlainHeaders } from "./call/layer.js";
import type { CallOptions } from "./call/options.js";
import { refuseBadPathParameters } from "./call/path-parameters.js";
import type { Work } from "./call/pipeline.js";
import { type Ask, askPlainly, askWithPlatform } from "./raw/ask.js";
import { LightRequest } from "./raw/light-request.js";
import { serializeBody } from "./raw/serialize-body.js";

/** An answer as openapi-fetch gives it, save that a failed one always has a truthy `error`: the service's own body, or what this client made of an answer that had none. */
export type RawResult<T extends Record<string | number, unknown>, Options> =
  | {
      data: ParseAsResponse<SuccessResponse<ResponseObjectMap<T>, MediaType>, Options>;
      error?: never;
      response: Response;
    }
  | { data?: never; error: ErrorResponse<ResponseObjectMap<T>, MediaType> | Failure; response: Response };

/** What openapi-fetch takes for an operation, and this client's own options. */
type RawInit<T> = Omit<FetchOptions<T>, keyof CallOptions | "fetch"> & CallOptions;

type RawMethod<Method extends HttpMethod> = <
  Path extends PathsWithMethod<paths, Method>,
  Init extends RawInit<FilterKeys<paths[Path], Method>>,
>(
  path: Path,
  ...init: RequiredKeysOf<Init> extends never ? [init?: Init] : [init: Init]
) => Promise<RawResult<paths[Path][Method] & Record<string | number, unknown>, Init>>;

/** openapi-fetch for every operation of the description, on this client's layers, with this client's judgement of answers. */
export interface RawClient {
  readonly GET: RawMethod<"get">;
  readonly POST: RawMethod<"post">;
  readonly PUT: RawMethod<"put">;
  readonly PATCH: RawMethod<"patch">;
  readonly DELETE: RawMethod<"delete">;
  /** Adds middleware of your own, after the client's. */
  readonly use: Client<paths>["use"];
  /** Takes middleware of your own out again. */
  readonly eject: Client<paths>["eject"];
}

/** Paths for the inside, where the operation is only known when called. */
type UntypedPaths = {
  readonly [path: string]: { readonly [Method in HttpMethod]: { readonly responses: { readonly 200: unknown } } };
};

/** Runs the work of one call of an operation: in its deadline, on its layers. */
export type Run = <Value>(operation: Operation, options: CallOptions, work: Work<Value>) => Promise<Value>;

/** What the raw client is made of. */
export interface RawOptions {
  readonly baseUrl: string;
  /** Those of every call. */
  readonly headers: PlainHeaders;
  readonly run: Run;
  readonly now: () => number;
}

interface Init extends CallOptions {
  readonly params?: {
    readonly path?: { readonly [name: string]: unknown };
    readonly query?: { readonly envelope?: boolean };
  };
  readonly body?: unknown;
  readonly parseAs?: "json" | "text" | "blob" | "arrayBuffer" | "stream";
  readonly middleware?: Middleware[];
}

const operations = new Map(operationTable.map((operation) => [`${operation.method} ${operation.path}`, operation]));

const longestPath = 200;

function findOperation(method: string, path: string): Operation {
  const operation = operations.get(`${method} ${path}`);
  if (operation) return operation;
  const asked = redact(clip(`${method} ${path}`, longestPath), []);
  throw new InvalidArgumentError(`${asked} is not an operation of the description. Nothing was sent.`);
}

/** Why an answer failed, for whoever throws it: the result itself keeps to openapi-fetch's form. */
const failures = new WeakMap<object, Failure>();

/** The one edge where a result becomes a value or a throw. */
export function unwrap<Data>(result: { data?: Data }): Data {
  const failure = failures.get(result);
  if (failure) throw failure;
  return result.data as Data; // without a failure the data is what the operation promises: judge() saw to it
}

/** Makes the raw client of one client. */
export function createRawClient({ baseUrl, headers: clientHeaders, run, now }: RawOptions): RawClient {
  // Node loads all of its fetch when the platform's own Request is looked up, so that is left to the calls that need it.
  const Request = LightRequest as unknown as typeof globalThis.Request;
  const client = openapiFetch<UntypedPaths>({ baseUrl, redirect: "manual", Request, bodySerializer: serializeBody });
  let isWatched = false;
  const reported = new Set<Operation>();

  async function call(method: HttpMethod, path: string, init: Init = {}) {
    const { signal, timeoutMs, deadlineMs, retry, parseAs = "json", headers: callHeaders, ...rest } = init;
    const operation = findOperation(method.toUpperCase(), path);
    refuseBadPathParameters(operation, rest.params?.path);
    const headers = headersOf(operation, rest.body !== undefined, clientHeaders, callHeaders);
    const enveloped = rest.params?.query?.envelope === true;
    const isTaken = isWatched || rest.middleware !== undefined || parseAs !== "json";
    return run(operation, { signal, timeoutMs, deadlineMs, retry }, async (send, called) => {
      const given = { ...rest, headers, parseAs: parseAs === "json" ? "stream" : parseAs };
      const ask: Ask = (sender) =>
        client.request(method, path, { ...(isTaken && { Request: globalThis.Request }), ...given, ...sender } as never);
      const { data, answer, response } = await (isTaken ? askWithPlatform : askPlainly)(ask, send, operation);
      const secrets = () => called.secrets;
      reportDeprecation(operation, answer.headers, secrets);
      if (parseAs !== "json" && isSuccess(answer)) return { data, response: response() };
      const verdict = judge(operation, answer, { enveloped, secrets, now: now() });
      if (!verdict.failure) keepSecretsOfData(verdict.data, secrets);
      return resultOf(verdict, response);
    }).catch((failure: unknown) => {
      signal?.throwIfAborted(); // a reason that is falsy gets lost in openapi-fetch
      throw failure;
    });
  }

  function reportDeprecation(operation: Operation, headers: PlainHeaders, secrets: () => readonly Secret[]): void {
    if (!deprecations.hasSubscribers || reported.has(operation)) return;
    const { deprecation = null, sunset = null } = headers;
    if (!deprecation && !sunset) return;
    reported.add(operation);
    const [shownDeprecation, shownSunset] = [deprecation, sunset].map((value) => shownHeader(value, secrets()));
    deprecations.publish({ ...naming(operation), deprecation: shownDeprecation, sunset: shownSunset });
  }

  const method = (name: HttpMethod) => (path: string, init?: Init) => call(name, path, init);
  return {
    GET: method("get"),
    POST: method("post"),
    PUT: method("put"),
    PATCH: method("patch"),
    DELETE: method("delete"),
    use(...middleware) {
      isWatched = true;
      client.use(...middleware);
    },
    eject: client.eject,
    // openapi-fetch's generics cannot be carried through a wrapper: the types of RawClient restate them.
  } as RawClient;
}

/** A value that a call resolves with may still get into an error: that of a wait, for example. */
function keepSecretsOfData(data: unknown, secrets: () => readonly Secret[]): void {
  const { results } = asRecord(data);
  for (const value of [data, ...(Array.isArray(results) ? results : [])])
    if (isRecord(value)) keepSecrets(value, secrets);
}

/** The result in openapi-fetch's form. Its Response is made when somebody looks at it, since most look at the data only. */
function resultOf(verdict: Verdict, response: () => Response): object {
  let made: Response | undefined;
  const lazy = {
    get response() {
      made ??= response();
      return made;
    },
  };
  if (!verdict.failure) return Object.defineProperty(lazy, "data", { value: verdict.data, enumerable: true });
  const error = isRecord(verdict.body) ? verdict.body : verdict.failure;
  failures.set(lazy, verdict.failure);
  return Object.defineProperty(lazy, "error", { value: error, enumerable: true });
}
