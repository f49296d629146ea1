import type { IPrismDiagnostic } from "@stoplight/prism-core";
import type { IHttpResponse } from "@stoplight/prism-http";
import type { Call, MockRequest } from "../exchange.js";
import { printable } from "../printable.js";
import type { Deviation } from "./deviation.js";
import { newsIn } from "./news.js";

type Diagnostic = Pick<IPrismDiagnostic, "path" | "message">;

export function inRequest(call: Call, found: readonly Diagnostic[]): Deviation[] {
  return found.map((diagnostic) => fromPrism(nameOf(call), "request", diagnostic));
}

/** What Prism finds wrong with an answer, and what is new in it, which is never wrong in JSON Schema. */
export function inAnswer(
  call: Call,
  { statusCode, headers = {}, body }: IHttpResponse,
  found: readonly Diagnostic[],
  sent: unknown,
): Deviation[] {
  // The description is of what is inside.
  if (call.query.get("envelope") === "true") return [];
  const operation = `${nameOf(call)} ${statusCode}`;
  const described = call.operation.responses.find(({ code }) => code === String(statusCode));
  const contents = described?.contents ?? [];
  const types = contents.map(({ mediaType }) => mediaType);
  return [
    ...newType(headers, types).map((what) => deviation(operation, "answer", what)),
    ...found.map((diagnostic) => fromPrism(operation, "answer", diagnostic)),
    ...newsIn(body, contents[0]?.schema, "body", sent).map(({ path, what }) =>
      deviation(operation, `answer ${path}`, what),
    ),
  ];
}

/** Whoever follows a redirect may take his credentials along: it is handed on, but not in silence. */
export function inLocation(name: string, status: number, location: string | undefined, upstream: URL): Deviation[] {
  if (status < 300 || status >= 400 || location === undefined) return [];
  const url = URL.canParse(location, upstream.href) ? new URL(location, upstream) : undefined;
  const place = url?.origin === "null" ? url.protocol : url?.origin;
  const where = place === upstream.origin ? "another path of the service" : (place ?? "no URL");
  return [deviation(`${name} ${status}`, "answer", `redirects to ${where}; the redirect is handed on, not followed`)];
}

export function withoutOperation(request: MockRequest): Deviation {
  return deviation(nameOfRequest(request), "request", "is for no operation of the description");
}

export function unchecked(name: string, where: string, why: unknown): Deviation {
  const { message } = why as Partial<Error>;
  return deviation(name, where, `could not be checked: ${message ?? why}`);
}

export function nameOf({ operation }: Call): string {
  return `${operation.method.toUpperCase()} ${operation.path}`;
}

export function nameOfRequest({ method, path }: MockRequest): string {
  return `${method} ${path.replace(/\?.*/, "")}`;
}

/** Prism takes any JSON for JSON; here the version counts. */
function newType(headers: Readonly<Record<string, string>>, described: readonly string[]): string[] {
  const [type = "none"] = (headers["content-type"] ?? "none").split(";");
  if (described.length === 0 || described.includes(type)) return [];
  return [`is of type ${type}, and described is ${described.join(", ")}`];
}

/** Prism's sentence begins with where; that stands apart here. */
function fromPrism(operation: string, part: string, { path = [], message }: Diagnostic): Deviation {
  const what = /\bmust .*/.exec(message)?.[0] ?? message;
  return deviation(operation, [part, path.join(".")].filter(Boolean).join(" "), what);
}

/** The names in it may be anybody's: they may hold ids, and whatever a terminal obeys. */
function deviation(operation: string, where: string, what: string): Deviation {
  return { operation: shown(operation), where: shown(where), what: shown(what) };
}

function shown(text: string): string {
  return printable(text).replace(/[a-f0-9]{24}/gi, "{id}");
}
