import { type AtlasClient, type CallOptions, createClient, digest } from "@atlas-streams/client";
import { operationTable } from "@atlas-streams/types";
import { type Case, cases } from "./description.js";

type Method = (parameters: object, options: CallOptions) => unknown;
type Resource = Readonly<Record<string, Method>>;

/** A method of a client's resource, by the names of both. */
interface Place {
  readonly resource: string;
  readonly method: string;
}

/** What the description's own examples give for a call: every path and query parameter, and the body. */
const argumentsOf = ({ parameters, body }: Case) => ({ ...parameters.path, ...parameters.query, body });

/**
 * Methods that call an operation in order to do something else with it. Any other is the method of the one operation
 * that it sends.
 */
const isMore = /^(list|createOrAdopt|wait.*)$/;

/** The resource method of each operation that has one: found by calling them all, so that none is listed by hand. */
const places = await findPlaces();

async function findPlaces(): Promise<Map<string, Place>> {
  const sent: string[] = [];
  const nowhere = createClient({
    auth: digest({ publicKey: "any", privateKey: "any" }),
    retry: false,
    async fetch(url, { method }) {
      const { pathname } = new URL(url);
      sent.push(operationTable.find((each) => each.method === method && isOn(each.path, pathname))?.operationId ?? "");
      return new Response("{}", { status: 418 });
    },
  });
  const found = new Map<string, Place>();
  const everything = Object.assign({}, ...cases.map(argumentsOf)) as object;
  for (const [resource, value] of Object.entries(nowhere)) {
    for (const method of namesOf(value)) {
      if (isMore.test(method)) continue;
      sent.length = 0;
      await Promise.allSettled([(value as Resource)[method]?.(everything, {})]);
      if (sent[0]) found.set(sent[0], { resource, method });
    }
  }
  return found;
}

/** Whether a template with the examples of its parameters makes a path. */
function isOn(template: string, pathname: string): boolean {
  const { path = {} } = cases.find((each) => each.path === template)?.parameters ?? {};
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name]))) === pathname;
}

/** The methods of a resource: an object of a class of its own. */
function namesOf(value: unknown): string[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof value !== "object" || prototype === Object.prototype) return [];
  return Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
}

export function hasMethod({ operationId }: Case): boolean {
  return places.has(operationId);
}

/** `resource.method` of each operation that has one. */
export function methodNames(): readonly string[] {
  return [...places.values()].map(({ resource, method }) => `${resource}.${method}`);
}

export async function callMethod(
  atlas: AtlasClient,
  each: Case,
  headers: NonNullable<CallOptions["headers"]>,
): Promise<unknown> {
  const { resource, method } = places.get(each.operationId) ?? {};
  if (!resource || !method) throw new Error(`${each.operationId} has no method`);
  const on = atlas[resource as keyof AtlasClient] as unknown as Resource;
  return on[method]?.(argumentsOf(each), { headers });
}
