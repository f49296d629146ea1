import type { Choice, MockRequest } from "./exchange.js";

/**
 * What the caller prefers to be answered, said as Prism's users say it: `Prefer: code=404, example=group-not-found` or
 * `?__code=404`. Nothing if there is no preference.
 */
export function preferenceOf(request: MockRequest, query: URLSearchParams): Choice | undefined {
  const header = request.headers.prefer;
  const wish = header === undefined ? fromQuery(query) : fromHeader(header);
  const code = wish.get("code");
  const choice = {
    ...(code !== undefined && { status: Number(code) }),
    ...(wish.has("example") && { example: wish.get("example") as string }),
    ...(wish.get("dynamic") === "true" && { dynamic: true }),
    ...(wish.has("seed") && { seed: wish.get("seed") as string }),
  };
  return Object.keys(choice).length > 0 ? choice : undefined;
}

function fromHeader(header: string): Map<string, string> {
  const pairs = header.matchAll(/(code|example|dynamic|seed)\s*=\s*(?:"([^"]*)"|([^\s,;]*))/gi);
  return new Map(Array.from(pairs, ([, name = "", quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ""]));
}

function fromQuery(query: URLSearchParams): Map<string, string> {
  const names = ["code", "example", "dynamic", "seed"];
  return new Map(
    names.flatMap((name) => (query.has(`__${name}`) ? [[name, query.get(`__${name}`) ?? ""] as const] : [])),
  );
}
