import type { IHttpOperation } from "@stoplight/types";
import type { Call } from "./exchange.js";

/** One of the kinds of body that an operation takes: an alternative of its `oneOf`. */
export interface RequestKind {
  /** The properties that tell it from the others, and their values. */
  readonly constants: Readonly<Record<string, unknown>>;
  /** What the service takes for properties that are left out. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly schema: RequestSchema;
}

/** The part of a schema that matters here. */
export interface RequestSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly const?: unknown; readonly default?: unknown }>>;
  /** Extensions of the description: see its README. */
  readonly "x-identified-by"?: readonly string[];
  readonly "x-assigned"?: readonly string[];
}

/** The kinds of body that an operation takes; none, if there is just one. */
export function requestKinds(operation: IHttpOperation): RequestKind[] {
  const schema = operation.request?.body?.contents?.[0]?.schema as
    | { readonly oneOf?: readonly RequestSchema[] }
    | undefined;
  return (schema?.oneOf ?? []).map((alternative) => ({
    schema: alternative,
    constants: valuesOf(alternative, "const"),
    defaults: valuesOf(alternative, "default"),
  }));
}

/** The kind that a body is of: the first whose constants it has. The service does not care for upper and lower case there. */
export function kindOf(body: unknown, kinds: readonly RequestKind[]): RequestKind | undefined {
  return kinds.find(({ schema, constants }) =>
    Object.entries(constants).every(([name, value]) => {
      const given = propertyOf(body, name);
      return given === undefined ? !schema.required?.includes(name) : isSame(given, value);
    }),
  );
}

/**
 * The call as if its operation took only the kind of body that it was given. Otherwise the check would complain of what
 * is missing for each of the other kinds too.
 */
export function narrowed(call: Call): Call {
  const { operation, request } = call;
  const kinds = requestKinds(operation);
  const [content, ...others] = operation.request?.body?.contents ?? [];
  const kind = kindOf(request.body, kinds);
  if (!kind || !content) return call;
  const schema = kind.schema as NonNullable<typeof content.schema>;
  const body = { ...operation.request?.body, id: "narrowed", contents: [{ ...content, schema }, ...others] };
  return {
    ...call,
    operation: { ...operation, request: { ...operation.request, body } },
    request: isFields(request.body) ? { ...request, body: { ...request.body, ...spelt(kind, request.body) } } : request,
  };
}

/** The constants as the description spells them, where the body has them. */
function spelt({ constants }: RequestKind, body: unknown): object {
  return Object.fromEntries(Object.entries(constants).filter(([name]) => propertyOf(body, name) !== undefined));
}

function valuesOf({ properties = {} }: RequestSchema, keyword: "const" | "default"): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => (keyword in property ? [[name, property[keyword]]] : [])),
  );
}

function propertyOf(body: unknown, name: string): unknown {
  return isFields(body) ? body[name] : undefined;
}

function isFields(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null && !Array.isArray(body);
}

function isSame(given: unknown, constant: unknown): boolean {
  return String(given).toUpperCase() === String(constant).toUpperCase();
}
