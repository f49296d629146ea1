import type { Operation } from "@atlas-streams/types";
import { InvalidArgumentError } from "../answer/errors.js";
import type { PlainHeaders } from "./layer.js";
import type { HeaderOptions } from "./options.js";

/** What belongs to the connection, or frames the message: the transport's own affair (RFC 9110, section 7.6.1; RFC 9112, section 6). */
const ofTheTransport =
  /^(accept-encoding|connection|content-length|expect|host|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/;

/**
 * The headers that every request begins with, be it an operation's or the login's. What a call says
 * goes before what the client says, and that before what stands here.
 */
export function headersOf(
  { accept, contentType }: Operation,
  hasBody: boolean,
  ...checked: readonly PlainHeaders[]
): PlainHeaders {
  return Object.assign({ accept, ...(hasBody && contentType && { "content-type": contentType }) }, ...checked);
}

/** The headers with their names in lower case; what no request can have is refused, and not repeated. */
export function checkHeaders(headers: HeaderOptions | Headers | undefined): PlainHeaders {
  if (!headers) return {};
  const checked = asHeaders(headers);
  for (const name of checked.keys())
    if (ofTheTransport.test(name))
      throw new InvalidArgumentError(`headers must not have ${name}: that is set where the request is sent.`);
  return Object.fromEntries(checked);
}

function asHeaders(headers: HeaderOptions | Headers): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new InvalidArgumentError("headers has a name or a value that no header can have. Nothing was sent.");
  }
}
