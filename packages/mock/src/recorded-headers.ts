import type { Call } from "./exchange.js";

/**
 * The headers that recorded answers have and nobody should rely on: they are not in the description, and the values are
 * ours. `max-age=0`, because a browser would keep to https on localhost for as long as it is told to.
 */
const always = {
  "referrer-policy": "strict-origin-when-cross-origin",
  server: "mdbws",
  "strict-transport-security": "max-age=0; includeSubdomains;",
  "x-content-type-options": "nosniff",
  "x-envoy-upstream-service-time": "1",
  "x-frame-options": "DENY",
  "x-java-version": "none",
  "x-permitted-cross-domain-policies": "none",
};

/** The project is found before the service says which it is. */
const ofKnownProjects = { "x-mongodb-service-version": `gitHash=${"0".repeat(40)}; versionString=mock` };

/** Errors on record have it after GET and POST, and not after PATCH and DELETE. */
const varying = { vary: "Accept-Encoding" };

export function recordedHeaders(
  { operation, request }: Call,
  status: number,
  isProjectKnown: boolean,
): Record<string, string> {
  const varies = status >= 400 && (request.method === "GET" || request.method === "POST");
  return {
    ...always,
    "x-java-method": `Mock::${operation.iid}`,
    ...(varies && varying),
    ...(isProjectKnown && ofKnownProjects),
  };
}

/** Those of an answer that comes from before the login. */
export const headersBeforeLogin = { server: "mdbws", vary: "Accept-Encoding", "x-xgen-up-proto": "HTTP/2" };
