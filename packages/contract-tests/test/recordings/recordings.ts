import { readdirSync, readFileSync } from "node:fs";
import { type Case, cases } from "../description.js";

/** An answer of the real service, and what is known of the request. */
export interface Recording {
  /** What was asked, for the title of a test. */
  readonly title: string;
  readonly method: string;
  /** Nothing, where the path made no difference. */
  readonly path: string | undefined;
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Byte for byte; nothing, where it was not kept. */
  readonly body: string | undefined;
  /** Whether a later recording shows another form of the same answer. */
  readonly isReplaced: boolean;
  /** An example of the operation that was asked; nothing, if the description does not have it. */
  readonly operation: Case | undefined;
}

interface Kept {
  readonly request: string;
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

const folder = new URL("../../recordings/", import.meta.url);

/** All that lie in the folder, in whatever file. */
export const recordings: readonly Recording[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Kept | Kept[])
  .map(toRecording);

/** Titles must differ: the same request was recorded more than once. */
export function titled(chosen: readonly Recording[]): [title: string, recording: Recording][] {
  const seen = new Map<string, number>();
  return chosen.map((recording) => {
    const title = `${recording.title} ${recording.status}`;
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return [count > 1 ? `${title} (${count})` : title, recording];
  });
}

/** The operation of ours that is asked instead, where the recorded one is not described: the method decides what an answer may be. */
export function standInFor({ method, operation }: Recording): Case {
  const known =
    operation ?? cases.find((each) => each.method === method && each.path.includes("/privateLinkConnections"));
  if (!known) throw new Error(`the description has no ${method} to stand in`);
  return known;
}

/** The case with the parameters that the recorded path names. */
export function caseOf(recording: Recording): Case {
  const each = standInFor(recording);
  const found = recording.operation && recording.path !== undefined ? valuesIn(each.path, recording.path) : undefined;
  return { ...each, parameters: { path: found ?? each.parameters.path, query: each.parameters.query } };
}

export function pathOf({ path, parameters }: Case): string {
  const query = new URLSearchParams(parameters.query as Record<string, string>).toString();
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters.path[name]));
  return query === "" ? filled : `${filled}?${query}`;
}

function toRecording({ request, status, headers, body }: Kept): Recording {
  const [, method = "", target = ""] = /^(\w+) (.+)$/.exec(request) ?? [];
  const path = target.startsWith("/") ? target : undefined;
  return {
    title: request,
    method,
    path,
    status,
    headers,
    body: body.startsWith("(left out") ? undefined : body,
    isReplaced: target.includes("as of"),
    operation: path === undefined ? anyOf(method) : find(method, path),
  };
}

/** The operation of a path: a template with a literal where another has a parameter goes first. */
function find(method: string, path: string): Case | undefined {
  const templates = [...new Set(cases.map((each) => each.path))]
    .filter((template) => valuesIn(template, path))
    .sort((one, other) => one.split("{").length - other.split("{").length);
  return cases.find((each) => each.path === templates[0] && each.method === method);
}

function anyOf(method: string): Case | undefined {
  return cases.find((each) => each.method === method && each.path.startsWith("/api/atlas/"));
}

function valuesIn(template: string, path: string): { [name: string]: string } | undefined {
  const pattern = template.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const match = new RegExp(`^${pattern}$`).exec(path.replace(/\?.*/, ""));
  return match ? { ...match.groups } : undefined;
}
