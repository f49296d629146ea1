import { InvalidArgumentError } from "../answer/errors.js";
import { version } from "./version.js";

/** `User-Agent` (RFC 9110, section 10.1.5): the caller's product, if any, this client, and what it runs on. */
export function userAgentOf(product?: string): string {
  if (product !== undefined && !/^[\x20-\x7e]+$/.test(product))
    throw new InvalidArgumentError("userAgent must be printable ASCII text.");
  const { versions, platform, arch } = process;
  const [runtime, runtimeVersion] = versions.bun ? ["bun", versions.bun] : ["node", versions.node];
  const own = `atlas-streams/${version} (${runtime}/${runtimeVersion}; ${platform}; ${arch})`;
  return product === undefined ? own : `${product} ${own}`;
}
