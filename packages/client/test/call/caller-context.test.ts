import { AsyncLocalStorage } from "node:async_hooks";
import { outcomeOf, turn } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { type CallerContext, captureContext, connectContexts } from "../../src/call/caller-context.js";
import { platform } from "../../src/platform/node.js";

const storage = new AsyncLocalStorage<string>();

/** Runs a task in a context, out of another. */
const from = async <Result>(context: CallerContext, task: () => Result) =>
  storage.run("theirs", async () => context.run(task));

describe.each([
  ["by the runtime's own means", platform.captureContext],
  ["by a loop, where the runtime has none", undefined],
])("a context that is captured %s", (_name, capture) => {
  function captureAs(name: string): CallerContext {
    connectContexts(capture);
    return storage.run(name, captureContext);
  }

  test("is that of whoever captured it, for a task and for what follows an await in it", async () => {
    const context = captureAs("mine");
    expect(await from(context, () => storage.getStore())).toBe("mine");
    const later = async () => [await Promise.resolve(1), storage.getStore()];
    expect(await from(context, later)).toEqual([1, "mine"]);
  });

  test("is nobody else's", async () => {
    const contexts = ["mine", "yours"].map(captureAs);
    const seen = await Promise.all(contexts.map((context) => from(context, () => storage.getStore())));
    expect(seen).toEqual(["mine", "yours"]);
    expect(storage.getStore()).toBeUndefined();
  });

  test("runs its tasks in their order, and a task that throws fails alone", async () => {
    const context = captureAs("mine");
    const done: number[] = [];
    const outcomes = await Promise.allSettled([
      from(context, () => done.push(1)),
      from(context, () => {
        throw new Error("It failed.");
      }),
      from(context, () => done.push(2)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(done).toEqual([1, 2]);
  });

  test("runs what a task of its own runs in it", async () => {
    const context = captureAs("mine");
    const nested = from(context, () => context.run(() => storage.getStore()));
    const soon = await Promise.race([outcomeOf(nested), turn()]);
    expect(soon).toEqual({ status: "fulfilled", value: "mine" });
  });
});

test("a context is captured by the runtime's own means where it has any", () => {
  const own: CallerContext = { run: (task) => task() };
  connectContexts(() => own);
  expect(captureContext()).toBe(own);
  connectContexts(undefined);
  expect(captureContext()).not.toBe(own);
});
