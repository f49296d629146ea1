import type { Clock } from "../clock.js";
import type { Errors } from "../errors.js";
import type { Answer, Choice, MockRequest } from "../exchange.js";
import { errorCode } from "../finish.js";
import { type Wire, wireOf } from "../wire.js";
import type { Answered, Empty, Html, RateLimited, Unavailable, UnexpectedError } from "./fault.js";

/** A fault that is an answer, only not the true one. */
export type FalseAnswer = RateLimited | Unavailable | UnexpectedError | Empty | Html | Answered;

const page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>\n";

export function replyTo(request: MockRequest, fault: FalseAnswer, errors: Errors, clock: Clock): Wire {
  switch (fault.kind) {
    case "rate-limited": {
      const { retryAfterSeconds = 1, header = "seconds" } = fault;
      const date = new Date(clock.now() + retryAfterSeconds * 1000).toUTCString();
      const said = { seconds: String(retryAfterSeconds), date, none: undefined }[header];
      return wireOf(answerOf(errors.rateLimited(request.path, retryAfterSeconds), said));
    }
    case "unavailable": {
      const problem = {
        status: 503,
        errorCode: "SERVICE_UNAVAILABLE",
        detail: "The service is temporarily unavailable.",
      };
      return wireOf(answerOf(errors.api(problem), fault.retryAfterSeconds?.toString()));
    }
    case "unexpected-error":
      return wireOf(answerOf(errors.api({ status: 500, errorCode: "UNEXPECTED_ERROR" })));
    case "empty": {
      const isChunked = fault.length === "chunked";
      const headers = isChunked ? { "transfer-encoding": "chunked" } : { "content-length": "0" };
      return { status: fault.status ?? 502, headers, bytes: Buffer.alloc(0) };
    }
    case "html":
      return { status: fault.status ?? 503, headers: { "content-type": "text/html" }, bytes: Buffer.from(page) };
    case "answer": {
      const { status, headers = {}, body } = fault;
      if (typeof body === "string" || body instanceof Uint8Array) return { status, headers, bytes: Buffer.from(body) };
      const type = body === undefined ? {} : { "content-type": "application/json" };
      const wire = wireOf({ status, headers: type, body });
      return { ...wire, headers: { ...wire.headers, ...headers } };
    }
  }
}

function answerOf({ status = 500, headers, body }: Choice, retryAfter?: string): Answer {
  const wait = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  const whole = { status, headers: { "content-type": "application/json", ...headers, ...wait }, body };
  return { ...whole, headers: { ...whole.headers, ...errorCode(whole) } };
}
