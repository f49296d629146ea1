import type { FaultRule } from "@atlas-streams/mock";
import { rejection } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import {
  AuthenticationError,
  ConnectionError,
  CredentialError,
  InvalidArgumentError,
  PermissionError,
  ServerError,
  UnexpectedResponseError,
} from "../../../../src/index.js";
import { atFirst, groupId, idOf, inTurn, problem, through } from "./service.js";
import { startWorld } from "./world.js";

const connectionId = idOf(1);
const parameters = { groupId, connectionId };

const limited = (headers: Readonly<Record<string, string>>): FaultRule["fault"] => ({
  kind: "answer",
  status: 429,
  headers,
  body: { error: 429, errorCode: "RATE_LIMITED", detail: "Too many.", parameters: [] },
});

describe("the intervals", () => {
  test("begin with intervalMs, grow by half up to fifteen times of it, and vary by up to a tenth either way", async () => {
    const growing = [2000, 3000, 4500, 6750, 10_125, 15_187.5, 22_781.25];
    const factors: number[] = [];
    for (let round = 0; round < 5; round++) {
      const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("WORKING") });
      await rejection(clock.until(connections.waitUntilDone(parameters, { timeoutMs: 600_000 })));
      service.gaps.forEach((gap, index) => {
        const intervalMs = growing[index] ?? 30_000;
        expect(gap / intervalMs).toBeGreaterThanOrEqual(0.9);
        expect(gap / intervalMs).toBeLessThanOrEqual(1.1);
        factors.push(gap / intervalMs);
      });
    }
    expect(factors.length).toBeGreaterThan(100);
    expect(new Set(factors).size).toBeGreaterThan(100);
    expect(Math.min(...factors)).toBeLessThan(0.95);
    expect(Math.max(...factors)).toBeGreaterThan(1.05);
  });

  test("are those of the caller", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("WORKING") });
    await rejection(clock.until(connections.waitUntilDone(parameters, { intervalMs: 100, timeoutMs: 60_000 })));
    expect(service.gaps[0]).toBeLessThanOrEqual(110);
    expect(Math.max(...service.gaps)).toBeLessThanOrEqual(1650);
    expect(Math.max(...service.gaps)).toBeGreaterThanOrEqual(1350);
  });

  test("cost a connection that takes 35 minutes less than ninety looks", async () => {
    const story = atFirst(35 * 60_000, "WORKING", inTurn("DONE"));
    const { clock, connections, service } = await startWorld({ [connectionId]: story });
    await clock.until(connections.waitUntilDone(parameters));
    expect(service.looks.length).toBeLessThan(90);
  });

  test.each([
    ["intervalMs", { intervalMs: 0 }],
    ["intervalMs", { intervalMs: -1 }],
    ["intervalMs", { intervalMs: Number.NaN }],
    ["timeoutMs", { timeoutMs: 0 }],
    ["timeoutMs", { timeoutMs: Number.NaN }],
  ])("are refused before the network where %s is none: %j", async (name, options) => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
    const error = await rejection(clock.until(connections.waitUntilDone(parameters, options)));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(String(error)).toContain(name);
    expect(service.looks).toHaveLength(0);
    expect(clock.pending).toBe(0);
  });
});

