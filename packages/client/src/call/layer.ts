/** The headers of a request: names in lower case, each once. */
export type PlainHeaders = { readonly [name: string]: string };

/** A request as a value: it can be read and sent as often as one likes. */
export interface PlainRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: PlainHeaders;
  readonly body?: string | undefined;
}

/**
 * The headers of an answer, looked up by their names in lower case: the part of the platform's `Headers` that is read here.
 * One that came several times is one value, joined by commas (RFC 9110, section 5.2).
 */
export interface AnswerHeaders extends Iterable<[name: string, value: string]> {
  get(name: string): string | null;
}

/** An answer that has been read to its end. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
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
