import { isSubset } from "./patterns.js";
import { moves, spell } from "./ranges.js";
import type { Direction, Tellers } from "./schemas.js";
import type { Shape } from "./shape.js";

/** Compares what two shapes say of a value itself: its type, its values, its limits. */
export function compareFacts(from: Shape, to: Shape, direction: Direction, tellers: Tellers): void {
  if (!compareTypes(from, to, tellers)) return;
  compareValues(from, to, tellers);
  compareTags(from, to, tellers);
  // Limits of an answer are not in its type, and nobody sends by them.
  const soft = (what: string) => tellers.tell("patch", what);
  const limits = direction === "request" ? tellers : { ...tellers, wider: soft, narrower: soft };
  compareLimits(from, to, limits);
  compareFormats(from, to, limits);
}

/** Whether it is worth comparing on. */
function compareTypes({ type: from }: Shape, { type: to }: Shape, { wider, narrower, tell }: Tellers): boolean {
  if (from === to) return true;
  if (from === undefined) narrower(`is ${to}, no longer anything`);
  else if (to === undefined) wider(`may be anything, not ${from} alone`);
  else if (from === "integer" && to === "number") wider("may be a fraction");
  else if (from === "number" && to === "integer") narrower("can no longer be a fraction");
  else tell("major", `is ${to}, no longer ${from}`);
  return from === undefined || to === undefined || (/^(integer|number)$/.test(from) && /^(integer|number)$/.test(to));
}

function compareValues(from: Shape, to: Shape, { wider, narrower, tell }: Tellers): void {
  if (from.values && to.values) {
    const gone = without(from.values, to.values);
    const fresh = without(to.values, from.values);
    if (gone.length > 0) narrower(`is no longer ${list(gone)}`);
    if (fresh.length > 0) wider(`may be ${list(fresh)}`);
  } else if (from.values) wider(`may be something else than ${list(from.values)}`);
  else if (to.values) narrower(`is nothing but ${list(to.values)}`);
  if (from.open && to.open) {
    const gone = without(from.open, to.open);
    const fresh = without(to.open, from.open);
    if (fresh.length > 0) tell("minor", `has a new known value: ${list(fresh)}`);
    if (gone.length > 0) tell("patch", `is no longer known to be ${list(gone)}`);
  } else if (from.open && !to.values) tell("patch", "lists no known values any more");
  else if (to.open && !from.values) tell("patch", `lists known values: ${list(to.open)}`);
}

function compareTags(from: Shape, to: Shape, { wider, narrower, tell }: Tellers): void {
  if (!from.tag || !to.tag) {
    if (from.tag) tell("minor", `is no longer told apart by ${from.tag.property}`);
    if (to.tag) tell("minor", `is told apart by ${to.tag.property}`);
    return;
  }
  if (from.tag.property !== to.tag.property) {
    tell("major", `is told apart by ${to.tag.property}, no longer by ${from.tag.property}`);
    return;
  }
  const gone = without(from.tag.values, to.tag.values);
  const fresh = without(to.tag.values, from.tag.values);
  if (gone.length > 0 && from.tag.isMapped) narrower(`is no longer told by ${list(gone)}`);
  if (fresh.length > 0 && to.tag.isMapped) wider(`may be told by ${list(fresh)}`);
}

function compareLimits(from: Shape, to: Shape, { wider, narrower }: Tellers): void {
  for (const [name, before] of Object.entries(from.ranges)) {
    const after = to.ranges[name] ?? { least: undefined, greatest: undefined };
    const moved = moves(before, after);
    const what = `limits ${name}: ${spell(after)}, was ${spell(before)}`;
    if (moved.narrower) narrower(what);
    else if (moved.wider) wider(what);
  }
  comparePatterns(from.patterns, to.patterns, { wider, narrower });
  if (from.isUnique !== to.isUnique)
    (to.isUnique ? narrower : wider)(`${to.isUnique ? "takes no" : "may have"} item twice`);
  compareMultiples(from.multipleOf, to.multipleOf, { wider, narrower });
  if (JSON.stringify(from.not) !== JSON.stringify(to.not)) (to.not ? narrower : wider)("excludes something else");
}

type Limits = Pick<Tellers, "wider" | "narrower">;

function comparePatterns(from: readonly string[], to: readonly string[], { wider, narrower }: Limits): void {
  const fresh = to.filter((pattern) => !from.includes(pattern));
  const gone = from.filter((pattern) => !to.includes(pattern));
  // Whatever was taken is taken still, if each new pattern takes all that one of the old ones did.
  const isTaken = fresh.every((pattern) => from.some((before) => isSubset(before, pattern)));
  if (fresh.length > 0 && !isTaken) narrower(`has to match ${fresh.join(" and ")}${was(gone)}`);
  else if (gone.length > 0)
    wider(fresh.length > 0 ? `may match ${fresh.join(" and ")}${was(gone)}` : `need not match ${gone.join(" and ")}`);
}

function compareMultiples(from: number | undefined, to: number | undefined, { wider, narrower }: Limits): void {
  if (from === to) return;
  const isTaken = to === undefined || (from !== undefined && isWhole(from / to));
  if (isTaken) wider(to === undefined ? `need not be a multiple of ${from}` : `has to be a multiple of ${to} only`);
  else narrower(`has to be a multiple of ${to}`);
}

/** Fractions divide with an error in the last of their digits. */
function isWhole(quotient: number): boolean {
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

/** Formats that refuse no value of their type. */
const hints: ReadonlySet<string> = new Set(["password", "int64", "float", "double"]);

function compareFormats({ format: from }: Shape, { format: to }: Shape, { wider, narrower, tell }: Tellers): void {
  if (from === to) return;
  const what =
    to === undefined ? `has no format any more, was ${from}` : `is of format ${to}${from ? `, was ${from}` : ""}`;
  const [refusedBefore, refuses] = [from, to].map((format) => format !== undefined && !hints.has(format));
  if (from === "binary" || to === "binary")
    tell("major", what); // bytes are another type, the rest are texts
  else if (refuses) narrower(what);
  else if (refusedBefore) wider(what);
  else tell("patch", what);
}

function was(gone: readonly string[]): string {
  return gone.length > 0 ? `, was ${gone.join(" and ")}` : "";
}

function without<Value>(values: readonly Value[], others: readonly Value[]): Value[] {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return values.filter((value) => !known.has(JSON.stringify(value)));
}

function list(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(", ");
}