describe("what may pass is waited out", () => {
  const passing: Readonly<Record<string, FaultRule["fault"]>> = {
    "408": problem(408, "REQUEST_TIMEOUT"),
    "425": problem(425, "TOO_EARLY"),
    "429": limited({}),
    "500": problem(500, "UNEXPECTED_ERROR"),
    "502 without a body": { kind: "answer", status: 502, body: "", headers: { "content-type": "application/json" } },
    "503": problem(503, "SERVICE_UNAVAILABLE"),
    "503 of a proxy": { kind: "answer", status: 503, body: "<html>", headers: { "content-type": "text/html" } },
    "a connection that breaks": "reset",
    "an answer that does not come": "stalled",
  };

  test.each(Object.entries(passing))("%s", async (_name, fault) => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE", "DONE") });
    service.lookMeets({ fault, nth: [1, 3, 4] });
    expect(await clock.until(connections.waitUntilDone(parameters))).toMatchObject({ state: "DONE" });
    expect(service.looks).toHaveLength(5);
    expect(clock.pending).toBe(0);
  });

  test("each attempt has the client's timeoutMs, and none is repeated out of turn", async () => {
    const { clock, connections, service } = await startWorld(
      { [connectionId]: inTurn("DONE") },
      { timeoutMs: 7_000, retry: { attempts: 4 } },
    );
    service.lookMeets({ fault: "stalled", nth: 1 });
    await clock.until(connections.waitUntilDone(parameters));
    expect(service.gaps).toHaveLength(1);
    expect(service.gaps[0]).toBeGreaterThanOrEqual(7_000 + 1_800);
    expect(service.gaps[0]).toBeLessThanOrEqual(7_000 + 2_200);
  });

  test("a service that cannot be reached is given its time, and the last failure is the cause at the end", async () => {
    const { clock, connections, service } = await startWorld();
    await service.stop();
    const error = await rejection(clock.until(connections.waitUntilDone(parameters, { timeoutMs: 20_000 })));
    expect(error).toMatchObject({ code: "WAIT_TIMEOUT", state: undefined });
    expect((error as Error).cause).toBeInstanceOf(ConnectionError);
  });

  test.each(["unavailable", "rate-limited", "reset"] as const)(
    "a login that fails for a while (%s) is waited out as well",
    async (fault) => {
      const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
      service.lookMeets({ fault, path: "/api/oauth/token", credentials: "any", nth: 1 });
      expect(await clock.until(connections.waitUntilDone(parameters))).toMatchObject({ state: "DONE" });
    },
  );

  test("a failure that has passed is no cause at the end", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    service.lookMeets({ fault: "reset", nth: 2 });
    const error = await rejection(clock.until(connections.waitUntilDone(parameters, { timeoutMs: 20_000 })));
    expect(error).toMatchObject({ code: "WAIT_TIMEOUT", state: "IDLE" });
    expect((error as Error).cause).toBeUndefined();
  });
});

describe("429 slows the looks down", () => {
  test.each(["seconds", "date"])("for as long as Retry-After asks, in %s", async (form) => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE", "DONE") });
    const at = new Date(clock.now() + 300_000).toUTCString();
    service.lookMeets({ fault: limited({ "retry-after": form === "date" ? at : "300" }), nth: 1 });
    await clock.until(connections.waitUntilDone(parameters));
    expect(service.gaps[0]).toBeGreaterThanOrEqual(300_000);
    expect(service.gaps[0]).toBeLessThan(310_000);
    expect(service.gaps[1]).toBeLessThan(5_000);
  });

  test.each([-600_000, 600_000])(
    "as a date by the service's own clock, where this machine's is off by %i ms",
    async (byMs) => {
      const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
      clock.setTimeOfDay(byMs);
      const sentAt = clock.now() - byMs;
      const headers = { date: new Date(sentAt).toUTCString(), "retry-after": new Date(sentAt + 300_000).toUTCString() };
      service.lookMeets({ fault: limited(headers), nth: 1 });
      await clock.until(connections.waitUntilDone(parameters));
      expect(service.gaps[0]).toBeGreaterThanOrEqual(300_000);
      expect(service.gaps[0]).toBeLessThan(303_000);
    },
  );

  test("for as long as Retry-After asks after a 503, too", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
    const headers = { "retry-after": "300" };
    service.lookMeets({ fault: { kind: "answer", status: 503, headers, body: { error: 503 } }, nth: 1 });
    await clock.until(connections.waitUntilDone(parameters));
    expect(service.gaps[0]).toBeGreaterThanOrEqual(300_000);
  });

  test("for as long as the body asks, where there is no header", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
    const body = { error: 429, errorCode: "RATE_LIMITED_TOKEN_BUCKET", parameters: ["streams", 55, 1200, 500, 60] };
    service.lookMeets({ fault: { kind: "answer", status: 429, body }, nth: 1 });
    await clock.until(connections.waitUntilDone(parameters));
    expect(service.gaps[0]).toBeGreaterThanOrEqual(55_000);
  });

  test("for all the waits of the project, those that begin meanwhile included", async () => {
    const ids = [1, 2, 3].map(idOf);
    const { clock, connections, service } = await startWorld(
      Object.fromEntries(ids.map((id) => [id, inTurn("IDLE", "DONE")])),
    );
    service.lookMeets({ fault: limited({ "retry-after": "120" }), nth: 1 });
    const wait = (id = "") => connections.waitUntilDone({ groupId, connectionId: id });
    const first = [wait(ids[0]), wait(ids[1])];
    await clock.pass(10_000);
    const all = Promise.all([...first, wait(ids[2])]);
    await clock.until(all);
    expect(service.gaps[0]).toBeGreaterThanOrEqual(120_000);
    expect(service.looks).toHaveLength(3);
  });

  test("and does not delay the time-out", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
    service.lookMeets({ fault: limited({ "retry-after": "3000" }) });
    const startedAt = clock.now();
    const error = await rejection(clock.until(connections.waitUntilDone(parameters, { timeoutMs: 60_000 })));
    expect(error).toMatchObject({ code: "WAIT_TIMEOUT", cause: { code: "RATE_LIMIT" } });
    expect(clock.now() - startedAt).toBe(60_000);
    expect(service.looks).toHaveLength(1);
  });
});

