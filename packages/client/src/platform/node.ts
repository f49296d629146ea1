import { AsyncResource } from "node:async_hooks";
import { createHash } from "node:crypto";
import { channel } from "node:diagnostics_channel";
import { createNodeTransport } from "../transport/node.js";
import type { CallerContext, Platform } from "./platform.js";

/** It is nobody's to destroy: what watches resources that end would have to be told of each. */
class NodeContext extends AsyncResource implements CallerContext {
  constructor() {
    super("atlas-streams", { requireManualDestroy: true });
  }

  run<Result>(task: () => Result): Result {
    return this.runInAsyncScope(task);
  }
}

export const platform: Platform = {
  createTransport: createNodeTransport,
  captureContext: () => new NodeContext(),
  openChannel: channel,
  hash: (algorithm, octets) => createHash(algorithm).update(octets, "latin1").digest("hex"),
};
