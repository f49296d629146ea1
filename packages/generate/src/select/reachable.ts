import type { Description } from "../description/description.js";
import { isObject, lookUp } from "../description/references.js";

/** Removes the components that nothing leads to from the paths; a circle that only leads to itself goes too. */
export function keepReachable(description: Description): void {
  const reached = reachable(description, description.paths);
  for (const [kind, group] of Object.entries(description.components ?? {})) {
    if (kind === "securitySchemes" || !group) continue; // they are named, not referred to
    for (const name of Object.keys(group)) if (!reached.has(`#/components/${kind}/${name}`)) delete group[name];
  }
}

/** Every reference that can be come to from a node. */
export function reachable(description: Description, from: unknown): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = referencesIn(from);
  for (let reference = open.pop(); reference !== undefined; reference = open.pop()) {
    if (reached.has(reference)) continue;
    reached.add(reference);
    open.push(...referencesIn(lookUp(description, reference)));
  }
  return reached;
}

function referencesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === "$ref" && typeof value === "string") return [value];
    if (key === "discriminator" && isObject(value) && isObject(value.mapping)) return mapped(value.mapping);
    return referencesIn(value);
  });
}

/** What a discriminator maps to: references, or bare names of schemas (OpenAPI 3.1, section 4.8.25). */
export function mapped(mapping: Readonly<Record<string, unknown>>): string[] {
  return Object.values(mapping).map((target) =>
    /[#/.]/.test(String(target)) ? String(target) : `#/components/schemas/${target}`,
  );
}
