import { type Operation, operationTable, type paths } from "@atlas-streams/types";
import openapiFetch, {
  type BodySerializer,
  type Client,
  type Middleware,
  type ParamsOption,
  type ParseAs,
  type ParseAsResponse,
  type PathSerializer,
  type QuerySerializer,
  type QuerySerializerOptions,
} from "openapi-fetch";
import type {
  ErrorStatus,
  FilterKeys,
  HttpMethod,
  IsOperationRequestBodyOptional,
  OkStatus,
  OperationRequestBodyContent,
  PathsWithMethod,
  ResponseObjectMap,
} from "openapi-typescript-helpers";
import { InvalidArgumentError } from "./answer/errors.js";
import { isRecord } from "./answer/json.js";
import { type Failure, judge, shownHeader, type Verdict } from "./answer/judge.js";
import { keepSecrets, type Secret } from "./answer/secrets.js";
import { describePath } from "./answer/text.js";
import { throwIfAborted } from "./call/abort-signals.js";
import { deprecations, naming } from "./call/events.js";
import { checkHeaders, headersOf } from "./call/headers.js";
import type { Identity } from "./call/identity.js";
import { type Answer, isSuccess, type PlainHeaders } from "./call/layer.js";
import type { CallOptions } from "./call/options.js";
import { refuseBadPathParameters } from "./call/path-parameters.js";
import type { Work } from "./call/pipeline.js";
import { type Ask, askPlainly, askWithPlatform } from "./raw/ask.js";
import { LightRequest } from "./raw/light-request.js";
import { serializeBody } from "./raw/serialize-body.js";

/** What the answers with one of some statuses hold. openapi-fetch's own looks for each status that there is, which costs a compiler five times as much. */
type BodyOf<Responses, Status> = {
  [Key in keyof Responses & Status]: Responses[Key] extends { readonly content: infer Content }
    ? Content[keyof Content]
    : undefined;
}[keyof Responses & Status];

/** An answer as openapi-fetch gives it, save that a failed one always has a truthy `error`: the service's own body, or what this client made of an answer that had none. */
export type RawResult<T, Options> =
  | {
      /** What a successful answer holds. */
      data: ParseAsResponse<BodyOf<ResponseObjectMap<T>, OkStatus>, Options>;
      /** Absent: the call has succeeded. */
      error?: never;
      /** The answer, as `fetch` would have given it. */
      response: Response;
    }
  | {
      /** Absent: the call has failed. */
      data?: never;
      /** The service's own body, or what this client made of an answer that had none. */
      error: BodyOf<ResponseObjectMap<T>, ErrorStatus> | Failure;
      /** The answer, as `fetch` would have given it. */
      response: Response;
    };

/** The same for every operation. What openapi-fetch takes for `fetch` alone is not here: nothing would heed it. */
interface RawSettings extends CallOptions {
  readonly baseUrl?: string;
  readonly querySerializer?: QuerySerializer<unknown> | QuerySerializerOptions;
  readonly bodySerializer?: BodySerializer<unknown>;
  readonly pathSerializer?: PathSerializer;
  readonly parseAs?: ParseAs;
  readonly middleware?: Middleware[];
}

// openapi-fetch's own takes each schema apart, for marks that are not generated here: names and open sets were lost in it.
type BodyOption<T> = [OperationRequestBodyContent<T>] extends [never]
  ? { body?: never }
  : IsOperationRequestBodyOptional<T> extends true
    ? { body?: OperationRequestBodyContent<T> }
    : { body: OperationRequestBodyContent<T> };

// Written out, the parameters cost a compiler less than by their name.
type RawInit<T> = { [Key in keyof ParamsOption<T>]: ParamsOption<T>[Key] } & BodyOption<T> & RawSettings;

type RawMethod<Paths extends object, Method extends HttpMethod> = <
  Path extends PathsWithMethod<Paths, Method>,
  Init extends RawInit<FilterKeys<Paths[Path], Method>>,
>(
  path: Path,
  ...init: object extends Init ? [init?: Init] : [init: Init]
) => Promise<RawResult<FilterKeys<Paths[Path], Method>, Init>>;

/** openapi-fetch for every operation of the description, or of one of your own, on this client's layers, with this client's judgement of answers. */
export interface RawClient<Paths extends object = paths> {
  /** Calls an operation whose method is GET, by its path: `{ data, error, response }`. */
  readonly GET: RawMethod<Paths, "get">;
  /** Calls an operation whose method is POST, by its path: `{ data, error, response }`. */
  readonly POST: RawMethod<Paths, "post">;
  /** Calls an operation whose method is PUT, by its path: `{ data, error, response }`. */
  readonly PUT: RawMethod<Paths, "put">;
  /** Calls an operation whose method is PATCH, by its path: `{ data, error, response }`. */
  readonly PATCH: RawMethod<Paths, "patch">;
  /** Calls an operation whose method is DELETE, by its path: `{ data, error, response }`. */
  readonly DELETE: RawMethod<Paths, "delete">;
  /** Adds middleware of your own, after the client's. */
  readonly use: Client<object>["use"];
  /** Takes middleware of your own out again. */
  readonly eject: Client<object>["eject"];
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
  readonly client: Identity;
  /** Those of every call. */
  readonly headers: PlainHeaders;
  readonly run: Run;
  readonly now: () => number;
  /** Operations beside the client's own; of two for the same method and path they are meant. */
  readonly operations?: readonly Operation[] | undefined;
}

