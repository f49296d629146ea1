import { onAbort, reasonOf } from "./abort-signals.js";
import type { Clock } from "./clock.js";

/**
 * A limit on some work: it ends with the reason of the caller's signal when that aborts, or after
 * `limitMs` with the error that `onLimit` makes. Release it when the work is done, so that neither a
 * timer nor a listener stays behind.
 */
export class Limit {
  /** Why the limit has ended the work; undefined while it has not. */
  ended: { readonly reason: unknown } | undefined;
  #controller: AbortController | undefined;
  #callbacks: ((reason: unknown) => void)[] = [];
  readonly #callOff: () => void;
  readonly #unlisten: (() => void) | undefined;

  constructor(clock: Clock, parent: AbortSignal | null | undefined, limitMs: number, onLimit: () => Error) {
    if (parent?.aborted) this.#end(reasonOf(parent));
    else if (limitMs <= 0) this.#end(onLimit()); // at once, so that nothing is sent that has no time
    this.#unlisten = this.ended || !parent ? undefined : onAbort(parent, () => this.#end(reasonOf(parent)));
    this.#callOff = this.ended ? () => {} : clock.schedule(() => this.#end(onLimit()), limitMs);
  }

  /** For whoever can be ended by a signal only. Made when it is first read, since a signal costs as much as a layer. */
  get signal(): AbortSignal {
    if (this.#controller) return this.#controller.signal;
    const controller = new AbortController();
    this.#controller = controller;
    this.onEnd((reason) => controller.abort(reason));
    return controller.signal;
  }

  /** Calls back when the limit ends the work, at once where it already has. */
  onEnd(callback: (reason: unknown) => void): void {
    if (this.ended) callback(this.ended.reason);
    else this.#callbacks.push(callback);
  }

  /** The work's own end, or the limit's reason as soon as that comes, even where the work does not heed it. */
  race<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.onEnd(reject);
      work.then(resolve, reject);
    });
  }

  throwIfEnded(): void {
    if (this.ended) throw this.ended.reason;
  }

  release(): void {
    this.#callOff();
    this.#unlisten?.();
  }

  #end(reason: unknown): void {
    if (this.ended) return;
    this.ended = { reason };
    for (const callback of this.#callbacks) callback(reason);
  }
}
