import type { IHttpOperation } from "@stoplight/types";
import type { MockRequest } from "./mock-request.js";

export type { MockRequest } from "./mock-request.js";

/** The path and query of a request, taken apart; the host is made up. */
export function urlOf({ path }: Pick<MockRequest, "path">): URL {
  return new URL(`http://mock${path.startsWith("/") ? path : "/"}`);
}

/** A request that belongs to an operation of the description. */
export interface Call {
  readonly operation: IHttpOperation;
  /** The path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly request: MockRequest;
  /** Where the caller found the mock: what links begin with. */
  readonly origin: string;
}

/** What goes back, before it is put on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; nothing is sent without one. */
  readonly body?: unknown;
  /** Whether the JSON is laid out for people. */
  readonly isIndented?: boolean;
}

/** Which of an operation's answers to give; Prism fills in what is left out. */
export interface Choice {
  /** The lowest 2xx of the operation, unless said otherwise. */
  readonly status?: number;
  /** A body of the mock's own. It takes the place of the description's examples, and has to be valid as they have. */
  readonly body?: unknown;
  /** The name of an example in the description; the first one, unless said otherwise. */
  readonly example?: string;
  /** A made-up body instead of an example. */
  readonly dynamic?: boolean;
  /** What a made-up body is drawn from. */
  readonly seed?: string;
  /** Headers beside those of the description, or instead of them. */
  readonly headers?: Readonly<Record<string, string>>;
}
