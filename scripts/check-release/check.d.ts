/** A line of the table. */
export interface Line {
  /** What is promised, in a few words. */
  readonly what: string;
  /** What was found. */
  readonly figure: string;
  /** What it has to be. */
  readonly limit: string;
  readonly holds: boolean;
  /** Why it could not be looked at here. It then neither holds nor falls short; `--strict`, as before a release, wants to know. */
  readonly unchecked?: string;
  /** Below the table, where it does not hold: what to look at. */
  readonly complaint?: string;
}

/** What the default export of a file in scripts/check-release/lines/ is. */
export interface Check {
  /** Whether it takes seconds, and is run on each change; the others are run before a release. */
  readonly isQuick: boolean;
  /** Measures. One line, or several that come of the same work. What it throws becomes a line that does not hold. */
  readonly measure: () => Line | readonly Line[] | Promise<Line | readonly Line[]>;
}
