import type { Description, Operation, SecurityRequirement } from "../description/description.js";
import { isObject } from "../description/references.js";
import type { Tell } from "./change.js";

/** Compares how callers may show who they are: a way that is gone, or asks for more, breaks those who go it. */
export function compareSecurity(
  from: Description,
  operation: Operation,
  to: Description,
  counterpart: Operation,
  tell: Tell,
): void {
  const before = waysOf(from, operation);
  const after = waysOf(to, counterpart);
  for (const way of before)
    if (!after.some((other) => asksNoMore(other, way))) tell("major", `can no longer be called with ${name(way)}`);
  for (const way of after)
    if (!before.some((other) => asksNoMore(other, way))) tell("minor", `may be called with ${name(way)}`);
}

interface Scheme {
  /** What the scheme is, whatever it is called. */
  readonly key: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

type Way = readonly Scheme[];

function waysOf({ security = [], components }: Description, operation: Operation): Way[] {
  const ways: readonly SecurityRequirement[] = operation.security ?? security;
  if (ways.length === 0) return [[]];
  return ways.map((way) =>
    Object.entries(way).map(([name, scopes]) => ({
      key: keyOf(name, components?.securitySchemes?.[name]),
      name,
      scopes,
    })),
  );
}

/** Whether whoever can go the other way can go this one. */
function asksNoMore(way: Way, other: Way): boolean {
  return way.every(({ key, scopes }) =>
    other.some((scheme) => scheme.key === key && scopes.every((scope) => scheme.scopes.includes(scope))),
  );
}

const wording = /^(description|bearerFormat|scopes|x-.*)$/;

function keyOf(name: string, scheme: unknown): string {
  if (!isObject(scheme)) return name;
  return JSON.stringify(scheme, (key, value: unknown) => {
    if (wording.test(key)) return undefined;
    return isObject(value) && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
  }).toLowerCase();
}

function name(way: Way): string {
  const parts = way.map(({ name, scopes }) => (scopes.length > 0 ? `${name} (${scopes.join(", ")})` : name));
  return parts.length > 0 ? parts.join(" and ") : "no credentials";
}
