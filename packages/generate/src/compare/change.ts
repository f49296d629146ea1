/** How much of the next version number a change asks for. */
export type Level = "major" | "minor" | "patch" | "none";

/** One difference between two descriptions. */
export interface Change {
  /** `major` breaks callers, `minor` is new to them, `patch` they need not know. */
  readonly level: Exclude<Level, "none">;
  /** Which operations, and what of them. */
  readonly where: string;
  readonly what: string;
}

/** What two descriptions differ in, the worst first. */
export interface Comparison {
  readonly level: Level;
  readonly changes: readonly Change[];
}

export const levels: readonly Level[] = ["none", "patch", "minor", "major"];

/** The highest of some levels. */
export function highest(found: readonly Level[]): Level {
  return found.reduce((one, other) => (levels.indexOf(other) > levels.indexOf(one) ? other : one), "none");
}

/** Tells of a difference. */
export type Tell = (level: Change["level"], what: string) => void;

/** Where a difference was found: from a schema with a name if it is in one, else from the operation. */
export interface Place {
  /** `Thing.note`, or `query limit`. */
  readonly path: string;
  /** Whether the path begins at a schema, which other operations may use too. */
  readonly isShared: boolean;
  /** What the schema is of: `answer`, `request`, … */
  readonly part: string;
}

interface Entry extends Place {
  readonly level: Change["level"];
  readonly what: string;
  readonly operations: Set<string>;
}

const mostNamed = 3;

/** Gathers differences; what several operations share is told once. */
export class Findings {
  readonly #entries = new Map<string, Entry>();

  add(operation: string, place: Place, level: Change["level"], what: string): void {
    const key = JSON.stringify([place.isShared ? "" : operation, place.part, place.path, level, what]);
    const entry = this.#entries.get(key) ?? { ...place, level, what, operations: new Set<string>() };
    entry.operations.add(operation);
    this.#entries.set(key, entry);
  }

  comparison(): Comparison {
    const changes = Array.from(this.#entries.values(), ({ level, what, ...entry }) => ({
      level,
      where: whereIs(entry),
      what,
    }));
    changes.sort((one, other) => levels.indexOf(other.level) - levels.indexOf(one.level));
    return { level: highest(changes.map(({ level }) => level)), changes };
  }
}

function whereIs({ path, part, operations }: Pick<Entry, "path" | "part" | "operations">): string {
  const [...names] = operations;
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  return [`${names.slice(0, mostNamed).join(", ")}${more}`, part, path].filter(Boolean).join(": ");
}
