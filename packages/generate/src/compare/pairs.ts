import type { Schema } from "../description/description.js";
import type { Shape } from "./shape.js";

/** Which shape of one choice is which of the other. */
export interface Pairs {
  readonly alike: readonly (readonly [Shape, Shape])[];
  readonly gone: readonly Shape[];
  readonly fresh: readonly Shape[];
}

/** What speaks for two shapes being the same one, the best first. */
const reasons: readonly ((one: Shape, other: Shape) => boolean)[] = [
  (one, other) => haveTagInCommon(one, other) && one.name === other.name,
  haveTagInCommon,
  haveConstantInCommon,
  (one, other) => one.name !== undefined && one.name === other.name,
  (one, other) => one.type === other.type && mostlyAlike(one, other),
  (one, other) => one.type === other.type,
  (one, other) => isNumber(one) && isNumber(other),
];

/** Pairs the shapes of two choices up. A single one on each side is the same one, changed, unless it says that it is not. */
export function pairUp(from: readonly Shape[], to: readonly Shape[]): Pairs {
  const gone = [...from];
  const fresh = [...to];
  const alike: [Shape, Shape][] = [];
  const isOneEach = from.length === 1 && to.length === 1;
  for (const reason of isOneEach ? [...reasons, () => true] : reasons)
    for (const one of [...gone]) {
      const index = fresh.findIndex((other) => (isOneEach || !contradict(one, other)) && reason(one, other));
      const [other] = index >= 0 ? fresh.splice(index, 1) : [];
      if (!other) continue;
      gone.splice(gone.indexOf(one), 1);
      alike.push([one, other]);
    }
  return { alike, gone, fresh };
}

function haveTagInCommon({ tag: one }: Shape, { tag: other }: Shape): boolean {
  return one !== undefined && other !== undefined && one.values.some((value) => other.values.includes(value));
}

/** Shapes that each fix another value for the same property, or are told by other tags, are not the same. */
export function contradict(one: Shape, other: Shape): boolean {
  if (one.name !== undefined && one.name === other.name) return false;
  if (one.tag && other.tag && one.tag.property === other.tag.property && !haveTagInCommon(one, other)) return true;
  return commonConstants(one, other).some(([value, another]) => value !== another);
}

function haveConstantInCommon(one: Shape, other: Shape): boolean {
  return commonConstants(one, other).some(([value, another]) => value === another);
}

/** The properties for which both fix a value, and the two values. */
function commonConstants(one: Shape, other: Shape): (readonly [string, string])[] {
  return Array.from(one.properties).flatMap(([name, schema]) => {
    const pair = [constant(schema), constant(other.properties.get(name))] as const;
    return pair[0] !== undefined && pair[1] !== undefined ? [[pair[0], pair[1]] as const] : [];
  });
}

function constant(schema: Schema | undefined): string | undefined {
  if (schema?.const !== undefined) return JSON.stringify(schema.const);
  return schema?.enum?.length === 1 ? JSON.stringify(schema.enum[0]) : undefined;
}

function mostlyAlike(one: Shape, other: Shape): boolean {
  const names = Array.from(one.properties.keys());
  const common = names.filter((name) => other.properties.has(name));
  return common.length * 2 > Math.max(names.length, other.properties.size);
}

function isNumber({ type }: Shape): boolean {
  return type === "integer" || type === "number";
}
