import { InvalidArgumentError } from "../answer/errors.js";
import { version } from "./version.js";

/** `User-Agent` (RFC 9110, section 10.1.5): the caller's product, if any, this client, and what it runs on. */
export function userAgentOf(product?: string): string {
  if (product !== undefined && !/^[\x20-\x7e]+$/.test(product))
    throw new InvalidArgumentError("userAgent must be printable ASCII text.");
  const runtime = describeRuntime();
  const own = `atlas-streams/${version}${runtime && ` (${runtime})`}`;
  return product === undefined ? own : `${product} ${own}`;
}

/** What runtimes say of themselves, as far as they do. */
interface RuntimeGlobals {
  readonly process?: {
    readonly versions?: { readonly [name: string]: string | undefined };
    readonly platform?: string;
    readonly arch?: string;
  };
  readonly navigator?: { readonly userAgent?: string };
}

/** As most runtimes name themselves. A browser says more, and sends its own `User-Agent` all the same; `Node.js/22` says less than `process`. */
const aProduct = /^[\w-]{1,50}(\/[\w.-]{1,50})?$/;

/** The runtime and the machine, or nothing where neither is known. Many a runtime passes itself off as Node, too. */
function describeRuntime(): string {
  const { process, navigator } = globalThis as RuntimeGlobals;
  const { versions = {}, platform, arch } = process ?? {};
  const machine = [platform, arch].filter(Boolean);
  for (const name of ["bun", "deno"]) if (versions[name]) return [`${name}/${versions[name]}`, ...machine].join("; ");
  const product = navigator?.userAgent ?? "";
  if (aProduct.test(product)) return product.toLowerCase();
  return versions.node ? [`node/${versions.node}`, ...machine].join("; ") : "";
}
