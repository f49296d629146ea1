import type { Call } from "./exchange.js";

/**
 * The headers that recorded answers have and nobody should rely on: they are not in the description, and the values are
 * ours. `max-age=0`, because a browser would keep to https on localhost for as long as it is told to.
 */
export function recordedHeaders(call: Call, status: number, isProjectKnown: boolean): Record<string, string> {
  return {
    "referrer-policy": "strict-origin-when-cross-origin",
    server: "mdbws",
    "strict-transport-security": "max-age=0; includeSubdomains;",
    ...(status >= 400 && varies(call)),
    "x-content-type-options": "nosniff",
    "x-envoy-upstream-service-time": "1",
    "x-frame-options": "DENY",
    "x-java-method": `Mock::${call.operation.iid}`,
    "x-java-version": "none",
    ...(isProjectKnown && { "x-mongodb-service-version": `gitHash=${"0".repeat(40)}; versionString=mock` }),
    "x-permitted-cross-domain-policies": "none",
  };
}

/** Those of an answer that comes from before the login. */
export const headersBeforeLogin = { server: "mdbws", vary: "Accept-Encoding", "x-xgen-up-proto": "HTTP/2" };

/** Errors on record have it after GET and POST, and not after PATCH and DELETE. */
function varies({ request: { method } }: Call): Record<string, string> {
  return method === "GET" || method === "POST" ? { vary: "Accept-Encoding" } : {};
}
