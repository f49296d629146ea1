import type { PlainRequest } from "../call/layer.js";

const shortestSecret = 12;

/** What of an `Authorization` header has to stay secret: its own parts. Paths are not secret; a digest names one. */
export function secretsIn(authorization: string | null): string[] {
  const parts = (authorization ?? "").split(/[\s,="]+/);
  return parts.filter((part) => part.length >= shortestSecret && !part.startsWith("/"));
}

/**
 * The text without the secrets, for a server that shows requests in its answers. Where a secret stands
 * there in disguise, as the escapes of JSON, URLs and HTML make it, or the text is cut in the middle of
 * one, nothing of the text is left.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const safe = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
  const bare = undisguised(safe);
  return secrets.some((secret) => isShown(bare, undisguised(secret))) ? "[redacted]" : safe;
}

/** How many characters are searched for secrets: more than the service ever says, and no work that is felt. */
export const longestShown = 100_000;

/** The same of a JSON value; undefined where nothing of it can be shown. */
export function redactJson(value: unknown, secrets: readonly string[]): unknown {
  try {
    const text = JSON.stringify(value);
    return text.length > longestShown ? undefined : JSON.parse(redact(text, secrets));
  } catch {
    return undefined; // nothing to show, or too deep to be written
  }
}

function isShown(text: string, secret: string): boolean {
  const last = text.lastIndexOf(secret.slice(0, shortestSecret));
  return text.includes(secret) || (last >= 0 && secret.startsWith(text.slice(last)));
}

function undisguised(text: string): string {
  return text
    .replace(/(?:\\u00|%|&#x)([\da-f]{2});?/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&quot;|&#34;/g, '"')
    .replaceAll("\\", "");
}

/** What an answer must not show of the requests that were sent for it: their credentials and their bodies. */
export function secretsOf(requests: readonly PlainRequest[]): readonly string[] {
  return requests.flatMap(({ headers, body }) => [
    ...secretsIn(headers.authorization ?? null),
    ...(body ? [body] : []),
  ]);
}
