/** Something that goes wrong with one request. */
export type Fault =
  | Bytes
  | RateLimited
  | Unavailable
  | UnexpectedError
  | Empty
  | Html
  | Answered
  | Reset
  | Slow
  | Stalled
  | Truncated;

/** 429 with the service's body, whose parameters name the wait as well. */
export interface RateLimited {
  /** Which fault this is. */
  readonly kind: "rate-limited";
  /** How long the answer asks to wait, in seconds. @default 1 */
  readonly retryAfterSeconds?: number;
  /**
   * How `Retry-After` says it: in seconds, as a date, or not at all.
   *
   * @default "seconds"
   */
  readonly header?: "seconds" | "date" | "none";
}

/** 503 with an error body. */
export interface Unavailable {
  /** Which fault this is. */
  readonly kind: "unavailable";
  /** Said in `Retry-After`; there is no such header without it. */
  readonly retryAfterSeconds?: number;
}

/** 500 with the service's body. */
export interface UnexpectedError {
  /** Which fault this is. */
  readonly kind: "unexpected-error";
}

/** A status and no body, as gateways answer. */
export interface Empty {
  /** Which fault this is. */
  readonly kind: "empty";
  /** The status of the answer. @default 502 */
  readonly status?: number;
  /**
   * Whether the emptiness is announced by `Content-Length: 0`, or turns out at the end of a chunked body.
   *
   * @default "announced"
   */
  readonly length?: "announced" | "chunked";
}

/** A page for people, as proxies and login walls answer. */
export interface Html {
  /** Which fault this is. */
  readonly kind: "html";
  /** The status of the answer. @default 503 */
  readonly status?: number;
}

/** Whatever a test needs. */
export interface Answered {
  /** Which fault this is. */
  readonly kind: "answer";
  /** The status of the answer. */
  readonly status: number;
  /** By lower-case name. A body that goes out as JSON is `application/json`, unless said otherwise here. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Text and bytes go out as they are, anything else as JSON; nothing goes out without one. */
  readonly body?: unknown;
}

/** These bytes and the end, in place of HTTP. */
export interface Bytes {
  /** Which fault this is. */
  readonly kind: "bytes";
  /** What goes out, as it stands. */
  readonly bytes: string | Uint8Array;
}

/** The connection is reset. */
export interface Reset {
  /** Which fault this is. */
  readonly kind: "reset";
  /**
   * Before the first byte of the answer, or half-way through its body.
   *
   * @default "before-answer"
   */
  readonly when?: "before-answer" | "in-body";
}

/** The true answer, late. */
export interface Slow {
  /** Which fault this is. */
  readonly kind: "slow";
  /** How late it is, in milliseconds. @default 1000 */
  readonly delayMs?: number;
  /**
   * What is late: all of it, or the second half of the body.
   *
   * @default "answer"
   */
  readonly part?: "answer" | "body";
}

/** Nothing comes any more, and the connection stays open. */
export interface Stalled {
  /** Which fault this is. */
  readonly kind: "stalled";
  /**
   * Nothing at all, or nothing after the headers and half of the body.
   *
   * @default "before-answer"
   */
  readonly when?: "before-answer" | "in-body";
}

/** The first half of the body, and an orderly end. */
export interface Truncated {
  /** Which fault this is. */
  readonly kind: "truncated";
  /**
   * Whether `Content-Length` is that of the whole body, so that HTTP itself shows the loss, or that of the half, so that
   * only the JSON does.
   *
   * @default "whole"
   */
  readonly length?: "whole" | "half";
}

/** Which requests meet a fault. */
export interface FaultRule {
  /** By its kind, or with its details. */
  readonly fault: Exclude<Fault["kind"], "answer" | "bytes"> | Fault;
  /** Only requests for this operation. */
  readonly operationId?: string;
  /** Only requests with this method. */
  readonly method?: string;
  /** Only requests whose path and query contain this. */
  readonly path?: string;
  /**
   * Only requests that the mock would let in, or any. The first request of a digest client, which fetches the challenge,
   * is not let in: it neither meets the fault nor counts, unless any does.
   *
   * @default "good"
   */
  readonly credentials?: "good" | "any";
  /** Of the requests that fit, only these: 1 is the first. */
  readonly nth?: number | readonly number[];
  /** Of the requests that fit, only this share, from 0 to 1, drawn from the mock's seed. */
  readonly share?: number;
  /**
   * Whether the service does what was asked before things go wrong; the caller cannot know. A fault that shows some of
   * the true answer always comes after the deed.
   *
   * @default false
   */
  readonly done?: boolean;
}
