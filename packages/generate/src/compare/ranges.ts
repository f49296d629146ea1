import type { Schema } from "../description/description.js";

/** One end of a range; what is excluded is no longer inside. */
interface Bound {
  readonly at: number;
  readonly isExcluded: boolean;
}

/** The least and the greatest of something that a schema limits; undefined is no limit. */
export interface Range {
  readonly least: Bound | undefined;
  readonly greatest: Bound | undefined;
}

/** What a schema limits, by what it is called in a sentence. */
export function rangesOf(schema: Schema): Record<string, Range> {
  const { minLength, maxLength, minItems, maxItems, minProperties, maxProperties } = schema;
  return {
    "the value": {
      least: tighter(bounds(schema.minimum, schema.exclusiveMinimum), 1),
      greatest: tighter(bounds(schema.maximum, schema.exclusiveMaximum), -1),
    },
    // That there are none or more goes without saying.
    "the length": { least: included(minLength || undefined), greatest: included(maxLength) },
    "the number of items": { least: included(minItems || undefined), greatest: included(maxItems) },
    "the number of properties": { least: included(minProperties || undefined), greatest: included(maxProperties) },
  };
}

/** An exclusive bound is a flag in OpenAPI 3.0 and a number in 3.1. */
function bounds(inclusive: number | undefined, exclusive: number | boolean | undefined): (Bound | undefined)[] {
  if (exclusive === true) return inclusive === undefined ? [] : [{ at: inclusive, isExcluded: true }];
  return [included(inclusive), typeof exclusive === "number" ? { at: exclusive, isExcluded: true } : undefined];
}

function included(at: number | undefined): Bound | undefined {
  return at === undefined ? undefined : { at, isExcluded: false };
}

/** The limits that both hold. */
export function intersect(some: Readonly<Record<string, Range>>, others: Readonly<Record<string, Range>>) {
  const ranges: Record<string, Range> = { ...some };
  for (const [name, { least, greatest }] of Object.entries(others)) {
    const before = ranges[name];
    ranges[name] = { least: tighter([before?.least, least], 1), greatest: tighter([before?.greatest, greatest], -1) };
  }
  return ranges;
}

function tighter(found: readonly (Bound | undefined)[], inside: 1 | -1): Bound | undefined {
  const [first, ...others] = found.filter((bound) => bound !== undefined);
  return others.reduce((one, other) => (compare(other, one, inside) > 0 ? other : one), first);
}

/** Above 0 where one bound leaves less than the other; `inside` says which way inside is. No bound leaves all. */
function compare(one: Bound | undefined, other: Bound | undefined, inside: 1 | -1): number {
  if (!one || !other) return Number(one !== undefined) - Number(other !== undefined);
  return (one.at - other.at) * inside || Number(one.isExcluded) - Number(other.isExcluded);
}

/** How a limit has moved: it leaves less at one end, more at one, or both. */
export function moves(from: Range, to: Range): { readonly narrower: boolean; readonly wider: boolean } {
  const ends = [compare(to.least, from.least, 1), compare(to.greatest, from.greatest, -1)];
  return { narrower: ends.some((end) => end > 0), wider: ends.some((end) => end < 0) };
}

export function spell({ least, greatest }: Range): string {
  if (!least && !greatest) return "without limits";
  const from = least && `${least.isExcluded ? "above" : "from"} ${least.at}`;
  const to = greatest && `${greatest.isExcluded ? "below" : "up to"} ${greatest.at}`;
  return [from, to].filter(Boolean).join(" ");
}
