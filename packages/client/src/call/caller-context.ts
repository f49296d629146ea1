/**
 * The asynchronous context of its maker: what AsyncLocalStorage holds there, the active span.
 *
 * What follows an `await` runs in the context of that `await`, on every runtime. So a loop that waits for tasks runs
 * them all in the context in which the loop was begun.
 */
export class CallerContext {
  #tasks: (() => void)[] = [];
  #wake = () => {};

  constructor() {
    void this.#work();
  }

  /** Runs a task in this context, after those that came before it; the promise is that of its end. */
  run<Result>(task: () => Result | PromiseLike<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#tasks.push(() => {
        try {
          resolve(task());
        } catch (error) {
          reject(error);
        }
      });
      this.#wake();
    });
  }

  async #work(): Promise<never> {
    for (;;) {
      if (this.#tasks.length === 0)
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      const due = this.#tasks;
      this.#tasks = [];
      for (const task of due) task();
    }
  }
}
