import { UsageError } from "../usage-error.js";
import type { Description } from "./description.js";

/** Follows a `$ref`, and the next one, to what is meant. */
export type Find = <Node extends object>(node: Node | { $ref: string }) => Node;

/** Makes what follows the references of one description; every reference has to lead somewhere in it. */
export function resolver(description: Description): Find {
  const find = (node: unknown) => {
    const passed = new Set<string>();
    let at = node;
    for (let next = targetOf(at); next !== undefined; next = targetOf(at)) {
      if (passed.has(next)) throw new UsageError(`${next} leads back to itself`);
      passed.add(next);
      at = lookUp(description, next);
    }
    return at;
  };
  return find as Find; // a reference in the place of a parameter leads to a parameter, and so on: the description is trusted in that
}

/** The value that a local reference such as `#/components/schemas/Thing` names. */
export function lookUp(description: Description, reference: string): unknown {
  if (!reference.startsWith("#/")) throw new UsageError(`${reference} leads out of the description; bundle it first`);
  const steps = reference.slice(2).split("/").map(unescapeStep);
  let at: unknown = description;
  for (const step of steps) at = isObject(at) ? at[step] : undefined;
  if (at === undefined) throw new UsageError(`${reference} leads nowhere`);
  return at;
}

/** The name of the schema that a reference to a component names. */
export function schemaName(node: { $ref?: string } | undefined): string | undefined {
  return /^#\/components\/schemas\/([^/]+)$/.exec(node?.$ref ?? "")?.[1];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function targetOf(node: unknown): string | undefined {
  return isObject(node) && typeof node.$ref === "string" ? node.$ref : undefined;
}

/** RFC 6901, section 4, in the fragment of a URI. */
function unescapeStep(step: string): string {
  return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
}
