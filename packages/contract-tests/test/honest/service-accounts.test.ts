import {
  AuthenticationError,
  ConnectionError,
  CredentialError,
  createClient,
  serviceAccount,
  TimeoutError,
} from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { aMoment, rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect } from "./clients.js";
import { type HostileServer, startHostileServer, tokenPath } from "./hostile-server.js";
import { listen } from "./listen.js";
import { call, create, getOne } from "./operations.js";

const revokePath = "/api/oauth/revoke";
const minutes = 60_000;
const start = startClock().now();
const kind = "a service account";

async function startService(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  return mock;
}

async function startHostile(...behaviours: Parameters<typeof startHostileServer>): Promise<HostileServer> {
  const server = await startHostileServer(...behaviours);
  onTestFinished(() => server.stop());
  return server;
}

const asked = ({ requests }: Mock, path: string) => requests.filter((request) => request.path === path);
const calls = ({ requests }: Mock) => requests.filter(({ path }) => path.startsWith("/api/atlas/"));
const inParallel = (count: number, work: (index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe("one token for all", () => {
  test("100 cold calls at once cost one token request, and 100 more cost none", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await inParallel(100, () => call(atlas, getOne));
    expect(asked(mock, tokenPath)).toHaveLength(1);
    await inParallel(100, () => call(atlas, getOne));
    expect(asked(mock, tokenPath)).toHaveLength(1);
    expect(calls(mock)).toHaveLength(200);
  });

  test("a client that is never used asks for none", async () => {
    const mock = await startService();
    connect(kind, mock);
    await aMoment();
    expect(mock.requests).toEqual([]);
  });

  test("id and secret go raw in Basic, underscores and all, and the grant in a form", async () => {
    const server = await startHostile();
    await call(connect(kind, server), getOne);
    const [request] = server.tokenRequests;
    const { clientId, clientSecret } = server.credentials.serviceAccount;
    const [scheme, encoded] = request?.headers.authorization?.split(" ") ?? [];
    expect(scheme).toBe("Basic");
    expect(atob(encoded ?? "")).toBe(`${clientId}:${clientSecret}`);
    expect(request).toMatchObject({ method: "POST", path: tokenPath, body: "grant_type=client_credentials" });
    expect(request?.headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    });
  });

  test("the token goes with every call, and nothing goes without it", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await inParallel(10, () => call(atlas, getOne));
    expect(new Set(calls(mock).map(({ headers }) => headers.authorization)).size).toBe(1);
    expect(calls(mock).every(({ headers }) => /^Bearer \S+$/.test(headers.authorization ?? ""))).toBe(true);
  });
});

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
      const events = listen("token");
      await call(connect(kind, server), getOne);
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

