import { exitCodes } from "../exit-codes.js";

/** Ctrl-C, or a SIGTERM: what everything that waits is ended with. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal === "SIGINT" ? "Interrupted." : "Terminated.");
    this.exitCode = signal === "SIGINT" ? exitCodes.interrupted : exitCodes.terminated;
  }
}

export interface Interrupt {
  readonly signal: AbortSignal;
  /** What to tell the person who ended the command: how to go on. */
  hint: string | undefined;
}

/** From now on Ctrl-C ends calls and waits; a second one ends the process, whatever it is at. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // `on` and never `once`: where nobody listens any more, the libraries beneath end the process before the hint is printed.
    process.on(signal, () => {
      const reason = new Interrupted(signal);
      if (controller.signal.aborted) process.exit(reason.exitCode);
      controller.abort(reason);
    });
  }
  return { signal: controller.signal, hint: undefined };
}
