import type { Parameter, Schema } from "../description/description.js";
import type { Place } from "./change.js";
import { type Context, compareDeprecation, compareSchemas, type Side } from "./schemas.js";

/** Compares what an operation takes beside a body. */
export function compareParameters(context: Context, from: readonly Parameter[], to: readonly Parameter[]): void {
  const [before, after] = [byName(from), byName(to)];
  for (const [key, parameter] of before) {
    const other = after.get(key);
    if (other) compareParameter(context, parameter, other);
    else context.report(placeOf(parameter), "major", "is gone");
  }
  for (const [key, parameter] of after) {
    if (before.has(key)) continue;
    const { required = false } = parameter;
    context.report(
      placeOf(parameter),
      required ? "major" : "minor",
      required ? "is new, and has to be sent" : "is new",
    );
  }
}

function compareParameter(context: Context, from: Parameter, to: Parameter): void {
  const place = placeOf(from);
  const inPlace: Context = { ...context, part: place.part };
  if (!from.required && to.required) context.report(place, "major", "has to be sent");
  if (from.required && !to.required) context.report(place, "minor", "may be left out");
  compareDeprecation(from, to, (level, what) => context.report(place, level, what));
  const typeOf = ({ find }: Side, parameter: Parameter) => String(find<Schema>(schemaOf(parameter)).type ?? "");
  if (serialization(from, typeOf(context.old, from)) !== serialization(to, typeOf(context.new, to)))
    context.report(place, "major", "is written in another way: style or explode");
  compareSchemas(inPlace, schemaOf(from), schemaOf(to));
}

function schemaOf({ schema, content = {} }: Parameter) {
  return schema ?? Object.values(content)[0]?.schema ?? {};
}

/** How a list or an object is written (OpenAPI 3.1, section 4.8.12.2), the defaults filled in. */
function serialization({ in: where, style, explode, content }: Parameter, type: string): string {
  const written = style ?? (where === "query" || where === "cookie" ? "form" : "simple");
  const isPlain = type !== "" && !/array|object/.test(type);
  const media = content ? Object.keys(content)[0] : "";
  return isPlain ? `${written} ${media}` : `${written} ${explode ?? written === "form"} ${media}`;
}

function placeOf({ in: where, name }: Parameter): Place {
  return { path: "", part: `${where} parameter ${name}`, isShared: false };
}

/** Names of headers know no case (RFC 9110, section 5.1), and some headers are no parameters (OpenAPI 3.1, section 4.8.12). */
function byName(parameters: readonly Parameter[]): Map<string, Parameter> {
  const keyed = parameters.map((parameter) => {
    const name = parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name;
    return [`${parameter.in} ${name}`, parameter] as const;
  });
  return new Map(keyed.filter(([key]) => !/^header (accept|content-type|authorization)$/.test(key)));
}
