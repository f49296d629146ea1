import { expect, test } from "vitest";
import { Line, type Waiting } from "../../src/call/line.js";
import { aCall } from "./calls.js";

/** Somebody who waits: has been sent so often, and has so much time left. */
function aWaiting({ sent = 0, deadlineMs = 1000 } = {}): Waiting {
  return { call: aCall({ deadlineMs }, sent), pass: () => {}, refuse: () => {} };
}

function lineOf(...waiting: readonly Waiting[]): Line {
  const line = new Line();
  for (const each of waiting) line.add(each);
  return line;
}

const takeAll = (line: Line, isRoomSure: boolean) => [1, 2, 3, 4, 5].map(() => line.take(isRoomSure));

test("those that have been sent before go first where there is surely room, and last where there may be none", () => {
  const [fresh, repeated, freshToo, repeatedToo] = [0, 1, 0, 3].map((sent) => aWaiting({ sent }));
  const all = [fresh, repeated, freshToo, repeatedToo] as Waiting[];
  expect(takeAll(lineOf(...all), true)).toEqual([repeated, repeatedToo, fresh, freshToo, undefined]);
  expect(takeAll(lineOf(...all), false)).toEqual([fresh, freshToo, repeated, repeatedToo, undefined]);
});

test.each([0, 1])("is empty before and after, and not while somebody waits who was sent %i times", (sent) => {
  const line = new Line();
  const waiting = aWaiting({ sent });
  expect(line.isEmpty).toBe(true);
  line.add(waiting);
  expect(line.isEmpty).toBe(false);
  expect([line.delete(waiting), line.delete(waiting)]).toEqual([true, false]);
  expect(line.isEmpty).toBe(true);
});

test("whose deadline is not after a moment is taken out, and nobody else", () => {
  const given = [0, 1].flatMap((sent) => [999, 1000, 1001].map((deadlineMs) => aWaiting({ sent, deadlineMs })));
  const line = lineOf(...given);
  const [early, exact, late, repeatedEarly, repeatedExact, repeatedLate] = given;
  expect(line.takeDue(exact?.call.deadlineAt ?? 0)).toEqual([early, exact, repeatedEarly, repeatedExact]);
  expect(takeAll(line, false)).toEqual([late, repeatedLate, undefined, undefined, undefined]);
});
