import {
  ApiError,
  type AtlasClient,
  AuthenticationError,
  ConflictError,
  createClient,
  digest,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  serviceAccount,
} from "@atlas-streams/client";
import { expect, test } from "vitest";
import type { Case } from "../description.js";
import { callMethod, hasMethod } from "../methods.js";
import { caseOf, type Recording, recordings, titled } from "./recordings.js";
import { replay } from "./replay.js";

/** All whose body was kept: of an operation that is not described, an error is still an error. */
const kept = recordings.filter(({ body }) => body !== undefined);
const isError = ({ status }: Recording) => status >= 400;
const isOurs = ({ operation, body }: Recording) => operation !== undefined || body === "";

test.each(titled(kept.filter((each) => !isError(each) && isOurs(each))))(
  "Replayed byte by byte, %s comes out as the value that it is",
  async (_title, recording) => {
    const atlas = await clientOf(recording);
    const each = caseOf(recording);
    const value = recording.body ? JSON.parse(recording.body) : {};
    const { data, error, response } = await callRaw(atlas, each);
    expect([response.status, error, data ?? {}]).toEqual([recording.status, undefined, value]);
    expectHeaders(response, recording);
    if (!hasMethod(each)) return;
    const answer = await callMethod(atlas, each, {});
    expect(answer ?? {}).toEqual(value);
  },
);

test.each(titled(kept.filter(isError)))(
  "Replayed byte by byte, %s comes out as the error that it is",
  async (_title, recording) => {
    const atlas = await clientOf(recording);
    const each = caseOf(recording);
    const body = JSON.parse(recording.body || "{}");
    const { data, error, response } = await callRaw(atlas, each);
    expect([response.status, data]).toEqual([recording.status, undefined]);
    if (recording.body) expect(error).toEqual(body);
    else expect(error).toBeTruthy();
    expectHeaders(response, recording);
    if (!hasMethod(each)) return;
    const thrown = await callMethod(atlas, each, {}).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toBeInstanceOf(classOf(recording));
    const { status, errorCode, detail, reason, parameters } = thrown as ApiError;
    expect({ status, errorCode, detail, reason, parameters }).toEqual({
      status: recording.status,
      errorCode: body.errorCode,
      detail: body.detail,
      reason: body.reason,
      parameters: body.parameters ?? undefined,
    });
  },
);

async function clientOf(recording: Recording) {
  // A service account takes a 401 for the end of its token; a digest client meets it first.
  const auth =
    recording.status === 401
      ? digest({ publicKey: "any", privateKey: "any" })
      : serviceAccount({ clientId: "any", clientSecret: "any" });
  return createClient({ baseUrl: await replay(recording), auth, retry: false });
}

type UntypedCall = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

function callRaw(atlas: AtlasClient, { method, path, parameters, body }: Case) {
  // The operation is only known when the test runs, so the types of raw cannot help here.
  const call = (atlas.raw as unknown as { readonly [method: string]: UntypedCall })[method];
  if (!call) throw new Error(`raw has no ${method}`);
  return call(path, { params: parameters, body });
}

function classOf({ status }: Recording): typeof ApiError {
  const classes = new Map<number, typeof ApiError>([
    [401, AuthenticationError],
    [403, PermissionError],
    [404, NotFoundError],
    [409, ConflictError],
    [429, RateLimitError],
  ]);
  return classes.get(status) ?? (status >= 500 ? ServerError : ApiError);
}

function expectHeaders({ headers }: Response, recording: Recording): void {
  for (const [name, value] of Object.entries(recording.headers)) expect(headers.get(name), name).toBe(value);
}
