import type { Limit } from "./limit.js";

/** Lets so many work at once; the others wait for their turn in the order in which they came. */
export class Queue {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(places: number) {
    this.#free = places;
  }

  /** Takes a place where one is free; then nobody waits. */
  tryEnter(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  /** Waits for a place, or rejects with the limit's reason as soon as that ends. */
  wait(limit: Limit): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      limit.onEnd((reason) => {
        // Whoever has been given a place keeps it: it is for the caller to leave.
        if (this.#waiting.delete(resolve)) reject(reason);
      });
    });
  }

  /** Gives a place back, to the one who has waited longest. */
  leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