/** The raw client that is the user's, and the one of the client's own methods: they stay with their own versions. */
export interface RawClients<Paths extends object> {
  readonly raw: RawClient<Paths>;
  readonly own: RawClient;
}

interface Init extends CallOptions {
  readonly params?: {
    readonly path?: { readonly [name: string]: unknown };
    readonly query?: { readonly envelope?: boolean };
    readonly header?: object;
  };
  readonly body?: unknown;
  readonly parseAs?: "json" | "text" | "blob" | "arrayBuffer" | "stream";
  readonly middleware?: Middleware[];
}

type Find = (method: string, path: string) => Operation;

function finderOf(operations: readonly Operation[]): Find {
  const table = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  return (method, path) => {
    const operation = table.get(`${method} ${path}`);
    if (operation) return operation;
    throw new InvalidArgumentError(
      `${method} ${describePath(path)} is not an operation of the description. Nothing was sent.`,
    );
  };
}

const findOwn = finderOf(operationTable);

/** Why an answer failed, for whoever throws it: the result itself keeps to openapi-fetch's form. */
const failures = new WeakMap<object, Failure>();

/** The one edge where a result becomes a value or a throw. */
export function unwrap<Data>(result: { data?: Data }): Data {
  const failure = failures.get(result);
  if (failure) throw failure;
  return result.data as Data; // without a failure the data is what the operation promises: judge() saw to it
}

/** Makes the raw clients of one client; middleware is the same for both. */
export function createRawClients<Paths extends object>(options: RawOptions): RawClients<Paths> {
  const { baseUrl, client: identity, headers: clientHeaders, run, now, operations } = options;
  // Node loads all of its fetch when the platform's own Request is looked up, so that is left to the calls that need it.
  const Request = LightRequest as unknown as typeof globalThis.Request;
  const client = openapiFetch<UntypedPaths>({ baseUrl, redirect: "manual", Request, bodySerializer: serializeBody });
  let isWatched = false;
  const reported = new Set<Operation>();

  async function call(find: Find, method: HttpMethod, path: string, init: Init = {}) {
    const { signal, timeoutMs, deadlineMs, retry, parseAs = "json", headers: callHeaders, ...rest } = init;
    const operation = find(method.toUpperCase(), path);
    refuseBadPathParameters(operation, rest.params?.path);
    const headers = headersOf(operation, rest.body !== undefined, clientHeaders, checkHeaders(callHeaders));
    const enveloped = rest.params?.query?.envelope === true;
    const isTaken = isWatched || rest.middleware !== undefined || parseAs !== "json";
    // Whoever serializes a body looks at the headers, and a description may have some among its parameters.
    const isSeen = isTaken || rest.body !== undefined || rest.params?.header !== undefined;
    return run(operation, { signal, timeoutMs, deadlineMs, retry }, async (send, called) => {
      const given = { ...rest, ...(isSeen && { headers }), parseAs: parseAs === "json" ? "stream" : parseAs };
      const ask: Ask = (sender) =>
        client.request(method, path, { ...(isTaken && { Request: globalThis.Request }), ...given, ...sender } as never);
      const { data, answer, response } = await (isTaken
        ? askWithPlatform(ask, send, operation)
        : askPlainly(ask, send, isSeen ? undefined : headers));
      const secrets = () => called.secrets;
      reportDeprecation(operation, answer, secrets);
      if (parseAs !== "json" && isSuccess(answer)) return { data, response: response() };
      const verdict = judge(operation, answer, { enveloped, secrets, now: now() });
      // What a call resolves with may still get into an error: that of a wait, for example.
      if (!verdict.failure && isRecord(verdict.data)) keepSecrets(verdict.data, secrets);
      return resultOf(verdict, response);
    }).catch((failure: unknown) => {
      throwIfAborted(signal); // a reason that is falsy gets lost in openapi-fetch
      throw failure;
    });
  }

  function reportDeprecation(operation: Operation, { headers }: Answer, secrets: () => readonly Secret[]): void {
    if (!deprecations.hasSubscribers || reported.has(operation)) return;
    const deprecation = headers.get("deprecation");
    const sunset = headers.get("sunset");
    if (!deprecation && !sunset) return;
    reported.add(operation);
    const [shownDeprecation, shownSunset] = [deprecation, sunset].map((value) => shownHeader(value, secrets()));
    deprecations.publish({ ...naming(operation, identity), deprecation: shownDeprecation, sunset: shownSunset });
  }

  function clientOf(find: Find) {
    const method = (name: HttpMethod) => (path: string, init?: Init) => call(find, name, path, init);
    return {
      GET: method("get"),
      POST: method("post"),
      PUT: method("put"),
      PATCH: method("patch"),
      DELETE: method("delete"),
      use(...middleware: Middleware[]) {
        isWatched = true;
        client.use(...middleware);
      },
      eject: client.eject,
    };
  }

  // openapi-fetch's generics cannot be carried through a wrapper: the types of RawClient restate them.
  const own = clientOf(findOwn) as unknown as RawClient;
  const find = operations && finderOf([...operationTable, ...operations]);
  return { own, raw: (find ? clientOf(find) : own) as RawClient<Paths> };
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
