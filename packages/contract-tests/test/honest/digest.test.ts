import { AuthenticationError, CredentialError, createClient, digest } from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect } from "./clients.js";
import { challenge, type HostileServer, startHostileServer } from "./hostile-server.js";
import { call, create, getOne } from "./operations.js";

// The mock checks each answer by itself: response, count, nonce. What the challenges of other servers ask for is
// held against servers that none of us wrote, in packages/client/test/auth.

const kind = "digest";

async function startService(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  return mock;
}

async function startChallenger(...challenges: string[]): Promise<HostileServer> {
  const server = await startHostileServer({
    stranger: ({ answer }) => answer(401, undefined, { "www-authenticate": challenges }),
  });
  onTestFinished(() => server.stop());
  return server;
}

const statuses = ({ requests }: Mock) => requests.map(({ status }) => status);
const inParallel = (count: number, work: () => Promise<unknown>) => Promise.all(Array.from({ length: count }, work));

/** What each answer to a challenge counted, with its nonce. */
function counts({ requests }: Pick<Mock, "requests">): string[] {
  return requests
    .map(({ headers }) => headers.authorization ?? "")
    .filter(Boolean)
    .map((header) => `${/nonce="(.*?)"/.exec(header)?.[1]} ${/nc=(\w+)/.exec(header)?.[1]}`);
}

describe("round trips", () => {
  test("the first call meets the challenge, and from then on a call is one round trip", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    for (let count = 0; count < 5; count++) await call(atlas, getOne);
    expect(statuses(mock)).toEqual([401, 200, 200, 200, 200, 200]);
  });

  test("100 calls at once on a warm client are 100 requests, and no count is used twice", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    const before = mock.requests.length;
    await inParallel(100, () => call(atlas, getOne));
    expect(mock.requests.length - before).toBe(100);
    expect(new Set(counts(mock)).size).toBe(101);
  });

  test("100 calls at once on a cold client meet one challenge", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await inParallel(100, () => call(atlas, getOne));
    expect(statuses(mock).filter((status) => status === 401)).toHaveLength(1);
    expect(mock.requests).toHaveLength(101);
    expect(new Set(counts(mock)).size).toBe(100);
  });

  test("one caller's abort while the challenge is met fails nobody else", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    const abort = new AbortController();
    const first = call(atlas, getOne, { signal: abort.signal });
    const others = inParallel(9, () => call(atlas, getOne));
    abort.abort("no longer wanted");
    expect(await rejection(first)).toBe("no longer wanted");
    await others;
  });
});

describe("a nonce that is no longer good", () => {
  test("because it is stale is renewed within the call", async () => {
    const clock = startClock();
    const mock = await startService({ clock });
    const atlas = connect(kind, mock, { clock });
    await call(atlas, getOne);
    clock.advance(300_001);
    await call(atlas, getOne);
    expect(statuses(mock)).toEqual([401, 200, 401, 200]);
  });

  test("because the server forgot it is renewed within the calls, 50 of them at once", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    mock.state.forgetLogins();
    await inParallel(50, () => call(atlas, getOne));
    expect(statuses(mock).filter((status) => status === 200)).toHaveLength(51);
    const right = mock.requests.filter(({ status }) => status === 200);
    expect(new Set(counts({ requests: right })).size).toBe(51);
  });

  test("does not lose a write's body, cold or stale", async () => {
    const clock = startClock();
    const mock = await startService({ clock, connections: [] });
    const atlas = connect(kind, mock, { clock });
    await call(atlas, create);
    clock.advance(300_001);
    await call(atlas, create).catch(() => undefined); // a second of the same is refused, but it has to arrive
    expect(mock.requests.map(({ body }) => body)).toEqual(Array(4).fill(create.example.body));
    expect(statuses(mock)).toEqual([401, 200, 401, 400]);
  });
});

