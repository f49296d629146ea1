import { STATUS_CODES } from "node:http";
import type { IHttpOperation } from "@stoplight/types";
import type { Choice } from "./exchange.js";
import { examplesOf } from "./operations.js";
import type { Rate } from "./rate.js";

/** What is to be said in the service's error body. */
export interface Problem {
  readonly status: number;
  readonly errorCode: string;
  /** What the text is about; takes the place of the parameters of the description's example, in its text too. */
  readonly parameters?: readonly (string | number)[];
  /** Instead of the text of the description's example. */
  readonly detail?: string;
  /** The fields that were wrong, for `badRequestDetail`. */
  readonly fields?: readonly { readonly field: string; readonly description: string }[];
}

/** Says what is wrong in the service's words, as far as the description has them as examples. */
export interface Errors {
  /** In the body of the Administration API. */
  api(problem: Problem): Choice;
  /** 429, in the words for the path, naming the wait; a rate of the description's, unless another one holds. */
  rateLimited(path: string, retryAfterSeconds: number, rate?: Rate): Choice;
  /** In the body of OAuth. */
  oauth(status: number, error: string): Choice;
  /** The rate that the description's example tells of. */
  readonly describedRate: Rate;
}

interface ApiErrorExample {
  readonly error: number;
  readonly errorCode: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly parameters?: readonly (string | number)[];
}

const tokenBucket = "RATE_LIMITED_TOKEN_BUCKET";

interface TokenErrorExample {
  readonly error: string;
}

export function errorsOf(operations: readonly IHttpOperation[]): Errors {
  const examples = operations.flatMap((operation) => [...examplesOf(operation, (code) => /^[45]/.test(code)).values()]);
  // One code may stand for errors of several statuses: UNEXPECTED_ERROR does.
  const apiErrors = new Map(
    examples.filter(isApiError).map((example) => [keyOf(example.error, example.errorCode), example]),
  );
  const tokenErrors = new Map(examples.filter(isTokenError).map((example) => [example.error, example]));

  const described = apiErrors.get(keyOf(429, tokenBucket))?.parameters ?? [];
  const [capacity = Number.NaN, refill = Number.NaN, seconds = Number.NaN] = described.slice(2).map(Number);
  const describedRate = { capacity, refill, perMs: seconds * 1000 };

  const errors: Errors = {
    api({ status, errorCode, parameters = [], detail, fields }) {
      const body = {
        ...(fields && { badRequestDetail: { fields } }),
        detail: detail ?? textAbout(apiErrors.get(keyOf(status, errorCode)), parameters),
        error: status,
        errorCode,
        parameters,
        reason: STATUS_CODES[status] ?? "Unknown",
      };
      return { status, body };
    },
    describedRate,
    rateLimited(path, retryAfterSeconds, rate = describedRate) {
      const pathname = path.replace(/\?.*/, "");
      if (!pathname.startsWith("/api/atlas/")) {
        const { parameters = [] } = apiErrors.get(keyOf(429, "RATE_LIMITED")) ?? {};
        return errors.api({ status: 429, errorCode: "RATE_LIMITED", parameters: [pathname, ...parameters.slice(1)] });
      }
      const { capacity, refill, perMs } = rate;
      const parameters = [pathname.slice(1), retryAfterSeconds, capacity, refill, perMs / 1000];
      const headers = { "ratelimit-limit": String(capacity), "ratelimit-remaining": "0" };
      return { ...errors.api({ status: 429, errorCode: tokenBucket, parameters }), headers };
    },
    oauth(status, error) {
      return {
        status,
        body: tokenErrors.get(error) ?? { error, error_description: STATUS_CODES[status] ?? "Unknown" },
      };
    },
  };
  return errors;
}

function keyOf(status: number, errorCode: string): string {
  return `${status} ${errorCode}`;
}

/** The example's text with our parameters where its own stood. */
function textAbout(example: ApiErrorExample | undefined, parameters: readonly (string | number)[]): string {
  if (!example?.detail) return "";
  const swaps = new Map(
    (example.parameters ?? []).map((old, index) => [String(old), String(parameters[index] ?? old)]),
  );
  if (swaps.size === 0) return example.detail;
  const olds = [...swaps.keys()]
    .sort((one, other) => other.length - one.length)
    .map((old) => old.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return example.detail.replace(new RegExp(`(?<!\\w)(${olds.join("|")})(?!\\w)`, "g"), (old) => swaps.get(old) ?? old);
}

function isApiError(value: unknown): value is ApiErrorExample {
  return typeof value === "object" && value !== null && "errorCode" in value;
}

function isTokenError(value: unknown): value is TokenErrorExample {
  return typeof value === "object" && value !== null && !("errorCode" in value) && "error" in value;
}
