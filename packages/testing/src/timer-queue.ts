export interface Timer {
  readonly at: number;
  readonly delayMs: number;
  readonly callback: () => void;
}

/** Timers by the moment at which they fire, and those of one moment in the order in which they were set: a binary heap. */
export class TimerQueue {
  readonly #heap: { readonly timer: Timer; readonly order: number }[] = [];
  readonly #pending = new Set<Timer>();
  #order = 0;

  get size(): number {
    return this.#pending.size;
  }

  [Symbol.iterator](): Iterator<Timer> {
    return this.#pending.values();
  }

  has(timer: Timer): boolean {
    return this.#pending.has(timer);
  }

  add(timer: Timer): void {
    this.#pending.add(timer);
    this.#heap.push({ timer, order: this.#order++ });
    for (let at = this.#heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** It stays in the heap until it would be the first, or nothing else is left. */
  delete(timer: Timer): void {
    this.#pending.delete(timer);
    if (this.#pending.size === 0) this.#heap.length = 0;
  }

  first(): Timer | undefined {
    for (;;) {
      const timer = this.#heap[0]?.timer;
      if (!timer || this.#pending.has(timer)) return timer;
      this.#removeFirst();
    }
  }

  #removeFirst(): void {
    this.#swap(0, this.#heap.length - 1);
    this.#heap.pop();
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(child, at)) return;
      this.#swap(at, child);
      at = child;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [first, second] = [this.#heap[one], this.#heap[other]];
    if (!first || !second) return false;
    return first.timer.at < second.timer.at || (first.timer.at === second.timer.at && first.order < second.order);
  }

  #swap(one: number, other: number): void {
    const [first, second] = [this.#heap[one], this.#heap[other]];
    if (!first || !second) return;
    this.#heap[one] = second;
    this.#heap[other] = first;
  }
}
