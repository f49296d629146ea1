import type { Platform } from "./platform.js";

// Some runtimes, such as workerd, have parts of Node. They are asked for at run time: an import would keep the whole client from loading where they are missing.
const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> };
const openChannel = process?.getBuiltinModule?.("node:diagnostics_channel")?.channel;
const crypto = process?.getBuiltinModule?.("node:crypto");

/** Every runtime whose `node:http`, if it has one, is not to be relied on. */
export const platform: Platform = {
  ...(openChannel && { openChannel }),
  ...(crypto && { hash: (algorithm, octets) => crypto.createHash(algorithm).update(octets, "latin1").digest("hex") }),
};
