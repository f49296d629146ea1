import type { Operation } from "@atlas-streams/types";
import { keepBody } from "../answer/body.js";
import { AtlasError, ConnectionError, type OperationName, UnexpectedResponseError } from "../answer/errors.js";
import { deepestCause, plainCause } from "../answer/plain-cause.js";
import { keepSecrets, secretsIn } from "../answer/redact.js";
import type { Call } from "./call.js";
import { reportRequest } from "./events.js";
import type { Fetch } from "./layer.js";
import type { NetworkFetch } from "./options.js";

/**
 * Sends a request once and reads its answer to the end, within the limit of one attempt. A body that
 * breaks off is a failed attempt, so that it can be repeated like any other. The body is kept: see `bodyOf`.
 */
export function attempt(call: Call, fetch: NetworkFetch): Fetch {
  const { operation } = call;
  return async (request) => {
    const limit = call.startAttempt();
    const report = reportRequest(operation);
    try {
      const response = await limit.race(exchange(operation, fetch, request, limit.signal));
      report?.({ status: response.status });
      return response;
    } catch (cause) {
      const error = limit.signal.aborted ? limit.signal.reason : cause;
      report?.({ error });
      throw error;
    } finally {
      limit.release();
    }
  };
}

async function exchange(
  operation: Operation,
  fetch: NetworkFetch,
  request: Request,
  signal: AbortSignal,
): Promise<Response> {
  const body = request.body && (await request.clone().text());
  const secrets = () => [...secretsIn(request.headers.get("authorization")), ...(body ? [body] : [])];
  let status: number | undefined;
  try {
    signal.throwIfAborted(); // reading the body took its time
    const response = await fetch(request, { signal, redirect: "manual" });
    status = response.status;
    const text = await response.text();
    if (status < 200 || status > 599)
      throw new UnexpectedResponseError(operation, `answered ${status}, which is no status of an answer.`, { status });
    keepBody(response, text);
    keepSecrets(response, secrets);
    return response;
  } catch (cause) {
    throw asOperationError(operation, cause, secrets(), status);
  }
}

/** Failures that happen before the first byte leaves, where it was the connecting that failed. */
const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function asOperationError(
  operation: OperationName,
  error: unknown,
  secrets: readonly string[],
  status?: number,
): AtlasError {
  if (error instanceof AtlasError) return error;
  const failures = lastFailures(error);
  const codes = failures.map(({ code }) => `${code}`);
  const unsent =
    failures.length > 0 &&
    failures.every(({ code, syscall }) => beforeSending.has(`${code}`) && !/read|write|send/.test(`${syscall}`));
  const what = status ? `answered ${status} and broke off` : unsent ? "could not be sent" : "broke off";
  const cause = plainCause(error, secrets);
  const message = `${what}: ${codes[0] ?? reasonOf(cause)}. Check the base URL, the network and the proxy.`;
  // The parser's error holds the bytes that it could not read, whatever is in them.
  const isParser = codes.some((code) => code.startsWith("HPE_"));
  return new ConnectionError(operation, message, { unsent, status }, isParser ? {} : { cause });
}

function reasonOf({ cause, message }: Error): string {
  return cause instanceof Error ? reasonOf(cause) : message;
}

interface SystemFailure extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: unknown;
}

/** What has a code at the end of the chain of causes; more than one where several addresses were tried. */
function lastFailures(error: unknown, depth = 0): SystemFailure[] {
  if (!(error instanceof Error) || depth > deepestCause) return [];
  const { code, errors, cause } = error as SystemFailure;
  if (Array.isArray(errors) && errors.length > 0) return errors.flatMap((each) => lastFailures(each, depth + 1));
  return typeof code === "string" ? [error] : lastFailures(cause, depth + 1);
}
