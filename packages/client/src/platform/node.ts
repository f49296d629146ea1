import { createHash } from "node:crypto";
import { channel } from "node:diagnostics_channel";
import { createNodeTransport } from "../transport/node.js";
import type { Platform } from "./platform.js";

export const platform: Platform = {
  createTransport: createNodeTransport,
  openChannel: channel,
  hash: (algorithm, octets) => createHash(algorithm).update(octets, "latin1").digest("hex"),
};
