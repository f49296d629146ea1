import type { IHttpOperation, IHttpOperationResponse } from "@stoplight/types";
import type { Call, Choice } from "./exchange.js";

const names = ["code", "example", "dynamic", "seed"] as const;
type Wish = ReadonlyMap<string, string>;

/**
 * What the caller prefers to be answered, said as Prism's users say it: `Prefer: code=404, example=group-not-found` or
 * `?__code=404`. Nothing if there is no preference.
 *
 * @throws if the description has no such answer of this operation: whoever asked for a 503 would take a 404 for the truth
 */
export function preferenceOf({ request, query, operation }: Call): Choice | undefined {
  const header = request.headers.prefer;
  const wish = header === undefined ? fromQuery(query) : fromHeader(header);
  if (wish.size === 0) return undefined;
  const response = responseFor(wish.get("code"), operation);
  const example = wish.get("example");
  const isDynamic = truthOf(wish.get("dynamic"));
  if (example !== undefined) refuseUnlessListed(example, examplesIn(response), `${operation.iid} ${response.code}`);
  if (isDynamic && !response.contents?.some(({ schema }) => schema))
    throw new Error(`${operation.iid} ${response.code} has no schema that a body could be made from`);
  return {
    ...(wish.has("code") && { status: Number(response.code) }),
    ...(example !== undefined && { example }),
    ...(isDynamic && { dynamic: true }),
    ...(wish.has("seed") && { seed: wish.get("seed") as string }),
  };
}

/** RFC 7240: preferences stand between commas, and of two with the same name the first counts. */
function fromHeader(header: string): Wish {
  const preferences = header.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [];
  const wish = new Map<string, string>();
  for (const preference of preferences) {
    const [, name = "", quoted, bare = ""] = /^\s*([^\s=;]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;]*)))?/.exec(preference) ?? [];
    const known = names.find((each) => each === name.toLowerCase());
    if (known && !wish.has(known)) wish.set(known, quoted ?? bare);
  }
  return wish;
}

function fromQuery(query: URLSearchParams): Wish {
  return new Map(
    names.flatMap((name) => (query.has(`__${name}`) ? [[name, query.get(`__${name}`) ?? ""] as const] : [])),
  );
}

function responseFor(code: string | undefined, { iid, responses }: IHttpOperation): IHttpOperationResponse {
  const found = responses.find((response) =>
    code === undefined ? response.code.startsWith("2") : response.code === code,
  );
  if (found) return found;
  throw new Error(`${iid} has no answer ${code}; there are ${responses.map((response) => response.code).join(", ")}`);
}

function examplesIn({ contents = [] }: IHttpOperationResponse): string[] {
  return contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key));
}

function refuseUnlessListed(example: string, listed: readonly string[], where: string): void {
  if (!listed.includes(example))
    throw new Error(`${where} has no example ${example}; there are ${listed.join(", ") || "none"}`);
}

/** A preference without a value is one that is wanted (RFC 7240, section 2). */
function truthOf(dynamic: string | undefined): boolean {
  if (dynamic === undefined || dynamic === "false") return false;
  if (dynamic === "true" || dynamic === "") return true;
  throw new Error(`dynamic is true or false, not ${dynamic}`);
}
