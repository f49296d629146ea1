const shortestSecret = 12;

/**
 * The text without what an `Authorization` header gave away, for a server that shows requests in its
 * answers: the header's own parts, wherever they stand. Paths are not secret; a digest names one.
 */
export function redact(text: string, authorization: string | null): string {
  const parts = (authorization ?? "").split(/[\s,="]+/);
  return parts
    .filter((part) => part.length >= shortestSecret && !part.startsWith("/"))
    .reduce((safe, part) => safe.replaceAll(part, "[redacted]"), text);
}
