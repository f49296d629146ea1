import type { IHttpOperation, IMediaTypeContent } from "@stoplight/types";

/** The operation that a request is for, and what its path says. */
export interface Match {
  readonly operation: IHttpOperation;
  /** The values in the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Why a request is for none. */
export type NoMatch =
  | { readonly why: "malformed path" }
  | { readonly why: "unknown path" }
  | { readonly why: "other method"; readonly allowed: readonly string[] };

interface Route {
  readonly operation: IHttpOperation;
  readonly segments: readonly Segment[];
}

/** What stands between two slashes of a template: a literal, or the name of a parameter and what stands around it. */
type Segment = string | { readonly name: string; readonly before: string; readonly after: string };

/**
 * Finds the operation by method and path. Where several paths fit, the one is meant that has a literal segment where the
 * other has a parameter, or a parameter with a literal around it.
 */
export function matcher(operations: readonly IHttpOperation[]): (method: string, pathname: string) => Match | NoMatch {
  const routes = operations.map((operation) => ({ operation, segments: operation.path.split("/").map(segmentOf) }));
  return (method, pathname) => {
    const given = decoded(pathname);
    if (!given) return { why: "malformed path" };
    const [best, ...others] = routes.filter((route) => fits(route, given)).sort(literalFirst);
    if (!best) return { why: "unknown path" };
    const onPath = [best, ...others.filter(({ operation }) => isSamePath(operation.path, best.operation.path))];
    const route = onPath.find(({ operation }) => operation.method.toUpperCase() === method);
    if (!route) return { why: "other method", allowed: onPath.map(({ operation }) => operation.method.toUpperCase()) };
    return { operation: route.operation, parameters: parametersIn(route, given) };
  };
}

/** What a parameter is called makes no other path of it. */
function isSamePath(one: string, other: string): boolean {
  const plain = (path: string) => path.replaceAll(/\{\w+\}/g, "{}");
  return plain(one) === plain(other);
}

function segmentOf(text: string): Segment {
  const [, before = "", name, after = ""] = /^([^{]*)\{(\w+)\}([^{]*)$/.exec(text) ?? [];
  return name === undefined ? text : { name, before, after };
}

/** The segments of a path as they are meant; nothing if a percent sign in it encodes nothing. */
function decoded(pathname: string): string[] | undefined {
  try {
    return pathname.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function fits({ segments }: Route, given: readonly string[]): boolean {
  return (
    segments.length === given.length && segments.every((segment, index) => valueIn(segment, given[index] ?? "") !== "")
  );
}

/** What a segment says: nothing, if it is not the one that the template wants. */
function valueIn(segment: Segment, given: string): string {
  if (typeof segment === "string") return segment === given ? "literal" : "";
  const { before, after } = segment;
  const isLike = given.startsWith(before) && given.endsWith(after);
  return isLike ? given.slice(before.length, given.length - after.length) : "";
}

function literalFirst(one: Route, other: Route): number {
  const differences = one.segments.map((segment, index) => openness(segment) - openness(other.segments[index] ?? ""));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** How much a segment leaves open. */
function openness(segment: Segment): number {
  if (typeof segment === "string") return 0;
  return segment.before || segment.after ? 1 : 2;
}

function parametersIn({ segments }: Route, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    segments.flatMap((segment, index) =>
      typeof segment === "string" ? [] : [[segment.name, valueIn(segment, given[index] ?? "")] as const],
    ),
  );
}

/** The operation with an id. */
export function operationOf(operations: readonly IHttpOperation[], id: string): IHttpOperation {
  const operation = operations.find(({ iid }) => iid === id);
  if (!operation) throw new Error(`the description has no operation ${id}`);
  return operation;
}

/** A fact about an operation, which is found out once. */
export function onceFor<Fact>(find: (operation: IHttpOperation) => Fact): (operation: IHttpOperation) => Fact {
  const known = new WeakMap<IHttpOperation, { readonly fact: Fact }>();
  return (operation) => {
    const found = known.get(operation) ?? { fact: find(operation) };
    known.set(operation, found);
    return found.fact;
  };
}

/** The media types of an operation's successful answers. */
export const successTypes = onceFor((operation): readonly string[] =>
  operation.responses
    .filter(({ code }) => code.startsWith("2"))
    .flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType)),
);

/** The examples of an operation's answers with a status, by name. */
export function examplesOf(operation: IHttpOperation, accepts: (code: string) => boolean): Map<string, unknown> {
  return valuesOf(operation.responses.filter(({ code }) => accepts(code)).flatMap(({ contents = [] }) => contents));
}

/** The examples of the body that an operation takes, by name. */
export function requestExamplesOf({ request }: IHttpOperation): Map<string, unknown> {
  return valuesOf(request?.body?.contents ?? []);
}

function valuesOf(contents: readonly IMediaTypeContent[]): Map<string, unknown> {
  const examples = contents.flatMap(({ examples = [] }) => examples);
  return new Map(examples.flatMap((example) => ("value" in example ? [[example.key, example.value] as const] : [])));
}

/** The headers of all answers, by name. */
export function headersOf(operations: readonly IHttpOperation[]): string[] {
  const answers = operations.flatMap(({ responses }) => responses);
  return [...new Set(answers.flatMap(({ headers = [] }) => headers.map(({ name }) => name)))];
}
