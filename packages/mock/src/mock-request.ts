/** A request as it arrived. */
export interface MockRequest {
  /** The HTTP method, such as `GET`. */
  readonly method: string;
  /** Path and query, as they stood on the request line. */
  readonly path: string;
  /** By lower-case name. The values are the real ones, credentials included. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the JSON said, or the text of any other body; absent without one. */
  readonly body?: unknown;
  /** When it arrived: milliseconds since the epoch, by the mock's clock. */
  readonly at: number;
  /** Which operation of the description it asked for, if any. */
  readonly operationId?: string;
  /** The status that it was answered with; absent while it is under way, and if it never got one. */
  readonly status?: number;
}
