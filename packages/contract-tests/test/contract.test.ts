import {
  ApiError,
  type AtlasClient,
  AuthenticationError,
  ConflictError,
  CredentialError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from "@atlas-streams/client";
import { operationTable } from "@atlas-streams/types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, cases, keyOf } from "./description.js";
import { listen } from "./honest/listen.js";
import { callMethod, hasMethod, methodNames } from "./methods.js";
import { type CredentialKind, startTarget, type Target } from "./target.js";

// Prism by itself refuses a true digest header: prism.test.ts holds it to that.
const kinds: readonly CredentialKind[] = process.env.CONTRACT_URL
  ? ["a service account"]
  : ["a service account", "digest"];
const named = (chosen: readonly Case[]) => chosen.map((each) => [keyOf(each), each] as const);
const apiCases = cases.filter(({ path }) => path.startsWith("/api/atlas/"));
const oauthCases = cases.filter(({ path }) => path.startsWith("/api/oauth/"));
const covered = new Set<string>();
let target: Target;
// One client each, as an application has it: a client for every case would use up the tokens that an account may have.
let clients: Record<CredentialKind, AtlasClient>;

beforeAll(async () => {
  target = await startTarget();
  clients = { "a service account": target.connect("a service account"), digest: target.connect("digest") };
});

afterAll(() => target.stop());

describe.each(kinds)("with %s, raw gives back the documented answer", (kind) => {
  test.each(named(apiCases))("%s", async (key, each) => {
    const { data, error, response } = await callRaw(clients[kind], each);
    expect(response.status).toBe(each.status);
    for (const name of Object.keys(each.headers)) expect(response.headers.get(name), name).toBeTruthy();
    expect(each.status < 300 ? (data ?? {}) : error).toEqual(each.value ?? {});
    expect(each.status < 300 ? error : data).toBeUndefined();
    covered.add(key);
  });
});

describe.each(kinds)("with %s, the resource's method gives back the value or throws the error", (kind) => {
  test.each(named(apiCases.filter(hasMethod)))("%s", async (_key, each) => {
    const answer = callMethod(clients[kind], each, preferenceFor(each));
    if (each.status < 300) return expect((await answer) ?? {}).toEqual(each.value ?? {});
    const error = await failure(answer);
    expect(error).toBeInstanceOf(classOf(each));
    expect(error).toMatchObject(factsOf(each));
  });
});

describe("the credentials meet the documented answer", () => {
  test.each(named(oauthCases))("%s", async (key, each) => {
    const atlas = target.connect("a service account", { path: each.path, answer: preferenceFor(each).prefer ?? "" });
    const events = listen("token", atlas);
    const call = async () => {
      await callRaw(atlas, readable());
      await atlas.close(); // tells what went wrong, rather than throw it
      for (const { error } of events) if (error) throw error;
    };
    if (each.status < 300) {
      await call();
    } else {
      const error = await failure(call());
      expect(error).toBeInstanceOf(CredentialError);
      expect(error).toMatchObject(refusalIn(each));
    }
    covered.add(key);
  });
});

describe("nothing is left out", () => {
  test("every operation of the table stands in the description with an example of each answer that has a body", () => {
    expect(new Set(cases.map(({ operationId }) => operationId))).toEqual(
      new Set(operationTable.map(({ operationId }) => operationId)),
    );
    expect(cases.filter(({ example, status }) => !example && status >= 300).map(keyOf)).toEqual([]);
  });

  test("every operation of the Administration API has a method, and every method one operation", () => {
    expect(apiCases.filter((each) => !hasMethod(each)).map(keyOf)).toEqual([]);
    expect(new Set(methodNames()).size).toBe(new Set(apiCases.map(({ operationId }) => operationId)).size);
  });

  test("every operation, status and example of the description has come back through the client", () => {
    expect(cases.map(keyOf).filter((key) => !covered.has(key))).toEqual([]);
  });
});

type UntypedCall = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

function callRaw(atlas: AtlasClient, each: Case) {
  // The operation is only known when the test runs, so the types of raw cannot help here.
  const call = (atlas.raw as unknown as { readonly [method: string]: UntypedCall })[each.method];
  if (!call) throw new Error(`raw has no ${each.method}`);
  return call(each.path, { params: each.parameters, body: each.body, headers: preferenceFor(each) });
}

function preferenceFor({ operationId, status, example }: Case) {
  const accept = operationTable.find((operation) => operation.operationId === operationId)?.accept ?? "";
  return target.prefer(`code=${status}${example ? `, example=${example}` : ""}`, accept);
}

/** Any call that succeeds: what a token is wanted for. */
function readable(): Case {
  const found = apiCases.find(({ method, status }) => method === "GET" && status === 200);
  if (!found) throw new Error("the description has nothing that can be read");
  return found;
}

async function failure(answer: Promise<unknown>): Promise<unknown> {
  const value = await answer.catch((error: unknown) => error);
  expect(value).toBeInstanceOf(Error);
  return value;
}

const classes: { readonly [status: number]: typeof ApiError } = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
};

function classOf({ status }: Case): typeof ApiError {
  return classes[status] ?? (status >= 500 ? ServerError : ApiError);
}

/** The error body's own fields, save its copy of the status, and what the error is about. */
function factsOf({ value, status, method, path }: Case): object {
  const { error: _status, ...words } = value as { error: number };
  return { ...words, status, method, path };
}

/** OAuth's error body, or the API's where the endpoint is over its limit. */
function refusalIn({ status, value }: Case) {
  const body = value as { error?: unknown; errorCode?: unknown; error_description?: unknown; detail?: unknown };
  return {
    status,
    errorCode: body.errorCode ?? body.error,
    detail: body.error_description ?? body.detail,
  };
}
