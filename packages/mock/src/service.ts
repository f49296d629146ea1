import type { Gate } from "./credentials/gate.js";
import type { Errors } from "./errors.js";
import { type Answer, type Call, type Choice, type MockRequest, urlOf } from "./exchange.js";
import { errorCode, finish, shown } from "./finish.js";
import { matcher, type NoMatch, successTypes } from "./operations.js";
import { preferenceOf } from "./prefer.js";
import type { Prism } from "./prism.js";
import type { Buckets } from "./rate.js";
import { malformedNumbers, malformedProject, refuseInvalid } from "./refuse-invalid.js";
import { narrowed } from "./request-kinds.js";
import { longestBody } from "./server.js";
import { isVersioned, negotiate } from "./versions.js";

/** What an operation does beyond what the description says of it; where nothing, Prism's own answer stands. */
export type Behaviours = Readonly<Record<string, (call: Call) => Choice | undefined | Promise<Choice | undefined>>>;

export interface ServiceParts {
  readonly prism: Prism;
  readonly errors: Errors;
  readonly gate: Gate;
  /** A fresh challenge, for a 401 that was preferred. */
  readonly challenge: () => string;
  readonly behaviours: Behaviours;
  /** The projects that there are; any, if not given. */
  readonly projects: ReadonlySet<string> | undefined;
  /** How many requests each project has left; as many as it likes, if not given. */
  readonly buckets: Buckets | undefined;
  /** Where the mock is. */
  readonly ownOrigin: () => string;
}

/** A request that has been found to be for an operation, or the answer to one that is for none. */
export type Reception = { readonly call: Call; readonly refusal: Answer | undefined } | { readonly answer: Answer };

export interface Service {
  /** Finds the operation and checks the credentials. */
  receive(request: MockRequest): Reception;
  /** Does what was asked for. */
  perform(call: Call, refusal: Answer | undefined): Promise<Answer>;
  /** The answer to a request whose body is too long to be read. */
  refuseLong(): Answer;
}

const tooLong = {
  status: 413,
  errorCode: "REQUEST_TOO_LARGE",
  detail: `The body has more than ${longestBody} bytes.`,
  parameters: [longestBody],
};

/**
 * The ladder that every request climbs: credentials, version, project, rate, validity, then what was preferred or what
 * is the case.
 */
export function createService(parts: ServiceParts): Service {
  const { prism, errors, gate, challenge, behaviours, projects, buckets, ownOrigin } = parts;
  const find = matcher(prism.operations);

  function refuseProject(call: Call): Choice | undefined {
    const { groupId } = call.parameters;
    if (groupId === undefined) return undefined;
    const parameters = [groupId];
    if (malformedProject(call)) return errors.api({ status: 404, errorCode: "INVALID_GROUP_ID", parameters });
    if (projects && !projects.has(groupId))
      return errors.api({ status: 404, errorCode: "GROUP_NOT_FOUND", parameters });
    return undefined;
  }

  async function choose(call: Call): Promise<Choice> {
    const violations = [...malformedNumbers(call), ...(await prism.check(narrowed(call)))];
    if (violations.length > 0) return refuseInvalid(call, violations, errors);
    return preferenceOf(call) ?? (await behaviours[call.operation.iid ?? ""]?.(call)) ?? {};
  }

  async function climb(call: Call): Promise<Answer> {
    const offered = successTypes(call.operation);
    const mediaType = negotiate(call.request.headers.accept, offered);
    const answer = (choice: Choice) =>
      prism.answer(call, choice, mediaType).catch((error: unknown) => plain(ownFailure(error, errors)));
    if (isVersioned(offered) && !mediaType) {
      const outdated = errors.api({ status: 406, errorCode: "INVALID_VERSION_DATE" });
      return finish(call, await answer(outdated), { toll: undefined, isProjectKnown: true });
    }
    const noProject = refuseProject(call);
    if (noProject) return finish(call, await answer(noProject), { toll: undefined, isProjectKnown: false });

    const { groupId } = call.parameters;
    const toll = groupId === undefined ? undefined : buckets?.take(groupId);
    const wait = toll?.retryAfterSeconds;
    const given =
      toll && wait !== undefined
        ? plain(errors.rateLimited(call.request.path, wait, toll.rate), { "retry-after": String(wait) })
        : await choose(call)
            .catch((error: unknown) => ownFailure(error, errors))
            .then(answer);
    const challenged = "www-authenticate" in given.headers ? { "www-authenticate": challenge() } : {};
    return finish(call, { ...given, headers: { ...given.headers, ...challenged } }, { toll, isProjectKnown: true });
  }

  return {
    receive(request) {
      const url = urlOf(request);
      const match = find(request.method, url.pathname);
      if ("why" in match) return { answer: shown(url.searchParams, answerTo(match, request, url.pathname, errors)) };
      const { host } = request.headers;
      const own = ownOrigin();
      const origin = host ? own.replace(/\/\/.*/, `//${host}`) : own;
      const call = { ...match, query: url.searchParams, request, origin };
      return { call, refusal: gate(call) };
    },
    async perform(call, refusal) {
      return refusal ? shown(call.query, refusal) : climb(call);
    },
    refuseLong: () => plain(errors.api(tooLong)),
  };
}

/** What a request for no operation gets. */
function answerTo(match: NoMatch, { method }: MockRequest, pathname: string, errors: Errors): Answer {
  switch (match.why) {
    case "malformed path": {
      const detail = `The path ${pathname} has a percent sign that encodes nothing.`;
      return plain(errors.api({ status: 400, errorCode: "BAD_REQUEST", detail, parameters: [pathname] }));
    }
    case "unknown path":
      return plain(errors.api({ status: 404, errorCode: "RESOURCE_NOT_FOUND", parameters: [pathname] }));
    case "other method": {
      const detail = `The description has no ${method} on this path.`;
      const problem = { status: 405, errorCode: "METHOD_NOT_ALLOWED", detail, parameters: [method] };
      return plain(errors.api(problem), { allow: match.allowed.join(", ") });
    }
  }
}

/** What Prism cannot do, or what was preferred and is not described. */
function ownFailure(error: unknown, errors: Errors): Choice {
  const { detail, message } = error as Partial<{ detail: string; message: string }>;
  return errors.api({ status: 500, errorCode: "MOCK_CANNOT_ANSWER", detail: `${detail ?? message ?? error}` });
}

/** An error that is not held against the description of an operation. */
function plain({ status = 500, headers, body }: Choice, more: Answer["headers"] = {}): Answer {
  const answer = { status, headers: { "content-type": "application/json", ...headers, ...more }, body };
  return { ...answer, headers: { ...errorCode(answer), ...answer.headers } };
}
