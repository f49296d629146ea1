/** Something that is not as the description says. It holds no credentials, no ids, and no values but those of open sets. */
export interface Deviation {
  /** The operation and the status of its answer, or the path if it is of none. */
  readonly operation: string;
  /** `request` or `answer`, and where in it: `answer body.state`. */
  readonly where: string;
  /** What is not as described, in one sentence. */
  readonly what: string;
}
