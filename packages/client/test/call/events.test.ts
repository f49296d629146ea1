import { getGroupStreamPrivateLinkConnection as getOne } from "@atlas-streams/types";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { Identity } from "../../src/call/identity.js";
import type { EventChannel } from "../../src/platform/platform.js";

const identity = new Identity();
const { operationId, method, path } = getOne;
const request = { client: identity.id, operationId, method, path };

/** The channels of a runtime where nobody has made a client yet. */
let events: typeof import("../../src/call/events.js");
beforeEach(async () => {
  vi.resetModules();
  events = await import("../../src/call/events.js");
});

/** A runtime with channels, of which some are listened to, and all that is told on them. */
function aRuntime(...listenedTo: readonly string[]) {
  const heard: (readonly [name: string, message: unknown])[] = [];
  const openChannel = (name: string): EventChannel => ({
    hasSubscribers: listenedTo.includes(name),
    publish: (message) => heard.push([name, message]),
  });
  return { heard, openChannel };
}

const channelNames = ["retry", "token", "wait", "deprecation"].map((name) => `atlas-streams:${name}`);
const channels = () => [events.retries, events.tokens, events.waits, events.deprecations];

describe("before the first call", () => {
  test("nobody listens, and nothing can be told", () => {
    for (const channel of channels()) {
      expect(channel.hasSubscribers).toBe(false);
      expect(() => channel.publish({})).not.toThrow();
    }
    expect(events.reportRequest(getOne, identity)).toBeUndefined();
  });
});

describe("where a runtime has no channels", () => {
  test("it stays so", () => {
    events.connectChannels(undefined);
    for (const channel of channels()) expect(channel.hasSubscribers).toBe(false);
  });
});

describe("where a runtime has channels", () => {
  test("each is opened by its name, and whoever listens to it hears what is told there", () => {
    const { heard, openChannel } = aRuntime(...channelNames);
    events.connectChannels(openChannel);
    for (const [index, channel] of channels().entries()) {
      expect(channel.hasSubscribers).toBe(true);
      channel.publish(index);
    }
    expect(heard).toEqual(channelNames.map((name, index) => [name, index]));
  });

  test("none has a listener where nobody listens", () => {
    events.connectChannels(aRuntime().openChannel);
    for (const channel of channels()) expect(channel.hasSubscribers).toBe(false);
  });

  test("they are opened once", () => {
    const [first, second] = [aRuntime(), aRuntime()];
    events.connectChannels(first.openChannel);
    events.connectChannels(second.openChannel);
    events.waits.publish("a look");
    expect([first.heard, second.heard]).toEqual([[["atlas-streams:wait", "a look"]], []]);
  });
});

test("an event about an operation names it and the client, and nothing else of them", () => {
  expect(events.naming(getOne, identity)).toEqual(request);
});

describe("a request", () => {
  test("is not told where nobody listens", () => {
    const { heard, openChannel } = aRuntime(...channelNames);
    events.connectChannels(openChannel);
    expect(events.reportRequest(getOne, identity)).toBeUndefined();
    expect(heard).toEqual([]);
  });

  test.each<[string, { status: number } | { error: unknown }]>([
    ["atlas-streams:request", { status: 200 }],
    ["atlas-streams:response", { error: new Error("It broke.") }],
  ])("is told with its end and how long it took, where somebody listens to %s", (name, end) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    vi.advanceTimersByTime(5);
    const { heard, openChannel } = aRuntime(name);
    events.connectChannels(openChannel);
    const report = events.reportRequest(getOne, identity);
    expect(heard).toEqual([["atlas-streams:request", request]]);
    vi.advanceTimersByTime(20);
    report?.(end);
    const response = { client: identity.id, request, durationMs: 20, ...end };
    expect(heard.slice(1)).toEqual([["atlas-streams:response", response]]);
  });

  test("is the same object in the event of its end", () => {
    const { heard, openChannel } = aRuntime("atlas-streams:response");
    events.connectChannels(openChannel);
    events.reportRequest(getOne, identity)?.({ status: 200 });
    const [[, begun], [, ended]] = heard as [[string, unknown], [string, { request: unknown }]];
    expect(ended.request).toBe(begun);
  });
});
