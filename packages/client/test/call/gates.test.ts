import { startClock } from "@atlas-streams/testing";
import {
  getGroupStreamPrivateLinkConnection as getOne,
  listGroupStreamPrivateLinkConnections as list,
  type Operation,
} from "@atlas-streams/types";
import { describe, expect, test } from "vitest";
import { Gates } from "../../src/call/gates.js";
import type { PlainRequest } from "../../src/call/layer.js";
import { aCall, anAnswer, aRequest } from "./calls.js";

const [mine, yours] = ["a".repeat(24), "b".repeat(24)];
const places = 10;

/** A call of an operation, and its request. */
function aPair(operation: Operation, values: { readonly [name: string]: string }, query = "") {
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? "");
  return [aCall({ operation }), aRequest({ url: `http://127.0.0.1:1${path}${query}` })] as const;
}
const get = (groupId: string, connectionId = "c".repeat(24)) => aPair(getOne, { groupId, connectionId });
const listAll = (groupId: string) => aPair(list, { groupId }, "?pageNum=1/2");
const left = (remaining: number) => anAnswer(200, { "ratelimit-remaining": String(remaining) });

function start() {
  const clock = startClock();
  const gates = new Gates({ clock, places, retry: { attempts: 4, baseDelayMs: 0, maxDelayMs: 0 } });
  return { clock, gates };
}

describe("a gate is put up", () => {
  test.each([
    ["by a refusal", anAnswer(429), true],
    ["by a refusal, though much be left", anAnswer(429, { "ratelimit-remaining": "1000" }), true],
    ["where less than twice the places is left", left(2 * places - 1), true],
    ["not where twice the places is left", left(2 * places), false],
    ["not where nobody says what is left", anAnswer(200), false],
  ])("%s", (_name, answer, expected) => {
    const { gates } = start();
    const pair = get(mine);
    expect(gates.find(...pair)).toBeUndefined();
    gates.learn(...pair, answer);
    expect(gates.find(...pair) !== undefined).toBe(expected);
  });

  test("for all of a project's operations on the same thing, and for no other project", () => {
    const { gates } = start();
    gates.learn(...get(mine), anAnswer(429));
    const gate = gates.find(...get(mine));
    expect(gate).toBeDefined();
    expect(gates.find(...get(mine, "d".repeat(24)))).toBe(gate);
    expect(gates.find(...listAll(mine))).toBe(gate);
    expect(gates.find(...get(yours))).toBeUndefined();
    gates.learn(...get(yours), left(1000));
    expect(gates.find(...get(yours))).toBeUndefined();
  });

  test.each([
    ["/api/atlas/v2/groups", ["/api/atlas/v2/groups"], ["/api/atlas/v2/orgs", "/api/atlas/v2"]],
    ["/api/atlas/v2/groups/{groupId}", [`/api/atlas/v2/groups/${mine}`], [`/api/atlas/v2/groups/${yours}`]],
  ])("for %s by the whole of its path", (path, same, others) => {
    const { gates } = start();
    const call = aCall({ operation: { ...getOne, path } });
    const at = (url: string): PlainRequest => aRequest({ url: `http://127.0.0.1:1${url}` });
    gates.learn(call, at(`${same[0]}?pretty=true`), anAnswer(429));
    const found = (urls: readonly string[]) => urls.map((url) => gates.find(call, at(url)) !== undefined);
    expect(found(same)).toEqual([true]);
    expect(found(others)).not.toContain(true);
  });
});

test("a gate learns from what its own project is told, whatever that is", () => {
  const { gates } = start();
  const [first, next, last] = [get(mine), get(mine), get(mine)];
  gates.learn(...first, left(1));
  gates.learn(...first, left(1000));
  const gate = gates.find(...first);
  const passed = [first, next, last].map(([call]) => gate?.pass(call));
  expect(passed).toEqual([undefined, undefined, undefined]);
});

test("a gate counts those of its project that are under way when it is put up, and hears of their leaving", async () => {
  const { gates, clock } = start();
  const [first, second, other, waiting] = [get(mine), get(mine), get(yours), get(mine)];
  for (const pair of [first, second, other]) gates.enter(...pair);
  gates.leave(...first); // there is no gate yet
  gates.learn(...second, left(1));
  let hasPassed = false;
  const passing = gates.find(...waiting)?.pass(waiting[0]);
  passing?.then(() => {
    hasPassed = true;
  });
  gates.leave(...other);
  await clock.quiet();
  expect(hasPassed).toBe(false);
  gates.leave(...second);
  await passing;
  expect(hasPassed).toBe(true);
});

describe("gates that nobody needs any more", () => {
  test("are dropped by the calls that come by", async () => {
    const { gates, clock } = start();
    gates.learn(...get(mine), left(1));
    gates.learn(...get(yours), left(1));
    await clock.pass(60_000);
    expect(gates.find(...get(yours))).toBeUndefined();
    expect(gates.find(...get(mine))).toBeUndefined();
  });

  test("are found out though others before them are needed", async () => {
    const { gates, clock } = start();
    gates.learn(...get(mine), left(1));
    gates.learn(...get(yours), left(1));
    await clock.pass(30_000);
    gates.learn(...get(mine), left(1));
    await clock.pass(30_000);
    const found = [1, 2].map(() => gates.find(...get(yours)));
    expect(found[1]).toBeUndefined();
    expect(gates.find(...get(mine))).toBeDefined();
  });
});
