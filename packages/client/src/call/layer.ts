/** The headers of a request or an answer: names in lower case, each once. */
export type PlainHeaders = { readonly [name: string]: string };

/** A request as a value: it can be read and sent as often as one likes. */
export interface PlainRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: PlainHeaders;
  readonly body?: string | undefined;
}

/** An answer that has been read to its end. A header that came several times is one value, joined by commas (RFC 9110, section 5.2). */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: PlainHeaders;
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
