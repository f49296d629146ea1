import { outcomeOf, startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { admission } from "../../src/call/admission.js";
import type { Answer } from "../../src/call/layer.js";
import { aCall, aNetwork, anAnswer, aRequest, groupId } from "./calls.js";

const otherGroupId = groupId.replace(/.$/, "0");
const limited = anAnswer(429, { "retry-after": "10" });
const ok = anAnswer(200);

/** Calls of one client that has so many places, on a clock that the test moves. */
function start(places = 1) {
  const random = vi.spyOn(Math, "random").mockReturnValue(0); // nobody comes later than the service asks
  onTestFinished(() => random.mockRestore());
  const clock = startClock();
  const network = aNetwork({ clock, places });
  const underWay: string[] = [];

  /** Begins a call that is under way, once it is admitted, until the test ends it. */
  function begin(name: string, project = groupId) {
    const abort = new AbortController();
    const call = aCall({ clock, abort: abort.signal });
    let settle: (answer: Answer | Promise<never>) => void = () => {};
    const send = admission(
      call,
      network,
    )(async () => {
      underWay.push(name);
      try {
        return await new Promise<Answer>((resolve) => {
          settle = resolve;
        });
      } finally {
        underWay.splice(underWay.indexOf(name), 1);
      }
    });
    return {
      outcome: outcomeOf(send(aRequest({ url: aRequest().url.replace(groupId, project) }))),
      end: (answer = ok) => settle(answer),
      fail: (reason: unknown) => settle(Promise.reject(reason)),
      abort: (reason: unknown) => abort.abort(reason),
    };
  }

  return { clock, underWay, begin };
}

describe("a place", () => {
  test("that is free is taken at once", () => {
    const { underWay, begin } = start(2);
    begin("a");
    begin("b");
    expect(underWay).toEqual(["a", "b"]);
  });

  test.each(["end", "fail"] as const)("is given to the one who waits when its call comes to an %s", async (way) => {
    const { clock, underWay, begin } = start();
    const a = begin("a");
    begin("b");
    begin("c");
    await clock.quiet();
    expect(underWay).toEqual(["a"]);
    const answer = anAnswer(404);
    a[way](answer);
    expect(await a.outcome).toEqual(
      way === "end" ? { status: "fulfilled", value: answer } : { status: "rejected", reason: answer },
    );
    await clock.quiet();
    expect(underWay).toEqual(["b"]);
  });

  test("is no longer waited for by a call that was ended", async () => {
    const { clock, underWay, begin } = start();
    const a = begin("a");
    const b = begin("b");
    begin("c");
    b.abort("enough");
    expect(await b.outcome).toEqual({ status: "rejected", reason: "enough" });
    a.end();
    await clock.quiet();
    expect(underWay).toEqual(["c"]);
  });
});

describe("a project at its limit", () => {
  test("has its calls wait, while those of others go on", async () => {
    const { clock, underWay, begin } = start();
    begin("a").end(limited);
    await clock.quiet();
    const b = begin("b");
    const c = begin("c", otherGroupId);
    await clock.pass(9999);
    expect(underWay).toEqual(["c"]);
    c.end();
    await clock.pass(1);
    expect(underWay).toEqual(["b"]);
    b.end();
    expect(await b.outcome).toEqual({ status: "fulfilled", value: ok });
  });

  test("shows that by what an answer has left, too: then one finds out", async () => {
    const { clock, underWay, begin } = start(3);
    begin("a").end(anAnswer(200, { "ratelimit-remaining": "0" }));
    await clock.quiet();
    begin("b");
    begin("c");
    await clock.quiet();
    expect(underWay).toEqual(["b"]);
  });

  test("lets one go alone once there is room again, and as soon as that has ended, others", async () => {
    const { clock, underWay, begin } = start(3);
    const a = begin("a");
    const b = begin("b");
    a.end(limited);
    await clock.quiet();
    begin("c");
    begin("d");
    await clock.pass(10_000);
    expect(underWay).toEqual(["b"]);
    b.end();
    await clock.quiet();
    expect(underWay).toEqual(["c", "d"]);
  });

  test("has those wait too that have waited for a place meanwhile, and these keep no place from others", async () => {
    const { clock, underWay, begin } = start();
    const a = begin("a");
    begin("b");
    await clock.quiet();
    a.end(limited);
    await clock.quiet();
    expect(underWay).toEqual([]);
    const c = begin("c", otherGroupId);
    await clock.quiet();
    expect(underWay).toEqual(["c"]);
    c.end();
    await clock.pass(10_000);
    expect(underWay).toEqual(["b"]);
  });

  test("does not count a call that was ended while it waited for a place", async () => {
    const { clock, underWay, begin } = start();
    begin("a").end(limited);
    await clock.pass(10_000);
    const other = begin("other", otherGroupId);
    const b = begin("b"); // the one that goes alone
    begin("c");
    await clock.quiet();
    b.abort("enough");
    expect(await b.outcome).toEqual({ status: "rejected", reason: "enough" });
    other.end();
    await clock.quiet();
    expect(underWay).toEqual(["c"]);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])(
    "counts a call that is just about to take its place, be it %i steps on its way",
    async (steps) => {
      const { clock, underWay, begin } = start(2);
      const [a, b] = [begin("a"), begin("b")];
      begin("c");
      begin("d");
      await clock.quiet();
      a.end();
      for (let step = 0; step < steps; step++) await undefined;
      b.end(limited);
      await clock.pass(10_000);
      expect(underWay).toEqual(["c"]);
    },
  );
});
