import { AtlasError, type CauseOptions, ConnectionError, UnexpectedResponseError } from "../answer/errors.js";
import { plainCause } from "../answer/plain-cause.js";
import { redact } from "../answer/redact.js";
import { isUnsent, systemFailures } from "../answer/system-failure.js";
import { asSentence } from "../answer/text.js";
import type { Exchange, Transport, WireAnswer } from "../transport/transport.js";
import type { Call } from "./call.js";
import { isFinalStatus } from "./layer.js";
import type { Limit } from "./limit.js";

/** Statuses that prove that the service has not acted. */
const untouched = new Set([401, 429]);
const proxyAuthenticationRequired = 407;

/** One sending of a call: what its transport tells of it, and the errors that it can end with. */
export class Sending implements Exchange {
  readonly isRepeatable: boolean;
  readonly maxAnswerBytes: number;
  readonly #call: Call;
  readonly #limit: Limit;
  #hasLeft = false;
  #isInDoubt = false;
  #status: number | undefined;

  constructor(call: Call, limit: Limit, maxAnswerBytes: number) {
    this.#call = call;
    this.#limit = limit;
    this.isRepeatable = call.operation.repeatable;
    this.maxAnswerBytes = maxAnswerBytes;
  }

  get signal(): AbortSignal {
    return this.#limit.signal;
  }

  onEnd(callback: () => void): void {
    this.#limit.onEnd(callback);
  }

  throwIfEnded(): void {
    this.#limit.throwIfEnded();
  }

  left(): void {
    if (!this.#hasLeft) this.#call.doubts++;
    this.#hasLeft = true;
    this.#isInDoubt = true;
  }

  answered(status: number): void {
    this.#status = status;
  }

  unexpected(complaint: string): Error {
    const status = this.#status ?? 0;
    return new UnexpectedResponseError(this.#call.operation, `answered ${status}, but ${complaint}`, { status });
  }

  tooLarge(): Error {
    return this.unexpected(
      `its body is larger than ${this.maxAnswerBytes} bytes. Raise maxAnswerBytes if that is right.`,
    );
  }

  /** Takes an answer for what it proves, or throws where it is none of the service's. */
  settle({ status }: WireAnswer): void {
    if (status === proxyAuthenticationRequired || !this.#hasLeft) throw this.#proxyError(status);
    if (untouched.has(status)) this.#neverActed();
    if (!isFinalStatus(status)) throw this.unexpected("that is no status of an answer.");
  }

  /** Whatever went wrong, as an error of this client. */
  asOperationError(error: unknown, { tellsWhatLeft }: Transport): unknown {
    if (error instanceof AtlasError || this.#limit.ended) return error;
    if (!tellsWhatLeft && isUnsent(error)) this.#neverActed();
    const codes = systemFailures(error).map(({ code }) => code);
    const secrets = this.#call.secrets;
    const cause = plainCause(error, secrets, (text) => this.#withoutIds(text));
    const why = redact(codes[0] ?? deepestMessage(cause), secrets);
    const message = `${this.#describeEnd()}: ${asSentence(why)} Check the base URL, the network and the proxy.`;
    // The parser's error holds the bytes that it could not read, whatever is in them.
    const isParser = codes.some((code) => code.startsWith("HPE_"));
    return this.#connectionError(message, isParser ? {} : { cause });
  }

  /** Some runtimes put the URL into their errors, and the ids with it: the path template takes the place of the path. */
  #withoutIds(text: string): string {
    const { operation, sent } = this.#call;
    return sent.reduce((said, { url }) => {
      const { pathname, search } = new URL(url);
      return said.replaceAll(pathname + search, operation.path).replaceAll(pathname, operation.path);
    }, text);
  }

  #proxyError(status: number): ConnectionError {
    this.#neverActed();
    const what =
      status === proxyAuthenticationRequired ? "The proxy wants credentials of its own" : "The proxy refused";
    return this.#connectionError(`could not be sent: ${what}, with status ${status}. Check the proxy.`);
  }

  #connectionError(message: string, options?: CauseOptions): ConnectionError {
    const facts = { unsent: this.#call.doubts === 0, status: this.#status };
    return new ConnectionError(this.#call.operation, message, facts, options);
  }

  #describeEnd(): string {
    if (this.#status) return `answered ${this.#status} and broke off`;
    return this.#isInDoubt ? "broke off" : "could not be sent";
  }

  /** What may have left has had no effect. */
  #neverActed(): void {
    if (this.#isInDoubt) this.#call.doubts--;
    this.#isInDoubt = false;
  }
}

function deepestMessage({ cause, message }: Error): string {
  return cause instanceof Error ? deepestMessage(cause) : message;
}
