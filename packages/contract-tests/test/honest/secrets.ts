import { inspect } from "node:util";
import { expect } from "vitest";
import type { Server } from "./clients.js";

interface Arrivals extends Server {
  readonly requests: readonly { readonly headers: { readonly authorization?: string | undefined } }[];
}

/** Fails where a value shows a secret of the server's, in whatever way and at whatever depth. */
export function expectNoSecret(value: unknown, server: Arrivals, ...bodies: readonly unknown[]): void {
  const text = everythingIn(value);
  const shown = secretsOf(server, bodies).filter((secret) => text.includes(secret));
  expect(shown).toEqual([]);
}

/** Shorter ones cannot be told from other text. */
const shortestSecret = 12;

/** The keys, and whatever the requests that arrived were authorized with: tokens, Basic, answers to challenges. */
export function secretsOf({ credentials, requests }: Arrivals, bodies: readonly unknown[] = []): readonly string[] {
  const { clientId, clientSecret } = credentials.serviceAccount;
  const sent = requests.flatMap(({ headers: { authorization = "" } }) => {
    const [scheme = "", ...rest] = authorization.split(" ");
    const answer = /response="(\w+)"/.exec(authorization)?.[1];
    return scheme === "Digest" ? [authorization, answer ?? authorization] : [authorization, rest.join(" ")];
  });
  const written = bodies.map((body) => (typeof body === "string" ? body : (JSON.stringify(body) ?? "")));
  const all = [clientSecret, btoa(`${clientId}:${clientSecret}`), credentials.digest.privateKey, ...sent, ...written];
  return [...new Set(all.filter(({ length }) => length >= shortestSecret))];
}

/** All that can be read off a value: by walking it, and as it is printed, serialised and spelt. */
export function everythingIn(value: unknown): string {
  const printed = [
    inspect(value, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true, maxStringLength: null }),
    spelt(value),
    serialised(value),
    ...walk(value),
  ];
  const text = printed.join("\n");
  return [text, unescaped(text), unescaped(unescaped(text))].join("\n");
}

function spelt(value: unknown): string {
  try {
    return String(value);
  } catch {
    return ""; // a body of the service's may say anything of how it is to be spelt
  }
}

function serialised(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

/** What stands behind the escapes of JSON, URLs and HTML. */
function unescaped(text: string): string {
  const character = (_: string, code: string) => String.fromCharCode(Number.parseInt(code, 16));
  return text
    .replaceAll(/\\u([0-9a-f]{4})/gi, character)
    .replaceAll(/%([0-9a-f]{2})/gi, character)
    .replaceAll(/&#x([0-9a-f]+);/gi, character)
    .replaceAll("&quot;", '"')
    .replaceAll("\\n", "\n")
    .replaceAll(/\\(["/\\])/g, "$1");
}

/** Every string that can be reached: own and inherited properties, hidden ones, symbols, getters, collections, buffers. */
function walk(root: unknown): string[] {
  const found: string[] = [];
  const seen = new Set<unknown>();
  const queue: unknown[] = [root];
  for (let value = queue.pop(); queue.length > 0 || value !== undefined; value = queue.pop()) {
    if (typeof value === "string") found.push(value);
    if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value))
      found.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("latin1"));
    if (value instanceof Map || value instanceof Set || value instanceof Headers)
      queue.push(...[...value.entries()].flat());
    if (ArrayBuffer.isView(value)) continue;
    for (
      let owner: object | null = value;
      owner && owner !== Object.prototype && owner !== Function.prototype;
      owner = Object.getPrototypeOf(owner)
    ) {
      for (const key of Reflect.ownKeys(owner)) {
        found.push(String(key));
        try {
          queue.push(Reflect.get(owner, key, value));
        } catch {
          // a getter that is not for this value
        }
      }
    }
  }
  return found;
}
