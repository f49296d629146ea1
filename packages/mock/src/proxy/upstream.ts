import { isIP } from "node:net";

/**
 * The service to forward to. Credentials go there: so over TLS, or no further than this machine.
 *
 * @throws TypeError if it is anything else
 */
export function upstreamOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError(`a service is named by a URL such as https://cloud.mongodb.com, not by ${text}`);
  if (url.username || url.password || url.search || url.hash)
    throw new TypeError(
      "the URL of the service has an origin and perhaps a path, and no credentials, query or fragment",
    );
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    throw new TypeError(`credentials would go to ${url.host} in the clear: use https, or a service on this machine`);
  return url;
}

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  return address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}
