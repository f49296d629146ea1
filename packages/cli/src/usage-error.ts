/** A mistake in what the person gave: told in sentences, without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
  /** More than one sentence, where there is more than one mistake. */
  readonly mistakes: readonly string[] | undefined;

  constructor(message: string, mistakes?: readonly string[]) {
    super(message);
    this.mistakes = mistakes;
  }
}
