import type { Clock } from "../../../call/clock.js";
import { type Looks, ProjectWatch } from "./watch.js";

/** Who waits in which project. A project is in it only while somebody waits there. */
export class Watches {
  readonly #watches = new Map<string, ProjectWatch>();
  readonly #looksAt: (groupId: string) => Looks;
  readonly #clock: Clock;

  constructor(looksAt: (groupId: string) => Looks, clock: Clock) {
    this.#looksAt = looksAt;
    this.#clock = clock;
  }

  /** Those who wait in a project. Whoever asks for them has to join them, or nobody ever closes the door. */
  of(groupId: string): ProjectWatch {
    return this.#watches.get(groupId) ?? this.#open(groupId);
  }

  #open(groupId: string): ProjectWatch {
    const watch = new ProjectWatch(this.#looksAt(groupId), this.#clock, () => this.#watches.delete(groupId));
    this.#watches.set(groupId, watch);
    return watch;
  }
}
