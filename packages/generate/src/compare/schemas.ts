import type { Schema } from "../description/description.js";
import { type Find, schemaName } from "../description/references.js";
import type { Place, Tell } from "./change.js";
import { compareFacts } from "./facts.js";
import { contradict, pairUp } from "./pairs.js";
import { asObject, isNull, type Shape } from "./shape.js";

/** Whether a schema is of what callers send or of what they get. */
export type Direction = "request" | "answer";

/** One of the two descriptions, as far as its schemas go. */
export interface Side {
  readonly find: Find;
  readonly shapes: (schema: Schema) => readonly Shape[];
}

/** What comparing the schemas of one operation needs. */
export interface Context {
  readonly old: Side;
  readonly new: Side;
  readonly direction: Direction;
  /** What the schemas are of: `answer`, `request`, … */
  readonly part: string;
  readonly report: (place: Place, ...told: Parameters<Tell>) => void;
}

/** Tells how a schema differs from another: in a request what is narrower breaks, in an answer what is wider. */
export function compareSchemas(context: Context, from: Schema, to: Schema, path = ""): void {
  new SchemaComparison(context).compare(from, to, { path, isShared: false, part: context.part });
}

class SchemaComparison {
  readonly #context: Context;
  /** The pairs that are compared or being compared: schemas lead back to themselves. */
  readonly #passed = new Map<Schema, Set<Schema>>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** What shares a schema: the status of an answer makes no difference then. */
  get #shared(): string {
    return this.#context.part.split(" ")[0] ?? "";
  }

  compare(from: Schema, to: Schema, place: Place): void {
    const { old: one, new: other } = this.#context;
    const [oldSchema, newSchema] = [one.find<Schema>(asObject(from)), other.find<Schema>(asObject(to))];
    const passed = this.#passed.get(oldSchema) ?? new Set();
    this.#passed.set(oldSchema, passed);
    if (passed.has(newSchema)) return;
    passed.add(newSchema);
    const name = schemaName(to) ?? schemaName(from);
    const at = name === undefined ? place : { path: name, isShared: true, part: this.#shared };
    this.#compareChoices(one.shapes(from), other.shapes(to), at);
    compareDeprecation(oldSchema, newSchema, (level, what) => this.#context.report(at, level, what));
    this.#compareDefaults(defaultOf(from, oldSchema), defaultOf(to, newSchema), at);
  }

  #compareDefaults(from: string | undefined, to: string | undefined, place: Place): void {
    if (from === to) return;
    const [level, whose] =
      this.#context.direction === "request" ? (["minor", "left out, it"] as const) : (["patch", "it"] as const);
    this.#context.report(
      place,
      level,
      `${whose} is ${to ?? "nothing in particular"}, was ${from ?? "nothing in particular"}`,
    );
  }

  #compareChoices(from: readonly Shape[], to: readonly Shape[], place: Place): void {
    const { wider, narrower, tell } = this.#tellers(place);
    if (from.some(isNull) && !to.some(isNull)) narrower("can no longer be null");
    if (!from.some(isNull) && to.some(isNull) && !isAnything(from)) wider("may be null");
    const pairs = pairUp(from.filter(isOther), to.filter(isOther));
    const isRequest = this.#context.direction === "request";
    for (const shape of pairs.gone)
      if (isRequest && to.some((other) => this.#isHarmless(shape, other)))
        tell("minor", `need not be ${describe(shape)}`);
      else narrower(`is no longer ${describe(shape)}`);
    for (const shape of pairs.fresh)
      if (!isRequest && from.some((one) => this.#isHarmless(one, shape)))
        tell("minor", `may also be ${describe(shape)}`);
      else wider(`may be ${describe(shape)}`);
    for (const [one, other] of pairs.alike)
      this.#compareShapes(one, other, this.#branch(one, other, place, pairs.alike.length > 1));
  }

  /** Whether nobody who is ready for one shape is broken by the other in its place. */
  #isHarmless(from: Shape, to: Shape): boolean {
    let isHarmless = !contradict(from, to);
    const report: Context["report"] = (_place, level) => {
      if (level === "major") isHarmless = false;
    };
    new SchemaComparison({ ...this.#context, report }).#compareShapes(from, to, {
      path: "",
      part: "",
      isShared: false,
    });
    return isHarmless;
  }

  /** A branch of a choice that has a name is told by it. */
  #branch(one: Shape, other: Shape, place: Place, isOneOfSeveral: boolean): Place {
    const name = isOneOfSeveral ? (other.name ?? one.name) : undefined;
    return name === undefined ? place : { path: name, isShared: true, part: this.#shared };
  }

  #compareShapes(from: Shape, to: Shape, place: Place): void {
    const { direction } = this.#context;
    compareFacts(from, to, direction, this.#tellers(place));
    this.#compareProperties(from, to, place);
    if (from.items && to.items) this.compare(from.items, to.items, inside(place, "[]"));
    else if (from.items ?? to.items) this.compare(from.items ?? {}, to.items ?? {}, inside(place, "[]"));
    this.#comparePatterns(from, to, place);
    this.#compareAdditional(from, to, place);
  }

  #compareProperties(from: Shape, to: Shape, place: Place): void {
    const { old: one, new: other, direction } = this.#context;
    const names = new Set([from, to].flatMap((shape) => [...shape.properties.keys(), ...shape.required]));
    for (const name of names) {
      const [before, after] = [propertyOf(from, name), propertyOf(to, name)];
      const was = before !== undefined && isSeen(before, one, direction);
      const is = after !== undefined && isSeen(after, other, direction);
      const at = inside(place, `.${name}`);
      const tell: Tell = (level, what) => this.#context.report(at, level, what);
      const isRequired = to.required.has(name);
      if (was && !is) tell("major", goneBecause(after, direction));
      else if (!was && is) this.#tellFresh(tell, isRequired);
      else if (!was && !is) tellUnseen(tell, before, after);
      else if (before && after) {
        this.#compareFlags(before, after, tell);
        this.#compareRequired(from.required.has(name), isRequired, tell);
        this.compare(before, after, at);
      }
    }
  }

  #tellFresh(tell: Tell, isRequired: boolean): void {
    if (this.#context.direction === "answer") tell("minor", "is new");
    else if (isRequired) tell("major", "is new, and has to be sent");
    else tell("minor", "is new, and may be sent");
  }

  /** What may only be read is in every answer that it was in, and what may only be written in every request. */
  #compareFlags(from: Schema, to: Schema, tell: Tell): void {
    const { old: one, new: other, direction } = this.#context;
    const unusual = direction === "request" ? "answer" : "request";
    const flag = direction === "request" ? "writeOnly" : "readOnly";
    const [was, is] = [!isSeen(from, one, unusual), !isSeen(to, other, unusual)];
    if (was !== is) tell("patch", is ? `is ${flag}` : `is no longer ${flag}`);
  }

  #compareRequired(was: boolean, is: boolean, tell: Tell): void {
    if (was === is) return;
    if (this.#context.direction === "request") tell(is ? "major" : "minor", is ? "has to be sent" : "may be left out");
    else tell(is ? "minor" : "major", is ? "is always there" : "may be absent");
  }

  /** Where a pattern of names is on one side only, the other says the same of these as of any other property. */
  #comparePatterns(from: Shape, to: Shape, place: Place): void {
    const { wider, narrower } = this.#tellers(place);
    for (const pattern of new Set([...from.byPattern.keys(), ...to.byPattern.keys()])) {
      const before = from.byPattern.get(pattern) ?? othersOf(from);
      const after = to.byPattern.get(pattern) ?? othersOf(to);
      if (before && after) this.compare(before, after, inside(place, `[${pattern}]`));
      else if (after) wider(`may have properties that match ${pattern}`);
      else if (before) narrower(`has no more properties that match ${pattern}`);
    }
  }

  #compareAdditional(from: Shape, to: Shape, place: Place): void {
    if (from.additional === to.additional || from.type !== to.type) return;
    const [before, after] = [othersOf(from), othersOf(to)];
    if (before && after) this.compare(before, after, inside(place, "[*]"));
    else if (before) this.#tellers(place).narrower("has no other properties any more");
    else this.#context.report(place, "minor", "may have other properties");
  }

  #tellers(place: Place): Tellers {
    const { direction, report } = this.#context;
    return {
      wider: (what) => report(place, direction === "request" ? "minor" : "major", what),
      narrower: (what) => report(place, direction === "request" ? "major" : "minor", what),
      tell: (level, what) => report(place, level, what),
    };
  }
}

