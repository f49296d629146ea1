import type { IHttpOperation } from "@stoplight/types";
import { bodySchema, type Schema } from "./schema.js";

/** Resources of one kind, as the description has them: made at one path, and read at that path and one parameter. */
export interface Collection {
  /** The template of the path where they are made and listed. */
  readonly path: string;
  /** The template of the path of one. */
  readonly itemPath: string;
  /** The parameter that names one. */
  readonly parameter: string;
  /** The field that this parameter names. */
  readonly identity: string;
  /** What is read. */
  readonly schema: Schema;
  readonly create: IHttpOperation;
  readonly get: IHttpOperation;
  readonly list: IHttpOperation | undefined;
  readonly remove: IHttpOperation | undefined;
  readonly updates: readonly IHttpOperation[];
}

/** Every collection of a description, save those that somebody else keeps. */
export function collectionsOf(operations: readonly IHttpOperation[], isKept: (id: string) => boolean): Collection[] {
  const found = (method: string, path: string) =>
    operations.find((operation) => operation.method === method && operation.path === path);
  return operations.flatMap((get) => {
    const [, path = "", parameter = ""] = /^(.*)\/\{(\w+)\}$/.exec(get.path) ?? [];
    const create = found("post", path);
    const schema = bodySchema(get);
    const identity = schema && identityOf(parameter, schema);
    if (get.method !== "get" || !create || !schema || !identity || isKept(create.iid ?? "")) return [];
    const updates = ["patch", "put"].flatMap((method) => found(method, get.path) ?? []);
    const list = found("get", path);
    const remove = found("delete", get.path);
    return [{ path, itemPath: get.path, parameter, identity, schema, create, get, list, remove, updates }];
  });
}

/** `tenantName` is the `name` of a workspace, and `connectionId` the `_id` of a connection, or its `id`. */
function identityOf(parameter: string, { properties = {} }: Schema): string | undefined {
  if (parameter in properties && !parameter.endsWith("Id")) return parameter;
  const candidates = ["_id", "id", ...Object.keys(properties)];
  return candidates.find(
    (name) => name in properties && parameter.toLowerCase().endsWith(name.toLowerCase().replace(/^_/, "")),
  );
}
