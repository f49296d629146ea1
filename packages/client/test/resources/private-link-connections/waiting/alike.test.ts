import type { FaultRule } from "@atlas-streams/mock";
import fc from "fast-check";
import { expect, test } from "vitest";
import { atFirst, groupId, idOf, inTurn, problem, type Sight, type Story, through } from "./service.js";
import { startWorld } from "./world.js";

/** A connection that appears, is pending, and then stays as it ends. */
interface Fate {
  readonly method: "waitUntilDone" | "waitUntilDeleted";
  readonly appearsAfterMs: number;
  readonly pendingMs: number;
  readonly end: Sight;
}

const fates: fc.Arbitrary<Fate> = fc.record({
  method: fc.constantFrom("waitUntilDone", "waitUntilDeleted"),
  appearsAfterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 25_000 })),
  pendingMs: fc.integer({ min: 0, max: 60_000 }),
  end: fc.constantFrom("DONE", "FAILED", "DELETING", "DELETED", "OF_TOMORROW", null),
});

const storyOf = ({ appearsAfterMs, pendingMs, end }: Fate): Story =>
  atFirst(appearsAfterMs, null, atFirst(pendingMs, "WORKING", inTurn(end)));

const hiccups: readonly FaultRule["fault"][] = [
  problem(503, "SERVICE_UNAVAILABLE"),
  { kind: "answer", status: 429, headers: { "retry-after": "3" }, body: { error: 429, errorCode: "RATE_LIMITED" } },
  "reset",
];

/** How waits for these connections end, each by itself or all side by side, at a service that has a hiccup every few looks at the same. */
async function live(company: readonly Fate[], isShared: boolean, hiccupEach: number): Promise<string[]> {
  const named = company.map((fate, index) => ({ ...fate, connectionId: idOf(index + 1) }));
  const stories = Object.fromEntries(named.map((fate) => [fate.connectionId, storyOf(fate)]));
  const { clock, connect, connections, service } = await startWorld(stories);
  const turns = through(1, 500).filter((nth) => nth % hiccupEach === 0);
  const paths = ["privateLinkConnections?", ...named.map(({ connectionId }) => `/${connectionId}`)];
  service.lookMeets(
    ...paths.flatMap((path) =>
      hiccups.map((fault, index) => ({ fault, path, nth: turns.filter((nth) => nth % hiccups.length === index) })),
    ),
  );
  const waits = named.map(async ({ method, connectionId }) => {
    const client = isShared ? connections : connect();
    try {
      const value = await client[method]({ groupId, connectionId }, { timeoutMs: 200_000 });
      return value?.state ?? "gone";
    } catch (error) {
      return (error as { readonly code: string }).code;
    }
  });
  const ends = await clock.until(Promise.all(waits));
  expect(clock.pending).toBe(0);
  await service.stop();
  return ends;
}

/** What the facts of the states say. */
function expected({ method, appearsAfterMs, end }: Fate): string {
  if (method === "waitUntilDone") {
    const ends: Readonly<Record<string, string>> = { DONE: "DONE", OF_TOMORROW: "WAIT_TIMEOUT" };
    return end === null ? "NOT_FOUND" : (ends[String(end)] ?? "WAIT_FAILED");
  }
  if (appearsAfterMs > 0 || end === null || end === "DELETED") return "gone";
  return end === "FAILED" ? "WAIT_FAILED" : "WAIT_TIMEOUT";
}

test("waits end as they have to, alone and side by side, whatever comes between", async () => {
  const companies = fc.array(fates, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(companies, fc.integer({ min: 2, max: 9 }), async (company, hiccupEach) => {
      const ends = company.map(expected);
      expect(await live(company, false, hiccupEach)).toEqual(ends);
      expect(await live(company, true, hiccupEach)).toEqual(ends);
    }),
    { numRuns: 12 },
  );
}, 30_000);
