import type { Step } from "./scenario.js";

/** Where a connection is in its life. */
export interface Progress {
  /** Begins a life, now. */
  begin(steps: readonly Step[]): void;
  /** The step that it is in; what is left of it counts as unread. */
  current(): Step;
  /** The step that it is in, for somebody who reads it. */
  read(): Step;
  /** What is left of this life, so that it can go on elsewhere. */
  rest(): Step[];
}

export function createProgress(now: () => number, steps: readonly Step[]): Progress {
  let left = [...steps];
  let since = now();
  let reads = 0;

  function settle(): Step {
    for (;;) {
      const [step, next] = left;
      if (!step) return { state: null };
      if (!next) return step;
      const isOver = step.ms !== undefined ? now() - since >= step.ms : step.reads !== undefined && reads >= step.reads;
      if (!isOver) return step;
      left = left.slice(1);
      since += step.ms ?? now() - since;
      reads = 0;
    }
  }

  return {
    begin(steps) {
      left = [...steps];
      since = now();
      reads = 0;
    },
    current: settle,
    read() {
      const step = settle();
      reads += 1;
      return step;
    },
    rest() {
      const step = settle();
      const [, ...later] = left;
      const used = {
        ...(step.reads !== undefined && { reads: step.reads - reads }),
        ...(step.ms !== undefined && { ms: step.ms - (now() - since) }),
      };
      return [{ ...step, ...used }, ...later];
    },
  };
}
