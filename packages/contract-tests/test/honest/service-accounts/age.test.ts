import { ConnectionError, CredentialError, createClient, serviceAccount } from "@atlas-streams/client";
import { aMoment, rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { connect } from "../clients.js";
import { tokenPath } from "../hostile-server.js";
import { listen } from "../listen.js";
import { call, getOne } from "../operations.js";
import { asked, calls, inParallel, kind, minutes, start, startHostile, startService } from "./service.js";

describe("a token's age", () => {
  test("it is renewed before it expires, so that no call is ever refused", async () => {
    const clock = startClock();
    const mock = await startService({ clock });
    const atlas = connect(kind, mock, { clock });
    for (const [minute, tokens] of [
      [0, 1],
      [30, 1],
      [54, 1],
      [56, 2],
      [110, 2],
      [112, 3],
    ] as const) {
      clock.advance(minute * minutes - (clock.now() - start));
      await call(atlas, getOne);
      expect(asked(mock, tokenPath), `after ${minute} minutes`).toHaveLength(tokens);
    }
    expect(calls(mock).map(({ status }) => status)).toEqual(Array(6).fill(200));
  });

  test("it is renewed before it expires each time, however short it lives", async () => {
    const clock = startClock();
    const server = await startHostile({
      token: ({ answer }) =>
        answer(200, { access_token: `token-${server.tokenRequests.length}-of-many`, expires_in: 10 }),
    });
    const atlas = connect(kind, server, { clock });
    for (let renewals = 0; renewals < 5; renewals++) {
      await call(atlas, getOne);
      expect(server.tokenRequests).toHaveLength(renewals + 1);
      clock.advance(9_500);
    }
  });

  test("100 calls at once that find it due cost one renewal", async () => {
    const clock = startClock();
    const mock = await startService({ clock });
    const atlas = connect(kind, mock, { clock });
    await call(atlas, getOne);
    clock.advance(59 * minutes);
    await inParallel(100, () => call(atlas, getOne));
    expect(asked(mock, tokenPath)).toHaveLength(2);
  });

  test("while it is due but alive, a token endpoint that is down does no harm", async () => {
    const clock = startClock();
    const mock = await startService({ clock, faults: [{ path: tokenPath, nth: 2, fault: "empty" }] });
    const atlas = connect(kind, mock, { clock });
    await call(atlas, getOne);
    clock.advance(56 * minutes);
    await call(atlas, getOne);
    expect(asked(mock, tokenPath).map(({ status }) => status)).toEqual([200, 502]);
  });

  test("while it is due but alive, a token endpoint that hangs costs one call a second, and the next thirty no try", async () => {
    const clock = startClock();
    const mock = await startService({ clock });
    const atlas = connect(kind, mock, { clock });
    await call(atlas, getOne);
    mock.setFaults([{ path: tokenPath, fault: "stalled" }]);
    clock.advance(56 * minutes);
    const first = call(atlas, getOne);
    await clock.untilScheduled(1000);
    while (asked(mock, tokenPath).length < 2) await aMoment(1);
    await call(atlas, getOne); // the others do not wait
    clock.advance(1000);
    await first;
    clock.advance(28_000);
    await call(atlas, getOne);
    expect(asked(mock, tokenPath)).toHaveLength(2);
    mock.setFaults([]);
    clock.advance(2000);
    await call(atlas, getOne);
    expect(asked(mock, tokenPath)).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });

  test("kept in a store past its end it is not sent, though nothing says when it was due", async () => {
    const mock = await startService();
    const spent = { accessToken: "spent-token-of-last-year", expiresAt: Date.now() - 1 };
    const store = {
      get: async () => spent,
      set: async () => {},
      lock: <Value>(_: string, work: () => Promise<Value>) => work(),
    };
    const auth = serviceAccount({ ...mock.credentials.serviceAccount, store });
    await call(createClient({ auth, baseUrl: mock.url, retry: false }), getOne);
    expect(calls(mock).map(({ headers }) => headers.authorization)).not.toContain(`Bearer ${spent.accessToken}`);
  });

  test.each(["empty", "html", "reset", "unavailable", "rate-limited"] as const)(
    "once it has expired it is never sent again, even where its renewal fails (%s)",
    async (fault) => {
      const clock = startClock();
      const mock = await startService({ clock });
      const atlas = connect(kind, mock, { clock });
      await call(atlas, getOne);
      mock.setFaults([{ path: tokenPath, fault }]);
      clock.advance(60 * minutes);
      const error = await rejection(call(atlas, getOne));
      expect(error).toBeInstanceOf(fault === "reset" ? ConnectionError : CredentialError);
      expect(error).toMatchObject({ path: tokenPath });
      expect(calls(mock)).toHaveLength(1);
    },
  );

  test("a call that has to wait past its expiry is sent with a new one", async () => {
    const clock = startClock();
    const mock = await startService({
      clock,
      faults: [{ path: "/api/atlas/", nth: 1, fault: { kind: "rate-limited", retryAfterSeconds: 7200 } }],
    });
    const atlas = connect(kind, mock, { clock, retry: { baseDelayMs: 0 }, deadlineMs: 24 * 60 * minutes });
    const answer = call(atlas, getOne);
    await clock.untilScheduled(120 * minutes);
    clock.advance(120 * minutes);
    await answer;
    expect(calls(mock).map(({ status }) => status)).toEqual([429, 200]);
    expect(asked(mock, tokenPath)).toHaveLength(2);
  });

  test.each([
    ["is missing", undefined],
    ["is null", null],
    ["is 0", 0],
    ["is negative", -1],
    ["is a word", "soon"],
    ["is an object", {}],
    ["is an empty string", ""],
  ])("an expires_in that %s does not cost a token per call", async (_name, expiresIn) => {
    const server = await startHostile({
      token: ({ answer }) => answer(200, { access_token: "a-token", expires_in: expiresIn, token_type: "Bearer" }),
    });
    const atlas = connect(kind, server);
    for (let count = 0; count < 5; count++) await call(atlas, getOne);
    expect(server.tokenRequests).toHaveLength(1);
    expect(server.calls).toHaveLength(5);
  });

  test("an expires_in that is a number in quotes is a number", async () => {
    const clock = startClock();
    const server = await startHostile({
      token: ({ answer }) => answer(200, { access_token: "a-token", expires_in: "3600" }),
    });
    const atlas = connect(kind, server, { clock });
    for (const minute of [0, 50, 59]) {
      clock.advance(minute * minutes - (clock.now() - start));
      await call(atlas, getOne);
    }
    expect(server.tokenRequests).toHaveLength(2);
  });

  test.each(["mac", "MAC", "DPoP", "", 42, {}])(
    "of the type %j is refused: it cannot be sent as its type wants it",
    async (type) => {
      const server = await startHostile({
        token: ({ answer }) => answer(200, { access_token: "a-token", expires_in: 3600, token_type: type }),
      });
      const error = await rejection(call(connect(kind, server), getOne));
      expect(error).toBeInstanceOf(CredentialError);
      expect((error as Error).message).toContain("another type than Bearer");
      expect(server.calls).toEqual([]);
    },
  );

  test.each(["bearer", "BEARER", undefined, null])("of the type %j is a Bearer token", async (type) => {
    const server = await startHostile({
      token: ({ answer }) => answer(200, { access_token: "a-token", expires_in: 3600, token_type: type }),
    });
    await call(connect(kind, server), getOne);
    expect(server.calls[0]?.headers.authorization).toBe("Bearer a-token");
  });

  test.each([1e13, 9e15, 1e300, "99999999999999"])(
    "with an expires_in of %s lives no longer than a service could mean",
    async (expiresIn) => {
      const server = await startHostile({
        token: ({ answer }) => answer(200, { access_token: "a-token", expires_in: expiresIn }),
      });
      const atlas = connect(kind, server);
      const events = listen("token", atlas);
      await call(atlas, getOne);
      const [event] = events as { readonly expiresAt?: number }[];
      expect(new Date(event?.expiresAt ?? Number.NaN).getUTCFullYear()).toBeLessThanOrEqual(
        new Date().getUTCFullYear() + 2,
      );
    },
  );

  test("an access_token that no header can hold is a refusal, not a crash", async () => {
    for (const accessToken of ["two words", "line\nbreak", "", 42, null, ["a"], { a: 1 }, "smörgås"]) {
      const server = await startHostile({ token: ({ answer }) => answer(200, { access_token: accessToken }) });
      const error = await rejection(call(connect(kind, server), getOne));
      expect(error, JSON.stringify(accessToken)).toBeInstanceOf(CredentialError);
      expect(server.calls).toEqual([]);
    }
  });
});
