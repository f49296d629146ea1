import { property } from "./json.js";
import { isErrorLike, plainCause } from "./plain-cause.js";
import { clip, onOneLine } from "./text.js";

/** Marks the errors of this client, whichever copy of it made them. */
const brand = Symbol.for("@atlas-streams/client.error");
/** Longer than any message that a reader has use for. */
const longestMessage = 10_000;
/** How many causes a log shows: they may be a ring. */
const mostCauses = 5;

/** Gives the errors of a class their name. Not by assignment, which fails where the intrinsics are frozen. */
export function nameErrors(ErrorClass: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(ErrorClass.prototype, "name", { value: name, configurable: true, writable: true });
}

/** Whether it is an error of this client, be it of another copy. */
export function isOurs(value: unknown): value is object {
  return typeof value === "object" && value !== null && property(value, brand) === true;
}

/** `instanceof` for a class of errors: an error of another copy is of the class that has the same name there. */
function isInstance(this: { readonly prototype: Error }, value: unknown): boolean {
  if (!isOurs(value)) return false; // nothing else is asked of what may be anything, such as a Proxy that throws
  if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
  const { prototype } = this;
  if (!Object.hasOwn(prototype, "name")) return false;
  let each: object | null = Object.getPrototypeOf(value);
  while (each && !(Object.hasOwn(each, "name") && property(each, "name") === prototype.name))
    each = Object.getPrototypeOf(each);
  return each !== null;
}

function inJson(error: object, depth: number): object {
  const cause = property(error, "cause");
  const { name, message, code } = (isOurs(error) ? error : plainCause(error, [])) as Error & { code?: unknown };
  const own = isOurs(error) ? { ...error } : code !== undefined && { code };
  return { ...own, name, message, ...(isErrorLike(cause) && depth > 0 && { cause: inJson(cause, depth - 1) }) };
}

/** What an error came of. Not the language's `ErrorOptions`, which those who compile for ES2021 and older do not have. */
export interface CauseOptions {
  readonly cause?: unknown;
}

/** Which operation an error is about: the method and the path template, never the ids in it. */
export interface OperationName {
  readonly method: string;
  readonly path: string;
}

/**
 * The root of everything that this client throws, save a caller's own abort reason.
 *
 * `code` is stable and narrows as `instanceof` does; both know the errors of another copy of this
 * client, as a bundle or a test runner may have one. No error holds a secret, a token, an
 * `Authorization` header or a request body. A message is one line: what would end it, or control a
 * terminal, is spelt out.
 */
export abstract class AtlasError extends Error {
  static {
    nameErrors(AtlasError, "AtlasError");
    Object.defineProperty(AtlasError.prototype, brand, { value: true });
    Object.defineProperty(AtlasError, Symbol.hasInstance, { value: isInstance });
  }

  /** Which kind of error this is, such as `NOT_FOUND`: stable, the same in every copy of this client, and what narrows `AnyAtlasError` to a class. */
  abstract readonly code: string;

  constructor(message: string, facts: object = {}, options?: CauseOptions) {
    super(onOneLine(clip(String(message), longestMessage)), options);
    Object.assign(this, facts);
  }

  /** What a log line shows: the message and the chain of causes too, which `JSON.stringify` would leave out of an error. */
  toJSON(): object {
    return inJson(this, mostCauses);
  }
}

/** An argument was refused before anything was sent: a malformed id, an option out of range, credentials that are missing. */
export class InvalidArgumentError extends AtlasError {
  static {
    nameErrors(InvalidArgumentError, "InvalidArgumentError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  readonly code = "INVALID_ARGUMENT";
}

/** An error that belongs to one operation. */
export abstract class OperationError extends AtlasError {
  static {
    nameErrors(OperationError, "OperationError");
  }

  /** The HTTP method, such as `GET`. */
  declare readonly method: string;
  /** The path template, such as `/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}`. */
  declare readonly path: string;

  constructor({ method, path }: OperationName, message: string, facts?: object, options?: CauseOptions) {
    super(`${method} ${path} ${message}`, { method, path, ...facts }, options);
  }
}

/** The service could not be reached, or the connection broke before the whole answer was there. The `cause` has the name, message and code of the network's own error. */
export class ConnectionError extends OperationError {
  static {
    nameErrors(ConnectionError, "ConnectionError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  readonly code = "CONNECTION";
  /**
   * True where the request provably never left, so that nothing can have come of it: the host has no address, the
   * connection was refused, the TLS handshake failed, a proxy refused. With a `fetch` of your own it is only true
   * where the error of that fetch proves it.
   */
  declare readonly unsent: boolean;
  /** The HTTP status, where the answer broke off after it. */
  declare readonly status: number | undefined;
}

/** No whole answer came in time: `timeoutMs` for one attempt, `deadlineMs` for the call with its waits. Unless it was `unsent`, whether the service acted on the request is not known. */
export class TimeoutError extends OperationError {
  static {
    nameErrors(TimeoutError, "TimeoutError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  readonly code = "TIMEOUT";
  /** True where the request provably never left: the time ran out while it was connecting, or waited for a connection. */
  declare readonly unsent: boolean;
}

/** What an answer said of itself, whatever its body was worth. */
export interface AnswerFacts {
  /** The HTTP status, or the one in the envelope. */
  readonly status: number;
  /** The media type of the answer. */
  readonly contentType?: string | undefined;
  /** The beginning of a body that could not be understood, at most 200 characters, secrets taken out. */
  readonly excerpt?: string | undefined;
  /** The answer's `X-Request-Id`, if it had one. */
  readonly requestId?: string | undefined;
}

/** The answer is not what the operation promises: HTML, an empty or broken body, a redirect, another type. */
export class UnexpectedResponseError extends OperationError implements AnswerFacts {
  static {
    nameErrors(UnexpectedResponseError, "UnexpectedResponseError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  readonly code = "UNEXPECTED_RESPONSE";
  declare readonly status: number;
  /** The media type of the answer. */
  declare readonly contentType: string | undefined;
  declare readonly excerpt: string | undefined;
  declare readonly requestId: string | undefined;
}

/** No way to log in: the token endpoint refused, or the challenge is one that these credentials cannot answer. The call itself did nothing: it was not sent, or it was answered with a 401. */
export class CredentialError extends OperationError {
  static {
    nameErrors(CredentialError, "CredentialError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  readonly code = "CREDENTIAL";
  /** The HTTP status of the refusal, if it was an answer. */
  declare readonly status: number | undefined;
  /** OAuth's `error`, such as `invalid_client`, or the API's `errorCode`, such as `RATE_LIMITED`. */
  declare readonly errorCode: string | undefined;
  /** OAuth's `error_description`, or the API's `detail`. */
  declare readonly detail: string | undefined;
}
