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
import { bodyOf, withUnreadBody } from "./answer/body.js";
import { InvalidArgumentError } from "./answer/errors.js";
import { asText, isRecord, parseJson } from "./answer/json.js";
import { type Failure, judge } from "./answer/judge.js";
import { keepSecrets, secretsOf } from "./answer/redact.js";
import { deprecations, naming } from "./call/events.js";
import type { Fetch } from "./call/layer.js";
import type { CallOptions } from "./call/options.js";
import { refuseBadPathParameters } from "./call/path-parameters.js";
import type { Work } from "./call/pipeline.js";

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
  readonly userAgent: string;
  readonly run: Run;
  readonly now: () => number;
}

interface Init extends CallOptions {
  readonly params?: {
    readonly path?: { readonly [name: string]: unknown };
    readonly query?: { readonly envelope?: boolean };
  };
  readonly parseAs?: "json" | "text" | "blob" | "arrayBuffer" | "stream";
  readonly middleware?: Middleware[];
}

const operations = new Map(operationTable.map((operation) => [`${operation.method} ${operation.path}`, operation]));

function findOperation(method: string, path: string): Operation {
  const operation = operations.get(`${method} ${path}`);
  if (operation) return operation;
  throw new InvalidArgumentError(`${method} ${path} is not an operation of the description. Nothing was sent.`);
}

/** The caller's headers as an object; what no request can have is refused, and not repeated. */
function plainHeaders(headers: CallOptions["headers"] | Headers): CallOptions["headers"] {
  try {
    const checked = headers && new Headers(headers);
    return headers instanceof Headers ? Object.fromEntries(checked ?? []) : headers;
  } catch {
    throw new InvalidArgumentError("headers has a name or a value that no header can have. Nothing was sent.");
  }
}

/** Why an answer failed, for whoever throws it: the result itself keeps to openapi-fetch's form. */
const failures = new WeakMap<Response, Failure>();

/** The one edge where a result becomes a value or a throw. */
export function unwrap<Data>({ data, response }: { data?: Data; response: Response }): Data {
  const failure = failures.get(response);
  if (failure) throw failure;
  return data as Data; // without a failure the data is what the operation promises: judge() saw to it
}

/** Makes the raw client of one client. */
export function createRawClient({ baseUrl, userAgent, run, now }: RawOptions): RawClient {
  const client = openapiFetch<UntypedPaths>({ baseUrl, headers: { "User-Agent": userAgent }, redirect: "manual" });
  let isWatched = false;
  const reported = new Set<Operation>();

  async function call(method: HttpMethod, path: string, init: Init = {}) {
    const { signal, timeoutMs, deadlineMs, retry, parseAs = "json", ...rest } = init;
    const operation = findOperation(method.toUpperCase(), path);
    refuseBadPathParameters(operation, rest.params?.path);
    const { accept, contentType } = operation;
    const headers = { accept, "content-type": contentType, ...plainHeaders(rest.headers) };
    const isTaken = isWatched || rest.middleware || parseAs !== "json";
    let answered: Response | undefined;
    const { data, error, response } = await run(operation, { signal, timeoutMs, deadlineMs, retry }, (send) => {
      const fetch: Fetch = async (request) => {
        answered = await send(request);
        // openapi-fetch itself reads what has failed, and somebody else what is taken.
        return answered.ok && !isTaken ? answered : withUnreadBody(answered);
      };
      return client.request(method, path, {
        ...rest,
        headers,
        parseAs: parseAs === "json" ? "stream" : parseAs,
        fetch,
      });
    }).catch((failure: unknown) => {
      signal?.throwIfAborted(); // a reason that is falsy gets lost in openapi-fetch
      throw failure;
    });
    // Middleware may have put another answer in the place of the one that shows a secret.
    if (isTaken && answered) keepSecrets(response, secretsOf.bind(undefined, answered));
    reportDeprecation(operation, response.headers);
    if (response.ok && parseAs !== "json") return { data, response };
    const text = response.ok ? await bodyOf(response) : (asText(error) ?? "");
    const body = response.ok ? parseJson(text) : error;
    const enveloped = rest.params?.query?.envelope === true;
    const verdict = judge(operation, response, { text, body, enveloped, now: now() });
    if (!verdict.failure) return { data: verdict.data, response };
    failures.set(response, verdict.failure);
    return { error: isRecord(verdict.body) ? verdict.body : verdict.failure, response };
  }

  function reportDeprecation(operation: Operation, headers: Headers): void {
    if (!deprecations.hasSubscribers || reported.has(operation)) return;
    const deprecation = headers.get("deprecation");
    const sunset = headers.get("sunset");
    if (!deprecation && !sunset) return;
    reported.add(operation);
    deprecations.publish({ ...naming(operation), deprecation, sunset });
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
