import type { BadRequestDetail } from "@atlas-streams/types";
import { type AnswerFacts, nameErrors, OperationError, type OperationName } from "./errors.js";
import { asRecord, asText, isRecord } from "./json.js";
import { asSentence, clip } from "./text.js";

/** The codes of `ApiError` and its subclasses. */
export type ApiErrorCode = "API" | "AUTHENTICATION" | "PERMISSION" | "NOT_FOUND" | "CONFLICT" | "RATE_LIMIT" | "SERVER";

/**
 * The service refused the call: any answer of 4xx or 5xx. The statuses with a meaning of their own
 * have a subclass; the others, such as 400 and 406, are plain `ApiError`s.
 *
 * The fields beside `status` come from the error body and are undefined where the body did not
 * have them, for example because a proxy answered with HTML; then `excerpt` shows its beginning.
 */
export class ApiError extends OperationError implements AnswerFacts {
  static {
    nameErrors(ApiError, "ApiError");
  }

  /** Which kind of error this is: stable, the same in every copy of this client, and what narrows `AnyAtlasError` to a class. `API` for a status without a class of its own. */
  readonly code: ApiErrorCode = "API";
  declare readonly status: number;
  /** The service's own code, such as `RESOURCE_NOT_FOUND`. */
  declare readonly errorCode: string | undefined;
  /** The service's own sentence about what is wrong. */
  declare readonly detail: string | undefined;
  /** The phrase of the status, such as `Not Found`. */
  declare readonly reason: string | undefined;
  /** What the service filled into `detail`: strings and numbers. */
  declare readonly parameters: readonly unknown[] | undefined;
  /** Which fields of the request were wrong, where the service says so. */
  declare readonly badRequestDetail: BadRequestDetail | undefined;
  /** The media type of the answer. */
  declare readonly contentType: string | undefined;
  declare readonly excerpt: string | undefined;
  declare readonly requestId: string | undefined;
}

/** 401: the credentials are not accepted, or they are not allowed to see this project. */
export class AuthenticationError extends ApiError {
  static {
    nameErrors(AuthenticationError, "AuthenticationError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  override readonly code = "AUTHENTICATION";
}

/** 403: the role is not enough, or the address is not on the IP access list. */
export class PermissionError extends ApiError {
  static {
    nameErrors(PermissionError, "PermissionError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  override readonly code = "PERMISSION";
}

/** 404: no such project or connection. */
export class NotFoundError extends ApiError {
  static {
    nameErrors(NotFoundError, "NotFoundError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  override readonly code = "NOT_FOUND";
}

/** 409: the request contradicts what is there. */
export class ConflictError extends ApiError {
  static {
    nameErrors(ConflictError, "ConflictError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  override readonly code = "CONFLICT";
}

/** 429: too many requests, and the retries are used up or would not fit into the deadline. */
export class RateLimitError extends ApiError {
  static {
    nameErrors(RateLimitError, "RateLimitError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  override readonly code = "RATE_LIMIT";
  /** How long the service asks to wait, from `Retry-After` or from the body, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
}

/** 5xx: the service, or something in front of it, failed. */
export class ServerError extends ApiError {
  static {
    nameErrors(ServerError, "ServerError");
  }

  /** Stable: it narrows `AnyAtlasError` to this class. */
  override readonly code = "SERVER";
  /** How long the service asks to wait, from `Retry-After`, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
}

const classes: { readonly [status: number]: typeof ApiError } = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
};

const advice: { readonly [status: number]: string } = {
  401: " Check the credentials, and that they may see this project.",
  403: " Check the role, and that this address is on the IP access list.",
};

/** The error for an answer of 4xx or 5xx. What is not of the right type in its body is left out. */
export function createApiError(
  operation: OperationName,
  facts: AnswerFacts,
  body: unknown,
  retryAfterMs?: number,
): ApiError {
  const { status, excerpt } = facts;
  const { errorCode, detail, reason, parameters, badRequestDetail } = asRecord(body);
  const ErrorClass = classes[status] ?? (status >= 500 ? ServerError : ApiError);
  const own = {
    ...facts,
    errorCode: shortText(errorCode),
    detail: asText(detail),
    reason: shortText(reason),
    parameters: Array.isArray(parameters) ? parameters : undefined,
    badRequestDetail: isRecord(badRequestDetail) ? badRequestDetail : undefined,
    ...((status === 429 || status >= 500) && { retryAfterMs }),
  };
  const said = own.detail ?? own.reason ?? excerpt ?? "nothing that could be read.";
  const message = [
    `${describeStatus(status, own.errorCode)}: ${asSentence(clip(said, longestSaid))}`,
    ...describeFields(badRequestDetail),
  ].join(" ");
  return new ErrorClass(operation, message + (advice[status] ?? ""), own);
}

const mostFields = 20;
const longestSaid = 1000;
/** Longer than any code or phrase of the service's. */
const longestCode = 200;

/** A text that is a code or a phrase, where it is one. */
export function shortText(value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined ? undefined : clip(text, longestCode);
}

/** One sentence for each field that the service complains of. */
function describeFields(badRequestDetail: unknown): string[] {
  const { fields } = asRecord(badRequestDetail);
  const violations = Array.isArray(fields) ? fields.slice(0, mostFields).map(asRecord) : [];
  return violations.map(({ field, description }) => asSentence(`${shortText(field)}: ${shortText(description)}`));
}

/** `answered 404 RESOURCE_NOT_FOUND`, as far as it is known. */
export function describeStatus(status: number, errorCode: string | undefined): string {
  return `answered ${status}${errorCode ? ` ${errorCode}` : ""}`;
}
