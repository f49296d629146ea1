import type { PlainRequest } from "../call/layer.js";
import { parseJson } from "./json.js";

/** What nothing that is shown may show: a credential, or what the body of a request said. */
export type Secret = string | SentBody;

/** The body of a request, to be found again however it is printed. */
export interface SentBody {
  /** As JSON, or undefined where it is none. */
  readonly value: unknown;
  /** Its strings, where they are long enough to tell something. */
  readonly texts: readonly string[];
  /** Each name with its value, without punctuation. */
  readonly pairs: readonly string[];
}

/** As many characters of a credential in a row give it away. */
export const shortestRun = 12;

/**
 * What of an `Authorization` header has to stay secret: all that follows the scheme, whatever its shape,
 * save what others know: the id of Basic; the user name, the realm and the path of Digest.
 */
export function secretsIn(authorization: string | null | undefined): string[] {
  const [scheme = "", ...rest] = (authorization ?? "").trim().split(/\s+/);
  const credential = rest.join(" ") || scheme;
  if (/^digest$/i.test(scheme)) return withoutPublicParts(credential);
  return [credential, ...(/^basic$/i.test(scheme) ? secretsInBasic(credential) : [])].filter(Boolean);
}

/** The parts of a Digest credential. A part goes on as far into what is public as no run within that is a secret. */
function withoutPublicParts(credential: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: found, 1: name = "", index } of credential.matchAll(/(\w+=")(?:[^"\\]|\\.)*"/gs)) {
    const start = index + name.length;
    const end = index + found.length - 1;
    if (!/^(username|realm|uri)="/i.test(name) || end - start < shortestRun) continue;
    parts.push(credential.slice(from, start + shortestRun - 1));
    from = end - shortestRun + 1;
  }
  return [...parts, credential.slice(from)];
}

function secretsInBasic(credential: string): string[] {
  try {
    const pair = atob(credential);
    const colon = pair.indexOf(":");
    return [pair.slice(colon + 1), pair.slice(Math.max(0, colon - shortestRun + 1))];
  } catch {
    return []; // credentials of the user's own may put anything there
  }
}

/** What the body of a request says that an answer must not say again. A body that says next to nothing has no secret. */
export function secretsInBody(body: string | null | undefined): SentBody[] {
  if (!body || letters(body).length < shortestRun) return [];
  const value = parseJson(body);
  const leaves = value === undefined ? [["", body] as const] : leavesOf(value);
  const texts = leaves.map(([, leaf]) => leaf).filter((leaf) => typeof leaf === "string");
  const pairs = leaves.map(([name, leaf]) => letters(`${name}${leaf}`)).filter(Boolean);
  return [{ value, pairs, texts: texts.filter(({ length }) => length >= shortestRun) }];
}

/** The text without punctuation and blanks, which differ from one way of printing to another. */
export function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Deeper than any body of the API. */
const deepest = 20;

/** Each value that holds no other, with its name; those of a list have the list's. */
function leavesOf(value: unknown, name = "", depth = deepest): (readonly [name: string, leaf: unknown])[] {
  if (typeof value !== "object" || value === null) return [[name, value]];
  if (depth === 0) return [];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, Array.isArray(value) ? name : key, depth - 1));
}

/** Whatever a value calls a token, a password or the like, at any depth. */
export function secretsByName(value: unknown): string[] {
  return leavesOf(value).flatMap(([name, leaf]) => (typeof leaf === "string" && secretName.test(name) ? [leaf] : []));
}

/** What headers, fields of a body and fields of an answer are called that hold a secret. */
const secretName =
  /(token|secret|assertion|password|authorization|(access|account|api|auth|functions|private|subscription)[-_]?key)$/i;

/** What an answer must not show of the requests that were sent for it: their credentials and their bodies. */
export function secretsOf(requests: readonly PlainRequest[]): Secret[] {
  return requests.flatMap(({ headers, body }) => [
    ...Object.entries(headers).flatMap(([name, value]) => secretsInHeader(name, value)),
    ...secretsInBody(body),
    ...(body ? secretsByName(parseJson(body)) : []),
  ]);
}

function secretsInHeader(name: string, value: string): string[] {
  if (name === "authorization" || name === "proxy-authorization") return secretsIn(value);
  if (name === "cookie") return value.split(/;\s*/).filter(({ length }) => length >= shortestCookie);
  return secretName.test(name) ? [value] : []; // gateways have headers of their own
}

/** A shorter one, its name included, keeps no session. */
const shortestCookie = 8;

const kept = new WeakMap<object, () => readonly Secret[]>();

/** Remembers what must not be shown of a value out of an answer; looked up only where something of it is to be shown. */
export function keepSecrets(value: object, secrets: () => readonly Secret[]): void {
  kept.set(value, secrets);
}

/** What must not be shown of a value must not be shown of a part of it, such as an item of a page. */
export function keepSecretsOf(whole: object, part: object): void {
  const secrets = kept.get(whole);
  if (secrets) kept.set(part, secrets);
}

/** The secrets that are kept for a value out of an answer. */
export function secretsKeptFor(value: object): readonly Secret[] {
  return kept.get(value)?.() ?? [];
}
