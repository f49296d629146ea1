import { UsageError } from "../usage-error.js";
import {
  type Description,
  type Method,
  methods,
  type Operation,
  type Parameter,
  type PathItem,
} from "./description.js";
import { type Find, resolver } from "./references.js";

/** One operation, and where it stands. */
export interface Place {
  readonly path: string;
  readonly method: Method;
  readonly item: PathItem;
  readonly operation: Operation;
}

/** Every operation, in the order of the description. */
export function listOperations({ paths }: Description): Place[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, item, operation }] : [];
    }),
  );
}

/** Writes each path that only refers to what it holds out in its place (OpenAPI 3.1, section 4.8.9.1). */
export function writePathsOut(description: Description): void {
  const { paths } = description;
  const find = resolver(description);
  for (const [path, { $ref, ...own }] of Object.entries(paths))
    if ($ref !== undefined) paths[path] = { ...structuredClone(find<PathItem>({ $ref })), ...own };
}

/** How a person calls an operation: by its id, or by method and path where it has none. */
export function nameOf({ path, method, operation }: Place): string {
  return operation.operationId ?? `${method.toUpperCase()} ${path}`;
}

/** @throws `UsageError` where two operations have one id */
export function requireOneOfEachId(description: Description): void {
  const known = new Map<string, string>();
  for (const place of listOperations(description)) {
    const [name, where] = [nameOf(place), `${place.method.toUpperCase()} ${place.path}`];
    const other = known.get(name);
    if (other) throw new UsageError(`two operations are called ${name}: ${other} and ${where}`);
    known.set(name, where);
  }
}

/** The parameters of an operation, those of its path included; its own go first. */
export function parametersOf({ item, operation }: Place, find: Find): Parameter[] {
  const own = (operation.parameters ?? []).map((parameter) => find<Parameter>(parameter));
  const ofPath = (item.parameters ?? []).map((parameter) => find<Parameter>(parameter));
  const isOverridden = (one: Parameter) => own.some((other) => other.name === one.name && other.in === one.in);
  return [...ofPath.filter((parameter) => !isOverridden(parameter)), ...own];
}

export function isSuccess(status: string): boolean {
  return /^2/.test(status);
}
