import type { IPrismDiagnostic } from "@stoplight/prism-core";
import type { IHttpResponse } from "@stoplight/prism-http";
import type { Call, MockRequest } from "../exchange.js";
import type { Deviation } from "./deviation.js";
import { newsIn } from "./news.js";

type Diagnostic = Pick<IPrismDiagnostic, "path" | "message">;

export function inRequest(
  { method, path }: MockRequest,
  call: Call | undefined,
  found: readonly Diagnostic[],
): Deviation[] {
  if (!call)
    return [
      { operation: `${method} ${withoutIds(path)}`, where: "request", what: "is for no operation of the description" },
    ];
  return found.map((diagnostic) => deviation(nameOf(call), "request", diagnostic));
}

/** What Prism finds wrong with an answer, and what is new in it, which is never wrong in JSON Schema. */
export function inAnswer(
  call: Call,
  { statusCode, headers = {}, body }: IHttpResponse,
  found: readonly Diagnostic[],
): Deviation[] {
  // The description is of what is inside.
  if (call.query.get("envelope") === "true") return [];
  const operation = `${nameOf(call)} ${statusCode}`;
  const described = call.operation.responses.find(({ code }) => code === String(statusCode));
  const contents = described?.contents ?? [];
  return [
    ...newType(
      headers,
      contents.map(({ mediaType }) => mediaType),
    ).map((what) => ({ operation, where: "answer", what })),
    ...found.map((diagnostic) => deviation(operation, "answer", diagnostic)),
    ...newsIn(body, contents[0]?.schema, "body").map(({ path, what }) => ({
      operation,
      where: `answer ${path}`,
      what,
    })),
  ];
}

/** Prism takes any JSON for JSON; here the version counts. */
function newType(headers: Readonly<Record<string, string>>, described: readonly string[]): string[] {
  const [type = "none"] = (headers["content-type"] ?? "none").split(";");
  if (described.length === 0 || described.includes(type)) return [];
  return [`is of type ${type}, and described is ${described.join(", ")}`];
}

function nameOf({ operation }: Call): string {
  return `${operation.method.toUpperCase()} ${operation.path}`;
}

/** Prism's sentence begins with where; that stands apart here. */
function deviation(operation: string, part: string, { path = [], message }: Diagnostic): Deviation {
  const what = /\bmust .*/.exec(message)?.[0] ?? message;
  return { operation, where: [part, path.join(".")].filter(Boolean).join(" "), what };
}

function withoutIds(path: string): string {
  return path.replace(/\?.*/, "").replace(/[a-f0-9]{24}/gi, "{id}");
}
