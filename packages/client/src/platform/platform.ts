import type { NodeTransportOptions } from "../transport/node.js";
import type { Transport } from "../transport/transport.js";

/** A diagnostics channel, as far as this client publishes on it. */
export interface EventChannel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

/** Hashes a text of octets, one to a character, into hexadecimal digits. */
export type Hash = (algorithm: "md5" | "sha256", octets: string) => string;

/** An asynchronous context that was captured. */
export interface CallerContext {
  /** Runs a task in this context, after those that came before it: at once, or soon. */
  run<Result>(task: () => Result): Result | Promise<Awaited<Result>>;
}

/** What the runtime has beside `fetch`. The package's `imports` choose who says it: see package.json. */
export interface Platform {
  /** Makes the transport of the runtime's own; absent where `fetch` is all there is. */
  readonly createTransport?: (options: NodeTransportOptions) => Transport;
  /** Captures the asynchronous context of its caller; absent where the runtime has no way of its own. */
  readonly captureContext?: () => CallerContext;
  /** Opens a diagnostics channel; absent where there are none. */
  readonly openChannel?: (name: string) => EventChannel;
  /** Hashes octets, one to a character, into hexadecimal digits; absent where there is no MD5, which the Web's own cryptography lacks. */
  readonly hash?: Hash;
}
