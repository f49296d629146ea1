import type { NodeTransportOptions } from "../transport/node.js";
import type { Transport } from "../transport/transport.js";

/** A diagnostics channel, as far as this client publishes on it. */
export interface EventChannel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

/** What the runtime has beside `fetch`. The package's `imports` choose who says it: see package.json. */
export interface Platform {
  /** Makes the transport of the runtime's own; absent where `fetch` is all there is. */
  readonly createTransport?: (options: NodeTransportOptions) => Transport;
  /** Opens a diagnostics channel; absent where there are none. */
  readonly openChannel?: (name: string) => EventChannel;
}
