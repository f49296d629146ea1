import { rejection, startClock } from "@atlas-streams/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { attempt } from "../../src/call/attempt.js";
import { loadPlatform } from "../../src/call/network.js";
import type { Exchange, Transport, WireAnswer } from "../../src/transport/transport.js";
import { aCall, aNetwork, anAnswer, aRequest, connectionId, getOne } from "./calls.js";
import { hear } from "./hear.js";

beforeAll(() => loadPlatform()); // opens the channels

/** One attempt of a call, on a clock that the test moves, over a transport that sends so. */
function start(send: (exchange: Exchange) => Promise<WireAnswer>, ways: Partial<Transport> = {}) {
  const clock = startClock();
  const call = aCall({ clock, timeoutMs: 1000, deadlineMs: 5000 });
  const sent: unknown[] = [];
  const network = aNetwork({
    clock,
    transport: {
      tellsWhatLeft: true,
      send(request, exchange) {
        sent.push(request);
        return send(exchange);
      },
      close() {},
      ...ways,
    },
    maxAnswerBytes: 2048,
  });
  return { clock, call, sent, attempt: () => attempt(call, network)(aRequest()) };
}

const listen = () => ({ requests: hear("request"), responses: hear("response") });

const answered = (exchange: Exchange) => {
  exchange.left();
  return Promise.resolve(anAnswer(200));
};
const broken = () => Promise.reject(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
const never = () => new Promise<WireAnswer>(() => {});

test("an attempt sends its request once, notes that for the call, and leaves no timer", async () => {
  const { clock, call, sent, attempt } = start(answered);
  await attempt();
  expect(sent).toEqual([aRequest()]);
  expect(call.sent).toEqual([aRequest()]);
  expect(clock.pending).toBe(0);
});

test("an attempt tells its transport what it may do", async () => {
  const { attempt } = start((exchange) => {
    expect(exchange).toMatchObject({ isRepeatable: true, maxAnswerBytes: 2048 });
    return answered(exchange);
  });
  await attempt();
});

test("an answer is what came, its bytes as they are and as text without a byte order mark", async () => {
  const headers = new Headers({ etag: "1" });
  const bytes = new TextEncoder().encode("\u{feff}{ über }");
  const { attempt } = start((exchange) => {
    exchange.left();
    return Promise.resolve({ status: 203, statusText: "Heard Of", headers, bytes });
  });
  const answer = await attempt();
  expect(answer).toMatchObject({ status: 203, statusText: "Heard Of", headers, text: "{ über }" });
  expect(answer.bytes).toBe(bytes);
  expect(answer.text).toBe("{ über }");
});

test.each([
  ["one that tells", true, 0],
  ["one that does not", false, 1],
])("what leaves counts as soon as the transport says so, and before with %s", async (_name, tellsWhatLeft, doubts) => {
  const { call, attempt } = start(
    (exchange) => {
      expect(call.doubts).toBe(doubts);
      return answered(exchange);
    },
    { tellsWhatLeft },
  );
  await attempt();
  expect(call.doubts).toBe(1);
});

test("what goes wrong on the way is a ConnectionError, and leaves no timer", async () => {
  const { clock, attempt } = start(broken);
  expect(await rejection(attempt())).toMatchObject({ code: "CONNECTION", unsent: true, path: getOne.path });
  expect(clock.pending).toBe(0);
});

test("the error of a transport that does not tell what left proves what did not", async () => {
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  const { attempt } = start(() => Promise.reject(refused), { tellsWhatLeft: false });
  expect(await rejection(attempt())).toMatchObject({ code: "CONNECTION", unsent: true });
});

test("an answer that is none of the service's is an error", async () => {
  const { attempt } = start((exchange) => {
    exchange.left();
    return Promise.resolve(anAnswer(407));
  });
  expect(await rejection(attempt())).toMatchObject({ code: "CONNECTION", message: expect.stringContaining("proxy") });
});

describe("the time of an attempt", () => {
  test("ends it, though its transport never does", async () => {
    const { clock, attempt } = start(never);
    const error = rejection(attempt());
    await clock.pass(1000);
    expect(await error).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("1000 ms") });
  });

  test("ends it with an error of its own, though its transport fails by it", async () => {
    const { clock, attempt } = start(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    );
    const error = rejection(attempt());
    await clock.pass(1000);
    expect(await error).toMatchObject({ code: "TIMEOUT" });
  });

  test("that is up before it begins lets nothing be sent", async () => {
    const { clock, sent, attempt } = start(answered);
    clock.advance(5000);
    expect(await rejection(attempt())).toMatchObject({ code: "TIMEOUT", unsent: true });
    expect(sent).toEqual([]);
  });
});

describe("who listens", () => {
  test("is told of a request, and of its answer", async () => {
    const told = listen();
    const { call, attempt } = start((exchange) => {
      expect(told).toMatchObject({ requests: [{}], responses: [] });
      return answered(exchange);
    });
    await attempt();
    const { operationId, method, path } = getOne;
    const request = { client: call.client.id, operationId, method, path };
    expect(told.requests).toEqual([request]);
    expect(told.responses).toEqual([{ client: call.client.id, request, durationMs: expect.any(Number), status: 200 }]);
    expect(JSON.stringify(told)).not.toContain(connectionId);
  });

  test("is told of the error that the caller gets", async () => {
    const told = listen();
    const error = await rejection(start(broken).attempt());
    expect(told.responses).toMatchObject([{ error }]);
    expect(told.responses[0]).not.toHaveProperty("status");
  });
});