describe("a token that the service refuses", () => {
  test("is replaced once, and the call is sent once more: nobody notices", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    mock.state.forgetLogins();
    await call(atlas, getOne);
    expect(calls(mock).map(({ status }) => status)).toEqual([200, 401, 200]);
    expect(asked(mock, tokenPath)).toHaveLength(2);
  });

  test("is replaced once for all the 50 calls that met the refusal", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    mock.state.forgetLogins();
    await inParallel(50, () => call(atlas, getOne));
    expect(asked(mock, tokenPath)).toHaveLength(2);
    expect(calls(mock)).toHaveLength(1 + 50 + 50);
  });

  test("is replaced for a write too, whose body is sent again whole", async () => {
    const server = await startHostile();
    const atlas = connect(kind, server);
    await call(atlas, getOne);
    server.behave({
      api: ({ headers, answer }) =>
        headers.authorization?.includes(".1.") ? answer(401) : answer(200, { _id: "1", provider: "AWS" }),
    });
    await call(atlas, create);
    expect(server.calls.map(({ body }) => JSON.parse(body))).toEqual(Array(2).fill(create.example.body));
  });

  test("for ever, as with a missing role, does not cost a token per call", async () => {
    const mock = await startService({ faults: [{ path: "/api/atlas/", fault: { kind: "answer", status: 401 } }] });
    const atlas = connect(kind, mock);
    for (let count = 0; count < 20; count++) {
      expect(await rejection(call(atlas, getOne))).toBeInstanceOf(AuthenticationError);
    }
    await inParallel(20, () => rejection(call(atlas, getOne)));
    expect(asked(mock, tokenPath)).toHaveLength(2);
  });

  test("for ever of one project does not keep another from a new token", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    const closed = "0".repeat(24);
    mock.setFaults([{ path: closed, fault: { kind: "answer", status: 401 } }]);
    for (let count = 0; count < 3; count++) {
      const list = atlas.privateLinkConnections.listPage({ groupId: closed });
      expect(await rejection(list)).toBeInstanceOf(AuthenticationError);
    }
    expect(asked(mock, tokenPath)).toHaveLength(2);
    mock.state.forgetLogins();
    await call(atlas, getOne);
    expect(asked(mock, tokenPath)).toHaveLength(3);
  });

  test("for ever of many projects costs eleven tokens at most, and no more before five minutes are over", async () => {
    const clock = startClock();
    const mock = await startService({
      clock,
      faults: [{ path: "/api/atlas/", fault: { kind: "answer", status: 401 } }],
    });
    const atlas = connect(kind, mock, { clock });
    const readAll = () =>
      inParallel(30, (index) =>
        rejection(atlas.privateLinkConnections.listPage({ groupId: index.toString().padStart(24, "0") })),
      );
    for (let round = 0; round < 12; round++) await readAll();
    expect(asked(mock, tokenPath).length).toBeLessThanOrEqual(11);
    const before = asked(mock, tokenPath).length;
    clock.advance(5 * minutes);
    await readAll();
    expect(asked(mock, tokenPath).length).toBeGreaterThan(before);
  });

  test("leaves the call with the service's own words where its replacement is refused as well", async () => {
    const body = { error: 401, errorCode: "NOT_IN_GROUP", detail: "The current user is not in the group." };
    const mock = await startService({
      faults: [{ path: "/api/atlas/", fault: { kind: "answer", status: 401, body } }],
    });
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    const error = await rejection(connect(kind, mock).privateLinkConnections.get({ groupId, connectionId }));
    expect(error).toMatchObject({ status: 401, errorCode: "NOT_IN_GROUP", detail: body.detail });
    expect(calls(mock)).toHaveLength(2);
  });
});

describe("a token endpoint that refuses", () => {
  const refusals: [string, number, unknown, object][] = [
    [
      "invalid_client",
      401,
      { error: "invalid_client", error_description: "Invalid credentials provided." },
      { status: 401, errorCode: "invalid_client", detail: "Invalid credentials provided." },
    ],
    [
      "the cap of 100 tokens",
      403,
      { error: "access_denied", error_description: "Access Token limit reached." },
      { status: 403, errorCode: "access_denied", detail: "Access Token limit reached." },
    ],
    [
      "429 in the API's words",
      429,
      { error: 429, errorCode: "RATE_LIMITED", detail: "Resource /api/oauth/token is limited to 50 requests." },
      { status: 429, errorCode: "RATE_LIMITED", detail: "Resource /api/oauth/token is limited to 50 requests." },
    ],
    [
      "a server error",
      500,
      { error: "server_error", error_description: "Unexpected error." },
      { errorCode: "server_error" },
    ],
    [
      "a page for people",
      503,
      "<html>Under maintenance</html>",
      { status: 503, message: "POST /api/oauth/token answered 503: nothing that could be read." },
    ],
    ["an empty 502", 502, undefined, { status: 502 }],
    ["an empty 200", 200, undefined, { status: 200 }],
    ["200 with a login page", 200, "<html>Please sign in</html>", { status: 200 }],
    ["200 without a token", 200, { token_type: "Bearer", expires_in: 3600 }, { status: 200 }],
    ["200 with null", 200, "null", { status: 200 }],
    ["200 with a list", 200, [{ access_token: "a-token" }], { status: 200 }],
    ["a 204", 204, undefined, { status: 204 }],
    ["garbage in every field", 400, { error: 42, error_description: {}, errorCode: [], detail: null }, { status: 400 }],
    ["a refusal that has a token in it", 403, { access_token: "a-token", expires_in: 3600 }, { status: 403 }],
  ];

  test.each(refusals)(
    "with %s fails the call in its own words, and nothing goes out unauthenticated",
    async (_name, status, body, facts) => {
      const server = await startHostile({ token: ({ answer }) => answer(status, body) });
      const error = await rejection(call(connect(kind, server), getOne));
      expect(error).toBeInstanceOf(CredentialError);
      expect(error).toMatchObject({ code: "CREDENTIAL", method: "POST", path: tokenPath, ...facts });
      const { detail } = facts as { detail?: string };
      if (detail) expect((error as Error).message).toContain(detail);
      expect(server.requests.every(({ path }) => path === tokenPath)).toBe(true);
    },
  );

  test("for real: the 101st token of an account is refused in the service's words", async () => {
    const mock = await startService({ limits: { liveTokens: 1 } });
    await call(connect(kind, mock), getOne);
    const error = await rejection(call(connect(kind, mock), getOne));
    expect(error).toMatchObject({ code: "CREDENTIAL", status: 403, errorCode: "access_denied" });
    expect(calls(mock)).toHaveLength(1);
  });

  test("is asked once for 50 calls at once, which all learn why", async () => {
    const server = await startHostile({
      token: async ({ answer }) => {
        await aMoment();
        answer(401, { error: "invalid_client" });
      },
    });
    const atlas = connect(kind, server);
    const errors = await inParallel(50, () => rejection(call(atlas, getOne)));
    expect(server.requests).toHaveLength(1);
    for (const error of errors) expect(error).toMatchObject({ code: "CREDENTIAL", errorCode: "invalid_client" });
  });

  test("is asked once, too, where each of the calls has a deadline of its own", async () => {
    const mock = await startService({
      faults: [
        {
          path: tokenPath,
          credentials: "any",
          fault: { kind: "answer", status: 401, body: { error: "invalid_client" } },
        },
      ],
    });
    const atlas = connect(kind, mock);
    const errors = await inParallel(20, (index) => rejection(call(atlas, getOne, { deadlineMs: 10_000 + index })));
    for (const error of errors) expect(error).toMatchObject({ errorCode: "invalid_client" });
    expect(asked(mock, tokenPath)).toHaveLength(1);
  });

  test("is asked again by the next call: a refusal is not for ever", async () => {
    const mock = await startService({ faults: [{ path: tokenPath, nth: 1, fault: "empty" }] });
    const atlas = connect(kind, mock);
    expect(await rejection(call(atlas, getOne))).toBeInstanceOf(CredentialError);
    await call(atlas, getOne);
  });

  test.each(["empty", "reset", "unavailable", "truncated", { kind: "empty", status: 504 }] as const)(
    "only for a moment (%o) is asked again within the same call",
    async (fault) => {
      const clock = startClock({ skip: (delayMs) => delayMs < 30_000 });
      const mock = await startService({ faults: [{ path: tokenPath, nth: 1, fault }] });
      await call(connect(kind, mock, { clock, retry: {} }), getOne);
      expect(asked(mock, tokenPath)).toHaveLength(2);
      expect(calls(mock)).toHaveLength(1);
    },
  );
});

