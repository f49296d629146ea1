import type { AtlasClient, CallOptions } from "@atlas-streams/client";
import { type Operation, operationTable } from "@atlas-streams/types";
import { type Case, cases, findCase } from "../description.js";
import { callMethod, hasMethod } from "../methods.js";

/** An operation of the Administration API, and a call of it that the description says succeeds. */
export interface CallableOperation extends Operation {
  readonly example: Case;
}

/** Every operation of the table, so that one that is added is held to the same promises. */
export const operations: readonly CallableOperation[] = operationTable
  .filter(({ path }) => path.startsWith("/api/atlas/"))
  .map((operation) => ({ ...operation, example: successOf(operation) }));

/** `describe.each` fodder: the operation's id, and the operation. */
export const namedOperations = operations.map((operation) => [operation.operationId, operation] as const);

export const repeatable = namedOperations.filter(([, operation]) => operation.repeatable);
export const unrepeatable = namedOperations.filter(([, operation]) => !operation.repeatable);

/** Reading one connection: the operation that tells the stories which are the same for all. */
export const getOne = find("getGroupStreamPrivateLinkConnection");
/** Writes: one with a body, and one whose answer promises nothing. */
export const create = find("createGroupStreamPrivateLinkConnection");
export const deleteOne = find("deleteGroupStreamPrivateLinkConnection");

/** The connection that the examples of the operations name, in a state and of a kind in which each of them is allowed. */
export const idle = {
  ...(findCase("getGroupStreamPrivateLinkConnection 200 state-idle").value as object),
  _id: (getOne.example.value as { readonly _id: string })._id,
};

export function find(operationId: string): CallableOperation {
  const found = operations.find((operation) => operation.operationId === operationId);
  if (!found) throw new Error(`the description has no ${operationId}`);
  return found;
}

function successOf({ operationId }: Operation): Case {
  const found = cases.find((each) => each.operationId === operationId && each.status < 300);
  if (!found) throw new Error(`the description has no success of ${operationId}`);
  return found;
}

/** What raw gives back, where the operation is only known when the test runs. */
export interface RawAnswer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

type UntypedCall = (path: string, init: object) => Promise<RawAnswer>;

/** Calls an operation through raw, with the description's own parameters and body. */
export async function callRaw(
  atlas: AtlasClient,
  { method, path, example }: CallableOperation,
  { query, ...options }: CallOptions & { readonly query?: object } = {},
): Promise<RawAnswer> {
  const call = (atlas.raw as unknown as { readonly [method: string]: UntypedCall })[method];
  if (!call) throw new Error(`raw has no ${method}`);
  const { parameters, body } = example;
  const params = { path: parameters.path, query: { ...parameters.query, ...query } };
  return call(path, { ...options, params, body });
}

/** The operation's own method on the client, where it has one. */
export function methodOf({ example }: CallableOperation): ((atlas: AtlasClient) => Promise<unknown>) | undefined {
  return hasMethod(example) ? (atlas) => callMethod(atlas, example, {}) : undefined;
}

/** Calls an operation: the data, or a throw. Through raw, where an error that is no `Error` is what the service said. */
export async function call(atlas: AtlasClient, operation: CallableOperation, options?: CallOptions): Promise<unknown> {
  const { data, error } = await callRaw(atlas, operation, options);
  if (error) throw error;
  return data;
}