describe("a wrong key", () => {
  test("is an AuthenticationError in the service's words after two round trips, not a loop", async () => {
    const mock = await startService();
    const auth = digest({ ...mock.credentials.digest, privateKey: "wrong" });
    const atlas = createClient({ auth, baseUrl: mock.url });
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    const error = await rejection(atlas.privateLinkConnections.get({ groupId, connectionId }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ status: 401, errorCode: "UNEXPECTED_ERROR" });
    expect(statuses(mock)).toEqual([401, 401]);
  });

  test("costs 20 calls at once three round trips each at most", async () => {
    const mock = await startService();
    const auth = digest({ ...mock.credentials.digest, privateKey: "wrong" });
    const atlas = createClient({ auth, baseUrl: mock.url, retry: false });
    await inParallel(20, () => rejection(call(atlas, getOne)));
    expect(mock.requests.length).toBeLessThanOrEqual(60);
  });
});

describe("a challenge", () => {
  test.each([
    ["Basic", 'Basic realm="proxy"'],
    ["Bearer", 'Bearer realm="x", error="invalid_token"'],
    ["Negotiate", "Negotiate abcdefgh=="],
    ["a scheme that begins like Digest", 'DigestPlus realm="r", nonce="n", qop="auth"'],
  ])("of %s never gets the key, nor anything made from it", async (_name, header) => {
    const server = await startChallenger(header);
    const error = await rejection(call(connect(kind, server), getOne));
    expect(error).toMatchObject({ status: 401 });
    expect(server.requests).toHaveLength(1);
    expect(server.calls).toEqual([]);
  });

  test("of Basic before one of Digest in one header is passed over, quoted commas and all", async () => {
    const quoted = challenge
      .replace("MMS Public API", 'a "quoted", Basic realm')
      .replace('"a "quoted", Basic realm"', '"a \\"quoted\\", Basic realm"');
    for (const challenges of [[`Basic realm="a, b", ${quoted}`], ['Basic realm="x"', quoted]]) {
      const server = await startChallenger(...challenges);
      await call(connect(kind, server), getOne);
      expect(server.calls[0]?.headers.authorization).toContain('realm="a \\"quoted\\", Basic realm"');
    }
  });

  test("with several algorithms is answered in the strongest", async () => {
    const strong = challenge.replace("MD5", "SHA-256").replace("kWVA9", "other");
    const server = await startChallenger(challenge, strong);
    await call(connect(kind, server), getOne);
    expect(server.calls[0]?.headers.authorization).toContain("algorithm=SHA-256");
  });

  test.each([
    ["an algorithm that nobody knows", challenge.replace("MD5", "MD4")],
    ["auth-int alone", challenge.replace('qop="auth"', 'qop="auth-int"')],
    ["no nonce", challenge.replace(/nonce="[^"]*", /, "")],
  ])("that asks for %s is a CredentialError, and is not answered", async (_name, header) => {
    const server = await startChallenger(header);
    expect(await rejection(call(connect(kind, server), getOne))).toBeInstanceOf(CredentialError);
    expect(server.calls).toEqual([]);
  });

  test("that comes again for ever ends in an error after a few answers", async () => {
    let count = 0;
    const again = () => ({ "www-authenticate": challenge.replace("kWVA9", `n${count++}`).replace("false", "true") });
    const server = await startHostileServer({
      stranger: ({ answer }) => answer(401, undefined, again()),
      api: ({ answer }) => answer(401, undefined, again()),
    });
    onTestFinished(() => server.stop());
    expect(await rejection(call(connect(kind, server), getOne))).toBeInstanceOf(AuthenticationError);
    expect(server.requests.length).toBeLessThan(10);
  });

  test.each([
    ["realm", challenge.replace("MMS Public API", "Another API"), /realm="Another API"/],
    ["opaque", `${challenge}, opaque="another"`, /opaque="another"/],
    ["algorithm", challenge.replace("MD5", "SHA-256"), /algorithm=SHA-256/],
  ])(
    "that comes with the nonce of before and another %s is answered as it asks, not as the one before",
    async (_name, other, asked) => {
      const server = await startChallenger(challenge);
      const atlas = connect(kind, server);
      await call(atlas, getOne);
      server.behave({
        api({ headers, answer }) {
          if (asked.test(headers.authorization ?? "")) answer(200, { _id: "32b6e34b3d91647abb20e7b8" });
          else answer(401, undefined, { "www-authenticate": other });
        },
      });
      await call(atlas, getOne);
      expect(server.calls.map(({ headers }) => asked.test(headers.authorization ?? ""))).toEqual([false, true]);
    },
  );
});
