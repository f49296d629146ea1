/** What Node's request has to know of a URL. */
export interface Address {
  readonly protocol: string;
  /** An IPv6 address stands here without its brackets. */
  readonly hostname: string;
  readonly port: string;
  /** The query included. */
  readonly path: string;
}

/** The origin of a URL whose path and query parsing would leave as they are: there is no step in it, and nothing to encode. */
const plainUrl = /^(https?:\/\/[^/?#\\]+)(?:(?!\/(?:\.|%2e))\/[\w.~!$&()*+,;=:@%-]*)+(?:\?[\w.~!$&()*+,;=:@%/?-]*)?$/i;

/** Finds out addresses. All the URLs of a client have few origins, so these are parsed once. */
export class Addresses {
  readonly #origins = new Map<string, Address>();

  of(url: string): Address {
    const [, origin] = plainUrl.exec(url) ?? [];
    if (origin === undefined) return parse(url);
    const known = this.#origins.get(origin) ?? parse(origin);
    this.#origins.set(origin, known);
    return { ...known, path: url.slice(origin.length) };
  }
}

function parse(url: string): Address {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  return { protocol, hostname: hostname.replace(/^\[|\]$/g, ""), port, path: pathname + search };
}
