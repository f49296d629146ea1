import type { Watcher } from "./watch.js";

/** A reading of the service, and to how many watchers it still has to show something. */
export interface Reading {
  readonly abort: AbortController;
  owed: number;
}

/** A watcher's place among those of its project. */
export interface Place {
  readonly watcher: Watcher;
  intervalMs: number;
  dueAt: number;
  /** The reading that has not shown the watcher anything yet. */
  reading: Reading | undefined;
  isLeft: boolean;
  /** Its neighbours among those who wait for the same connection. */
  previous: Place | undefined;
  next: Place | undefined;
}

/** Places by the ids of their connections, in lower case. Those of one connection are linked, which costs the many that are alone there nothing. */
export class Places {
  readonly #first = new Map<string, Place>();

  get isEmpty(): boolean {
    return this.#first.size === 0;
  }

  add(place: Place): void {
    const id = place.watcher.connectionId.toLowerCase();
    place.next = this.#first.get(id);
    if (place.next) place.next.previous = place;
    this.#first.set(id, place);
  }

  delete(place: Place): void {
    const { previous, next } = place;
    if (next) next.previous = previous;
    if (previous) {
      previous.next = next;
      return;
    }
    const id = place.watcher.connectionId.toLowerCase();
    if (next) this.#first.set(id, next);
    else this.#first.delete(id);
  }

  /** The first of those who wait for a connection. The others are linked to it; no list of them is made, since most connections have one. */
  firstOf(connectionId: string): Place | undefined {
    return this.#first.get(connectionId.toLowerCase());
  }

  all(): Place[] {
    const places: Place[] = [];
    for (const first of this.#first.values())
      for (let place: Place | undefined = first; place; place = place.next) places.push(place);
    return places;
  }
}

export function firstDueAt(places: readonly Place[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { dueAt } of places) if (dueAt < first) first = dueAt;
  return first;
}
