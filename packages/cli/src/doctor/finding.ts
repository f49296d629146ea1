/** What came of one check. */
export interface Finding {
  readonly check: string;
  readonly is: "right" | "wrong" | "unknown";
  readonly detail: string;
  /** What to do, and whose it is. */
  readonly advice?: string;
  readonly exitCode?: number;
}
