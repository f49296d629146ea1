import type { IHttpOperation } from "@stoplight/types";

/** The operation that a request is for, and what its path says. */
export interface Match {
  readonly operation: IHttpOperation;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the operation by method and path; "other method" if the path has none for this one. */
export function matcher(
  operations: readonly IHttpOperation[],
): (method: string, pathname: string) => Match | "other method" | undefined {
  const routes = operations.map((operation) => ({ operation, pattern: patternOf(operation.path) }));
  return (method, pathname) => {
    const onPath = routes.filter(({ pattern }) => pattern.test(pathname));
    const route = onPath.find(({ operation }) => operation.method.toUpperCase() === method);
    if (!route) return onPath.length > 0 ? "other method" : undefined;
    return { operation: route.operation, parameters: { ...route.pattern.exec(pathname)?.groups } };
  };
}

function patternOf(template: string): RegExp {
  const parts = template.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : `(?<${name}>[^/]+)`;
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** The operation with an id. */
export function operationOf(operations: readonly IHttpOperation[], id: string): IHttpOperation {
  const operation = operations.find(({ iid }) => iid === id);
  if (!operation) throw new Error(`the description has no operation ${id}`);
  return operation;
}

/** The media types of an operation's successful answers. */
export function successTypes(operation: IHttpOperation): string[] {
  return operation.responses
    .filter(({ code }) => code.startsWith("2"))
    .flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType));
}

/** The examples of an operation's answers with a status, by name. */
export function examplesOf(operation: IHttpOperation, accepts: (code: string) => boolean): Map<string, unknown> {
  const contents = operation.responses.filter(({ code }) => accepts(code)).flatMap(({ contents = [] }) => contents);
  const examples = contents.flatMap(({ examples = [] }) => examples);
  return new Map(examples.flatMap((example) => ("value" in example ? [[example.key, example.value] as const] : [])));
}
