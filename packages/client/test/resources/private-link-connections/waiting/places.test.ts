import { expect, test } from "vitest";
import { firstDueAt, type Place, Places } from "../../../../src/resources/private-link-connections/waiting/places.js";
import type { Watcher } from "../../../../src/resources/private-link-connections/waiting/watch.js";

/** A place of somebody who waits for a connection. Of the one who waits, places read the connection's id alone. */
function placeFor(connectionId: string, dueAt = 0): Place {
  const watcher = { connectionId } as Watcher;
  const none = undefined;
  return { watcher, intervalMs: 1, dueAt, isLeft: false, reading: none, previous: none, next: none };
}

function placesOf(...all: readonly Place[]): Places {
  const places = new Places();
  for (const place of all) places.add(place);
  return places;
}

/** Those who wait for a connection, as they are linked. */
function linked(places: Places, connectionId: string): Place[] {
  const found: Place[] = [];
  for (let place = places.firstOf(connectionId); place; place = place.next) found.push(place);
  return found;
}

const [ab, cd] = ["ab".repeat(12), "cd".repeat(12)];

test("those who wait for one connection are found by its id, however that is written, and nobody else", () => {
  const [first, second, other] = [placeFor(ab), placeFor(ab.toUpperCase()), placeFor(cd)];
  const places = placesOf(first, other, second);
  expect(new Set(linked(places, ab.toUpperCase()))).toEqual(new Set([first, second]));
  expect(linked(places, cd)).toEqual([other]);
  expect(linked(places, "")).toEqual([]);
  expect(new Set(places.all())).toEqual(new Set([first, second, other]));
});

test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]], [[1, 2, 0]], [[0, 2, 1]]])(
  "who leaves is found no longer, and the others still are, in the order %j",
  (order) => {
    const mine = [placeFor(ab), placeFor(ab.toUpperCase()), placeFor(ab)];
    const other = placeFor(cd);
    const places = placesOf(...mine, other);
    const left = new Set(mine);
    for (const index of order) {
      const place = mine[index] as Place;
      places.delete(place);
      left.delete(place);
      expect(new Set(linked(places, ab))).toEqual(left);
      expect(new Set(places.all())).toEqual(new Set([...left, other]));
    }
    expect(places.isEmpty).toBe(false);
    places.delete(other);
    expect(places.isEmpty).toBe(true);
  },
);

test("the first who is due is found among all, and nobody is ever due where nobody waits", () => {
  expect(firstDueAt([30, 10, 20].map((dueAt) => placeFor(ab, dueAt)))).toBe(10);
  expect(firstDueAt([])).toBe(Number.POSITIVE_INFINITY);
});