describe("a Retry-After that no service could mean", () => {
  const absurd = ["99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "9".repeat(400)];

  test.each(absurd)("%s is bounded, for the error too", async (value) => {
    const { clock, connect, service } = await startWorld({ [connectionId]: inTurn("DONE") });
    service.lookMeets({ fault: limited({ "retry-after": value }), nth: 1 });
    const error = await rejection(clock.until(connect({ retry: false }).get(parameters)));
    const { retryAfterMs } = JSON.parse(JSON.stringify(error)) as { readonly retryAfterMs: number };
    expect(retryAfterMs).toBe(86_400_000);
  });

  test.each(absurd)("%s does not keep a wait from its end", async (value) => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
    service.lookMeets({ fault: limited({ "retry-after": value }), nth: 1 });
    const startedAt = clock.now();
    await clock.until(connections.waitUntilDone(parameters, { timeoutMs: 2 * 3_600_000 }));
    expect(clock.now() - startedAt).toBe(3_600_000);
  });

  test("is the cause where a wait ends before it has looked again, whenever that wait began", async () => {
    const ids = [1, 2].map(idOf);
    const { clock, connections, service } = await startWorld(Object.fromEntries(ids.map((id) => [id, inTurn("DONE")])));
    service.lookMeets({ fault: limited({ "retry-after": absurd[0] ?? "" }) });
    const wait = (id = "") =>
      rejection(connections.waitUntilDone({ groupId, connectionId: id }, { timeoutMs: 1_800_000 }));
    const first = wait(ids[0]);
    await clock.pass(60_000);
    const later = wait(ids[1]);
    for (const error of await clock.until(Promise.all([first, later])))
      expect(error).toMatchObject({ code: "WAIT_TIMEOUT", cause: { code: "RATE_LIMIT" } });
    expect(service.looks).toHaveLength(1);
  });

  test("is forgotten when nobody waits any more", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("DONE") });
    service.lookMeets({ fault: limited({ "retry-after": absurd[0] ?? "" }), nth: 1 });
    await rejection(clock.until(connections.waitUntilDone(parameters, { timeoutMs: 60_000 })));
    const startedAt = clock.now();
    await clock.until(connections.waitUntilDone(parameters));
    expect(clock.now() - startedAt).toBe(0);
  });
});

describe("what does not pass ends the wait", () => {
  const html: FaultRule["fault"] = {
    kind: "answer",
    status: 200,
    body: "<html>Log in</html>",
    headers: { "content-type": "text/html" },
  };
  const lasting = {
    "401": [problem(401, "USER_UNAUTHORIZED"), AuthenticationError],
    "403": [problem(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST"), PermissionError],
    "501": [problem(501, "NOT_IMPLEMENTED"), ServerError],
    "a page where JSON was due": [html, UnexpectedResponseError],
  } as const;

  test.each(Object.keys(lasting) as (keyof typeof lasting)[])("%s", async (name) => {
    const [fault, kind] = lasting[name];
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    const wait = connections.waitUntilDone(parameters, {
      onProgress: ({ attempt }) => {
        if (attempt === 3) service.lookMeets({ fault });
      },
    });
    expect(await rejection(clock.until(wait))).toBeInstanceOf(kind);
    const looks = service.looks.length;
    await clock.pass(3_600_000);
    expect(service.looks).toHaveLength(looks);
    expect(clock.pending).toBe(0);
  });

  test("a login that is refused", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    const body = { error: "invalid_client", error_description: "No such client." };
    service.tokenMeets({ kind: "answer", status: 401, body });
    const error = await rejection(clock.until(connections.waitUntilDone(parameters)));
    expect(error).toBeInstanceOf(CredentialError);
    expect(service.looks).toHaveLength(0);
    expect(clock.pending).toBe(0);
  });

  test("a login that is refused in the middle, when the token has expired", async () => {
    const { clock, connections, service } = await startWorld({ [connectionId]: inTurn("IDLE") });
    service.tokenMeets(problem(403, "ACCESS_DENIED"), through(2, 100));
    const wait = connections.waitUntilDone(parameters, { timeoutMs: 3 * 3_600_000 });
    const startedAt = clock.now();
    expect(await rejection(clock.until(wait))).toBeInstanceOf(CredentialError);
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(3_600_000);
  });
});