/** Tells of what a schema allows now and did not, or no longer allows. */
export interface Tellers {
  readonly wider: (what: string) => void;
  readonly narrower: (what: string) => void;
  readonly tell: Tell;
}

/** What is required need not be described: then it may be anything. */
function propertyOf({ properties, required }: Shape, name: string): Schema | undefined {
  return properties.get(name) ?? (required.has(name) ? {} : undefined);
}

/** What a property may be that is not named; undefined where there may be none. */
function othersOf({ additional }: Shape): Schema | undefined {
  return additional === true ? {} : additional || undefined;
}

function inside(place: Place, step: string): Place {
  return { ...place, path: place.path === "" ? step.replace(/^\./, "") : place.path + step };
}

/** Tells of what callers should no longer use. */
export function compareDeprecation(from: { deprecated?: boolean }, to: { deprecated?: boolean }, tell: Tell): void {
  if (!from.deprecated && to.deprecated) tell("minor", "is deprecated");
  if (from.deprecated && !to.deprecated) tell("patch", "is no longer deprecated");
}

function defaultOf(schema: Schema, found: Schema): string | undefined {
  return JSON.stringify(asObject(schema).default ?? found.default);
}

function isOther(shape: Shape): boolean {
  return !isNull(shape);
}

function isAnything(shapes: readonly Shape[]): boolean {
  return shapes.some(({ type, values }) => type === undefined && values === undefined);
}

/** What is `readOnly` is in no request, what is `writeOnly` in no answer. */
function isSeen(schema: Schema, { find }: Side, direction: Direction): boolean {
  const hidden = direction === "request" ? "readOnly" : "writeOnly";
  const found = find<Schema>(schema);
  return ![schema, found, ...(found.allOf ?? []).map((part) => find<Schema>(part))].some(
    (part) => part[hidden] === true,
  );
}

function tellUnseen(tell: Tell, before: Schema | undefined, after: Schema | undefined): void {
  if (!before) tell("patch", "is new, but not here");
  if (!after) tell("patch", "is gone, but was not here");
}

function goneBecause(after: Schema | undefined, direction: Direction): string {
  if (after === undefined) return direction === "request" ? "is gone, and can no longer be sent" : "is gone";
  return direction === "request"
    ? "has become readOnly, and can no longer be sent"
    : "has become writeOnly, and is gone";
}

function describe({ name, tag, type, values }: Shape): string {
  const [value] = tag?.values ?? [];
  if (value !== undefined) return `a ${value}`;
  if (name !== undefined) return name;
  return values ? values.map((each) => JSON.stringify(each)).join(" or ") : (type ?? "anything");
}