describe("one caller's abort", () => {
  test.each([
    ["who asked for the token", 0],
    ["who waits for it", 5],
  ])("by the one %s ends that call at once and fails nobody else's", async (_name, who) => {
    let answerToken = () => {};
    const server = await startHostile({
      token: ({ answer }) => {
        answerToken = () => answer(200, { access_token: "a-token" });
      },
    });
    const atlas = connect(kind, server);
    const abort = new AbortController();
    const reason = new Error("no longer wanted");
    const answers = Array.from({ length: 10 }, (_, index) =>
      call(atlas, getOne, index === who ? { signal: abort.signal } : {}),
    );
    while (server.tokenRequests.length === 0) await aMoment(1);
    abort.abort(reason);
    const aborted = answers[who] ?? Promise.resolve();
    expect(await rejection(aborted)).toBe(reason);
    answerToken();
    await Promise.all(answers.filter((answer) => answer !== aborted));
    expect(server.tokenRequests).toHaveLength(1);
    expect(server.calls).toHaveLength(9);
  });

  test("by the only one leaves the next call a token", async () => {
    const server = await startHostile();
    const atlas = connect(kind, server);
    expect(await rejection(call(atlas, getOne, { signal: AbortSignal.abort("at once") }))).toBe("at once");
    await call(atlas, getOne);
    expect(server.calls).toHaveLength(1);
  });
});

