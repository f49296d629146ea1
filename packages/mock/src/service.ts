import type { Gate } from "./credentials/gate.js";
import type { Errors } from "./errors.js";
import { type Answer, type Call, type Choice, type MockRequest, urlOf } from "./exchange.js";
import { matcher, successTypes } from "./operations.js";
import { preferenceOf } from "./prefer.js";
import type { Prism } from "./prism.js";
import { refuseInvalid } from "./refuse-invalid.js";
import { narrowed } from "./request-kinds.js";
import { isVersioned, negotiate } from "./versions.js";

/** What an operation does beyond what the description says of it; where nothing, Prism's own answer stands. */
export type Behaviours = Readonly<Record<string, (call: Call) => Choice | undefined>>;

export interface ServiceParts {
  readonly prism: Prism;
  readonly errors: Errors;
  readonly gate: Gate;
  /** A fresh challenge, for a 401 that was preferred. */
  readonly challenge: () => string;
  readonly behaviours: Behaviours;
}

/** A request that has been found to be for an operation, or the answer to one that is for none. */
export type Reception = { readonly call: Call; readonly refusal: Choice | undefined } | { readonly answer: Answer };

export interface Service {
  /** Finds the operation and checks the credentials. */
  receive(request: MockRequest): Reception;
  /** Does what was asked for. */
  perform(call: Call, refusal: Choice | undefined): Promise<Answer>;
}

/** The ladder that every request climbs: credentials, version, validity, then what was preferred or what is the case. */
export function createService({ prism, errors, gate, challenge, behaviours }: ServiceParts): Service {
  const find = matcher(prism.operations);

  async function choose(call: Call, mediaType: string | undefined): Promise<Choice> {
    const offered = successTypes(call.operation);
    if (isVersioned(offered) && !mediaType) return errors.api({ status: 406, errorCode: "INVALID_VERSION_DATE" });
    const violations = await prism.check(narrowed(call));
    if (violations.length > 0) return refuseInvalid(call, violations, errors);
    return preferenceOf(call.request, call.query) ?? behaviours[call.operation.iid ?? ""]?.(call) ?? {};
  }

  return {
    receive(request) {
      const url = urlOf(request);
      const match = find(request.method, url.pathname);
      if (match === undefined) return { answer: plain(errors.api(notFound(url.pathname))) };
      if (match === "other method") return { answer: plain(errors.api(wrongMethod(request.method))) };
      const call = { ...match, query: url.searchParams, request };
      return { call, refusal: gate(call) };
    },
    async perform(call, refusal) {
      const mediaType = negotiate(call.request.headers.accept, successTypes(call.operation));
      const answer = await Promise.resolve(refusal ?? choose(call, mediaType))
        .then((choice) => prism.answer(call, choice, mediaType))
        .catch((error: unknown) => plain(ownFailure(error, errors)));
      const headers = "www-authenticate" in answer.headers && !refusal ? { "www-authenticate": challenge() } : {};
      const whole = { ...answer, headers: { ...charset(answer.headers), ...headers } };
      return call.query.get("envelope") === "true" ? enveloped(whole) : whole;
    },
  };
}

function notFound(pathname: string) {
  return { status: 404, errorCode: "RESOURCE_NOT_FOUND", parameters: [pathname] };
}

function wrongMethod(method: string) {
  return {
    status: 405,
    errorCode: "METHOD_NOT_ALLOWED",
    detail: `The description has no ${method} on this path.`,
    parameters: [method],
  };
}

/** What Prism cannot do, for instance answer with a status that the description does not have. */
function ownFailure(error: unknown, errors: Errors): Choice {
  const { status, detail, message } = error as Partial<{ status: number; detail: string; message: string }>;
  return errors.api({
    status: status ?? 500,
    errorCode: "MOCK_CANNOT_ANSWER",
    detail: `${detail ?? message ?? error}`,
  });
}

/** An error where there is no operation whose description Prism could hold it against. */
function plain({ status = 500, body }: Choice): Answer {
  return { status, headers: { "content-type": "application/json" }, body };
}

/** The service names the character set of what is versioned. */
function charset(headers: Answer["headers"]): Answer["headers"] {
  const { "content-type": type } = headers;
  return type?.startsWith("application/vnd.atlas.") ? { ...headers, "content-type": `${type};charset=utf-8` } : headers;
}

/** A list keeps its shape and gains the status; anything else is wrapped. */
function enveloped(answer: Answer): Answer {
  const { status, body } = answer;
  const isList = typeof body === "object" && body !== null && "results" in body;
  return { ...answer, body: isList ? { ...body, status } : { status, content: body } };
}
