import type { Operation } from "@atlas-streams/types";
import { InvalidArgumentError, UnexpectedResponseError } from "../answer/errors.js";
import { asText, writeJson } from "../answer/json.js";
import { type Answer, isSuccess, type PlainHeaders, type Send } from "../call/layer.js";
import { LightRequest } from "./light-request.js";
import { plainRequestOf, responseOf } from "./platform-values.js";

/** What openapi-fetch is given beside the options of a call: what its requests are made of, and what sends them. */
export interface Sender {
  readonly Request?: typeof Request;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** One request by openapi-fetch. */
export type Ask = (
  sender: Sender,
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;

/** What came of it. */
export interface Asked {
  /** What openapi-fetch has read, where it was to read. */
  readonly data?: unknown;
  readonly answer: Answer;
  /** The answer as the platform has it. */
  readonly response: () => Response;
}

/** What openapi-fetch takes for an answer whose body it leaves alone. */
const leftAlone = { status: 204, ok: true, headers: { get: () => null } } as unknown as Response;

/**
 * Between openapi-fetch and the layers are values only: a Request and a Response of the platform's cost as much as sending,
 * and its Headers as much as a layer. So `headers` are those of the request where openapi-fetch need not see them.
 */
export async function askPlainly(ask: Ask, send: Send, headers: PlainHeaders | undefined): Promise<Asked> {
  let answer: Answer | undefined;
  await ask({
    Request: LightRequest as unknown as typeof Request, // all that openapi-fetch uses, where no middleware looks at it
    fetch: async (request) => {
      answer = await send(await (request as unknown as LightRequest).toPlain(headers));
      return leftAlone;
    },
  });
  const answered = answer as unknown as Answer; // openapi-fetch resolves after it has called fetch
  return { answer: answered, response: () => responseOf(answered) };
}

/** Where somebody looks at the request or the answer, both are the platform's. */
export async function askWithPlatform(ask: Ask, send: Send, operation: Operation): Promise<Asked> {
  let given: Response | undefined;
  const { data, error, response } = await ask({
    fetch: async (request) => {
      if (isRead(request))
        throw new InvalidArgumentError(`${operation.operationId}: ${readWithoutClone("request")} Nothing was sent.`);
      given = responseOf(await send(await plainRequestOf(request)));
      return given;
    },
  }).catch((failure: unknown) => {
    if (given && isRead(given)) throw bodyWasRead(operation, given);
    throw failure;
  });
  if (isSuccess(response) && isRead(response) && data instanceof ReadableStream) throw bodyWasRead(operation, response);
  return { data, answer: await answerOf(response, error), response: () => response };
}

/** Whether somebody has read the body, or has begun to. */
function isRead({ bodyUsed, body }: Request | Response): boolean {
  return bodyUsed || body?.locked === true;
}

function readWithoutClone(what: string): string {
  return `a middleware has read the body of the ${what} and left none: let it read ${what}.clone().`;
}

function bodyWasRead(operation: Operation, { status }: Response): UnexpectedResponseError {
  const complaint = readWithoutClone("response");
  return new UnexpectedResponseError(operation, `answered ${status}, but ${complaint}`, { status });
}

/** The answer that middleware has left, perhaps another than the service gave. Of a failed one, openapi-fetch has read the body. */
async function answerOf(response: Response, error: unknown): Promise<Answer> {
  const { status, statusText, headers, bodyUsed } = response;
  const text = isSuccess(response) ? (bodyUsed ? "" : await response.text()) : textOf(error);
  return { status, statusText, headers, bytes: new TextEncoder().encode(text), text };
}

function textOf(error: unknown): string {
  return asText(error) ?? writeJson(error) ?? "";
}
