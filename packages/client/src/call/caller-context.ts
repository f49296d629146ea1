import type { CallerContext, Platform } from "../platform/platform.js";

export type { CallerContext };

let capture: Platform["captureContext"];

/** Lets contexts be captured in the runtime's own way, where it has any. */
export function connectContexts(captureContext: Platform["captureContext"]): void {
  capture = captureContext;
}

/** Captures the asynchronous context of its caller: what AsyncLocalStorage holds there, the active span. */
export function captureContext(): CallerContext {
  return capture?.() ?? new LoopContext();
}

/**
 * What follows an `await` runs in the context of that `await`, on every runtime. So a loop that waits for tasks runs
 * them all in the context in which the loop was begun.
 */
class LoopContext implements CallerContext {
  #tasks: (() => void)[] = [];
  #wake = () => {};

  constructor() {
    void this.#work();
  }

  run<Result>(task: () => Result): Promise<Awaited<Result>> {
    return new Promise((resolve, reject) => {
      this.#tasks.push(() => {
        try {
          resolve(task() as Awaited<Result>);
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
