/** The headers of a request: names in lower case, each once. */
export type PlainHeaders = { readonly [name: string]: string };

/** A request as a value: it can be read and sent as often as one likes. */
export interface PlainRequest {
  /** The HTTP method, such as `GET`. */
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** Its headers: names in lower case, each once. */
  readonly headers: PlainHeaders;
  /** The body as text, where there is one. */
  readonly body?: string | undefined;
}

/**
 * The headers of an answer, looked up by their names in lower case: the part of the platform's `Headers` that is read here.
 * One that came several times is one value, joined by commas (RFC 9110, section 5.2).
 */
export interface AnswerHeaders extends Iterable<[name: string, value: string]> {
  /** The value of a header, by its name in lower case; null where it is not there. */
  get(name: string): string | null;
}

/** An answer that has been read to its end. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The phrase of the status, such as `Not Found`. */
  readonly statusText: string;
  /** Its headers: names in lower case. */
  readonly headers: AnswerHeaders;
  /** The body, its content codings undone. */
  readonly bytes: Uint8Array;
  /** The body as UTF-8, without a byte order mark. */
  readonly text: string;
}

/** What every layer sees of the network: one request in, one answer out. */
export type Send = (request: PlainRequest) => Promise<Answer>;

/** A function around `Send`: it may change the request, judge the answer, or send again. */
export type Layer = (next: Send) => Send;

/** Whether an answer is a success by its status (RFC 9110, section 15.3). */
export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status <= 299;
}

/** Whether a number is the status of an answer, rather than of what precedes one, or none at all. */
export function isFinalStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 599;
}
