import { resolve, type Schema, schemaOf } from "../description.js";
import { UsageError } from "../usage-error.js";
import { nearest } from "./nearest.js";
import { complaintsAbout } from "./schema.js";

/** What the service would refuse of a body; of one whose `type` says which fields there are, by that type. */
export function mistakesOfBody(body: unknown, schemaName: string, what: string): string[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return ["It is no object with fields."];
  const { oneOf = [] } = schemaOf(schemaName);
  if (oneOf.length === 0) return complaintsAbout(body, schemaName, what);
  const { type } = body as { readonly type?: unknown };
  const types = typesOf(oneOf);
  const known = [...types.keys()].filter((each) => each !== undefined);
  if (type === undefined) return [`type is missing. It is one of ${known.join(", ")}.`];
  if (typeof type !== "string") return ["type has to be text."];
  const near = types.has(type) ? undefined : nearest(type, known);
  if (near) return [`type ${type} is unknown. Is it ${near}?`];
  // A type that is newer than this command: the service is the judge.
  const branch = types.get(type) ?? types.get(undefined);
  return branch === undefined ? [] : complaintsAbout(body, branch, type);
}

/** Every mistake of every body at once. */
export function refuseMistakes(bodies: readonly unknown[], mistakesOf: (body: unknown) => string[]): void {
  const mistakes = bodies.flatMap((body, index) =>
    mistakesOf(body).map((mistake) => (bodies.length > 1 ? `document ${index + 1}: ${mistake}` : mistake)),
  );
  if (mistakes.length > 0) throw new UsageError("The service would refuse this. Nothing was sent.", mistakes);
}

/** The schema of each type; that of all others stands under none. */
function typesOf(oneOf: readonly Schema[]): Map<string | undefined, string> {
  return new Map(
    oneOf.map((reference) => [resolve(reference).properties?.type?.const, reference.$ref?.split("/").at(-1) ?? ""]),
  );
}
