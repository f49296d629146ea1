import type { IncomingMessage, ServerResponse } from "node:http";

/** Lets pages of any origin call, and read the headers that are named. True if that was all: the request was a preflight. */
export function crossOrigin(
  exposed: readonly string[],
): (incoming: IncomingMessage, response: ServerResponse) => boolean {
  return ({ method, headers }, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-expose-headers", exposed.join(", "));
    const asked = headers["access-control-request-method"];
    if (method !== "OPTIONS" || asked === undefined) return false;
    response.writeHead(204, {
      "access-control-allow-methods": asked,
      // `*` would leave out Authorization.
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
      // A browser asks before a page of the internet calls this machine.
      "access-control-allow-private-network": "true",
      vary: "access-control-request-method, access-control-request-headers",
    });
    response.end();
    return true;
  };
}
