import type { Call } from "./call.js";

/** A call that waits for its turn. */
export interface Waiting {
  readonly call: Call;
  readonly pass: () => void;
  readonly refuse: (reason: unknown) => void;
}

/** The calls of a project that wait for their turn, in the order in which they came. */
export class Line {
  readonly #fresh = new Set<Waiting>();
  /** Those that have been sent before: they have fewer attempts left. */
  readonly #repeated = new Set<Waiting>();

  get isEmpty(): boolean {
    return this.#fresh.size === 0 && this.#repeated.size === 0;
  }

  add(waiting: Waiting): void {
    (waiting.call.sent.length > 0 ? this.#repeated : this.#fresh).add(waiting);
  }

  /** Whether it was still waiting. */
  delete(waiting: Waiting): boolean {
    return this.#fresh.delete(waiting) || this.#repeated.delete(waiting);
  }

  /** Takes out the next: of those with few attempts left where there is surely room, else of those that have them all. */
  take(isRoomSure: boolean): Waiting | undefined {
    const [first, second] = isRoomSure ? [this.#repeated, this.#fresh] : [this.#fresh, this.#repeated];
    const [next] = first.size > 0 ? first : second;
    if (next) this.delete(next);
    return next;
  }

  /** Takes out those whose deadline is not after a moment. */
  takeDue(moment: number): Waiting[] {
    const due = [...this.#fresh, ...this.#repeated].filter(({ call }) => call.deadlineAt <= moment);
    for (const waiting of due) this.delete(waiting);
    return due;
  }
}
