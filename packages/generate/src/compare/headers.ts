import type { Header, Response } from "../description/description.js";
import type { Place } from "./change.js";
import { type Context, compareSchemas, type Side } from "./schemas.js";

/** Compares the headers that an answer promises; their names know no case (RFC 9110, section 5.1). */
export function compareHeaders(context: Context, from: Response, to: Response): void {
  const [before, after] = [byName(from, context.old), byName(to, context.new)];
  const placeOf = (name: string): Place => ({ path: "", part: `${context.part}: header ${name}`, isShared: false });
  for (const [key, [name, header]] of before) {
    const place = placeOf(name);
    const [, other] = after.get(key) ?? [];
    if (other) compareHeader(context, place, header, other);
    else context.report(place, "major", "is gone");
  }
  for (const [key, [name]] of after) if (!before.has(key)) context.report(placeOf(name), "minor", "is new");
}

function compareHeader(context: Context, place: Place, from: Header, to: Header): void {
  if (from.required && !to.required) context.report(place, "major", "may be absent");
  if (!from.required && to.required) context.report(place, "minor", "is always there");
  if (from.schema && to.schema) compareSchemas({ ...context, part: place.part }, from.schema, to.schema);
  else if (from.schema ?? to.schema)
    context.report(place, "minor", to.schema ? "is now described" : "is no longer described");
}

function byName({ headers = {} }: Response, { find }: Side): Map<string, readonly [name: string, header: Header]> {
  const named = Object.entries(headers).map(([name, header]) => [name, find<Header>(header)] as const);
  return new Map(named.map((each) => [each[0].toLowerCase(), each]));
}