describe("close()", () => {
  test("revokes the token that the client holds, raw in Basic as well, and the service takes it no more", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    await atlas.close();
    const [revoked] = asked(mock, revokePath);
    const bearer = calls(mock)[0]?.headers.authorization ?? "";
    const body = new URLSearchParams(String(revoked?.body));
    expect(`Bearer ${body.get("token")}`).toBe(bearer);
    expect(body.get("token_type_hint")).toBe("access_token");
    expect(revoked).toMatchObject({ method: "POST", status: 200 });
    const reused = await fetch(`${mock.url}${calls(mock)[0]?.path}`, {
      headers: { authorization: bearer, accept: getOne.accept },
    });
    expect(reused.status).toBe(401);
  });

  test("revokes once, however often it is called, and nothing where there is nothing", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await atlas.close();
    expect(mock.requests).toEqual([]);
    await call(atlas, getOne);
    await Promise.all([atlas.close(), atlas.close()]);
    await atlas.close();
    expect(asked(mock, revokePath)).toHaveLength(1);
  });

  test("leaves the client usable: the next call asks for a new token", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    await atlas.close();
    await call(atlas, getOne);
    expect(asked(mock, tokenPath)).toHaveLength(2);
    expect(calls(mock).map(({ status }) => status)).toEqual([200, 200]);
  });

  test("waits for a token that is under way, and revokes that", async () => {
    const server = await startHostile({
      token: async ({ answer }) => {
        await aMoment();
        answer(200, { access_token: "just-in-time" });
      },
    });
    const atlas = connect(kind, server);
    const answer = call(atlas, getOne);
    while (server.tokenRequests.length === 0) await aMoment(1);
    await atlas.close();
    expect(server.requests.find(({ path }) => path === revokePath)?.body).toContain("token=just-in-time");
    await answer;
  });

  test("does not revoke what has expired", async () => {
    const clock = startClock();
    const mock = await startService({ clock });
    const atlas = connect(kind, mock, { clock });
    await call(atlas, getOne);
    clock.advance(60 * minutes);
    await atlas.close();
    expect(asked(mock, revokePath)).toEqual([]);
  });

  test.each([
    ["invalid_client", 401, { error: "invalid_client", error_description: "Rotated." }, { detail: "Rotated." }],
    ["an empty 502", 502, undefined, {}],
    ["a page for people", 503, "<html>later</html>", {}],
    ["a redirect", 302, undefined, {}],
  ])(
    "is best effort: where the service refuses with %s, it tells that on the token channel and throws nothing",
    async (_name, status, body, facts) => {
      const server = await startHostile({ revoke: ({ answer }) => answer(status, body) });
      const atlas = connect(kind, server);
      await call(atlas, getOne);
      const events = listen("token");
      await atlas.close();
      expect(events).toMatchObject([{ error: { code: "CREDENTIAL", status, path: revokePath, ...facts } }]);
    },
  );

  test("in a finally leaves the error that matters to be seen", async () => {
    const server = await startHostile({ revoke: ({ socket }) => void socket.destroy() });
    const atlas = connect(kind, server);
    const work = async () => {
      try {
        await call(atlas, getOne);
        throw new Error("this is what matters");
      } finally {
        await atlas.close();
      }
    };
    expect(await rejection(work())).toMatchObject({ message: "this is what matters" });
  });

  test("is what `await using` does at the end of its block", async () => {
    const mock = await startService();
    {
      await using atlas = connect(kind, mock);
      await call(atlas, getOne);
    }
    expect(asked(mock, revokePath)).toHaveLength(1);
  });

  test("does not wait for the lock of a store that never comes: a shared token is not this client's to end", async () => {
    const mock = await startService();
    const store = { get: async () => undefined, set: async () => {}, lock: () => new Promise<never>(() => {}) };
    const auth = serviceAccount({ ...mock.credentials.serviceAccount, store });
    const atlas = createClient({ auth, baseUrl: mock.url, deadlineMs: 100 });
    const answer = rejection(call(atlas, getOne));
    await atlas.close();
    expect(await answer).toBeInstanceOf(TimeoutError);
  });

  test("can be tried again where it has failed", async () => {
    const mock = await startService({ faults: [{ path: revokePath, nth: 1, fault: "empty" }] });
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    await atlas.close();
    await atlas.close();
    expect(asked(mock, revokePath).map(({ status }) => status)).toEqual([502, 200]);
  });

  test("of a client with an API key sends nothing", async () => {
    const mock = await startService();
    const atlas = connect("digest", mock);
    await call(atlas, getOne);
    const before = mock.requests.length;
    await atlas.close();
    expect(mock.requests).toHaveLength(before);
  });
});

test("two clients of two accounts at two services do not mix their tokens", async () => {
  const [one, other] = [await startHostile(), await startHostile()];
  other.behave({ token: ({ answer }) => answer(200, { access_token: "of-the-other" }) });
  const auth = serviceAccount(one.credentials.serviceAccount);
  const clients = [one, other].map(({ url }) => createClient({ auth, baseUrl: url, retry: false }));
  await Promise.all(clients.map((atlas) => call(atlas, getOne)));
  expect(one.calls[0]?.headers.authorization).toMatch(/^Bearer eyJ0b2tlbg/);
  expect(other.calls[0]?.headers.authorization).toBe("Bearer of-the-other");
});
