/** An editor with one file open: what it shows where the cursor, ‸, stands in the code. */
export interface Editor {
  /** What it offers, without what is offered everywhere. */
  completionsAt(code: string): Promise<string[]>;
  /** What it shows of the name before the cursor: how it is declared, and its documentation. */
  hoverAt(code: string): Promise<string>;
  close(): Promise<void>;
}
