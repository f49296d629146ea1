import type { MockRequest } from "../mock-request.js";

/** What stands where something was left out. */
const blank = "…";

/** Headers that hold no secret by their purpose. Of any other there is only the name. */
const shown = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "expect",
  "host",
  "origin",
  "prefer",
  "transfer-encoding",
  "user-agent",
]);

const secretNames =
  /secret|token|passw|passphrase|^pass$|pwd|auth|credential|api.?key|private.?key|access.?key|assertion|cookie|session|signature|^sig$|jwt|bearer|^key$|^code$|otp|^pin$/i;
/** They name a kind of token, not one. */
const harmlessNames = /^token_type(_hint)?$|authenticationscheme$/i;

export function inHeaders(headers: MockRequest["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, shown.has(name) ? value : schemeIn(name, value) + blank]),
  );
}

/** How somebody logs in is worth knowing. */
function schemeIn(name: string, value: string): string {
  return name === "authorization" ? (/^(?:Basic|Bearer|Digest) /i.exec(value)?.[0] ?? "") : "";
}

export function inPath(path: string): string {
  const [pathname = "", ...query] = path.split("?");
  const place = pathname.replace(/\/\/[^/]*@/, `//${blank}@`);
  return [place, ...query.map(inForm)].join("?");
}

/** The value of JSON, a form, or text of any other kind: that goes as a whole, if it speaks of a secret. */
export function inBody(body: unknown): unknown {
  if (typeof body !== "string") return inValue(body);
  const value = parsed(body);
  if (typeof value === "object" && value !== null) return JSON.stringify(inValue(value));
  if (/^[\w.%+*~[\]-]+=\S*$/.test(body.trim())) return inForm(body);
  return secretNames.test(body) ? blank : body;
}

function inValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecret(name) ? blank : inValue(inner)]),
  );
}

function inForm(form: string): string {
  return form.replace(/([^&=;]+)=([^&;]*)/g, (pair, name: string) =>
    isSecret(decoded(name)) ? `${name}=${blank}` : pair,
  );
}

function isSecret(name: string): boolean {
  return secretNames.test(name) && !harmlessNames.test(name);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    return name;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
