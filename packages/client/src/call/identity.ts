/** Tells a client from the others of the process, and nothing else of it. */
export class Identity {
  #id: string | undefined;

  /** Made when it is first asked for: most clients are never asked. */
  get id(): string {
    this.#id ??= crypto.randomUUID();
    return this.#id;
  }
}
