import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { CredentialError, InvalidArgumentError } from "../../src/answer/errors.js";
import { digest } from "../../src/auth/digest.js";
import { send, startDigestClient } from "./digest-client.js";
import { type DigestServerOptions, keys, startDigestServer } from "./digest-server.js";

async function start(options?: DigestServerOptions) {
  const server = await startDigestServer(options);
  return { server, client: startDigestClient(server.url) };
}

/** No count came twice for one nonce. */
function expectFreshCounts({ counts }: { counts: string[] }) {
  expect(counts).toEqual([...new Set(counts)]);
}

/** A promise and the function that keeps it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("in the steady state", () => {
  it("meets one challenge and then makes one round trip a call, counting up on the same nonce", async () => {
    const { server, client } = await start();
    for (let call = 0; call < 11; call++) expect((await client.call()).status).toBe(200);
    const [bare, ...answered] = server.arrivals;
    expect(bare?.authorization).toBeUndefined();
    expect(answered.map(({ parameters }) => parameters.nc)).toEqual(
      "1 2 3 4 5 6 7 8 9 a b".split(" ").map((digit) => `0000000${digit}`),
    );
    expect(new Set(answered.map(({ parameters }) => parameters.nonce)).size).toBe(1);
  });

  it("makes a new cnonce, a random UUID, for each request", async () => {
    const { server, client } = await start();
    await client.parallel(50);
    const cnonces = server.arrivals.flatMap(({ parameters }) => parameters.cnonce ?? []);
    expect(new Set(cnonces).size).toBe(50);
    for (const cnonce of cnonces) expect(cnonce).toMatch(/^"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"$/);
  });

  it("sends 100 parallel calls of a warm client in 100 requests, and no count twice", async () => {
    const { server, client } = await start();
    await client.call();
    expect(client.sent).toBe(2);
    expect(await client.parallel(100)).toEqual([200]);
    expect(client.sent).toBe(102);
    expectFreshCounts(server);
  });

  it("writes the header without spaces, and quotes what RFC 7616 wants quoted and nothing else", async () => {
    const { server, client } = await start({ realm: "*", newNonce: () => "abc123" });
    await client.call("/groups/1?envelope=true&pageNum=2");
    expect(server.arrivals[1]?.authorization).toMatch(
      /^Digest username="abcdefgh",realm="\*",nonce="abc123",algorithm=MD5,uri="\/groups\/1\?envelope=true&pageNum=2",response="[0-9a-f]{32}",qop=auth,nc=00000001,cnonce="[0-9a-f-]{36}"$/,
    );
  });

  it("goes on with the nonce that Authentication-Info names", async () => {
    const { server, client } = await start({ oneTime: true });
    for (let call = 0; call < 5; call++) expect((await client.call()).status).toBe(200);
    expect(server.statuses()).toEqual([401, 200, 200, 200, 200, 200]);
    expect(await client.parallel(20)).toEqual([200]);
    expectFreshCounts(server);
  });
});

describe("cold", () => {
  it("lets one of 100 parallel calls meet the challenge, and the others wait for it", async () => {
    const { server, client } = await start();
    expect(await client.parallel(100)).toEqual([200]);
    expect(server.arrivals.filter(({ authorization }) => !authorization)).toHaveLength(1);
    expect(server.arrivals).toHaveLength(101);
    expectFreshCounts(server);
  });

  it("sends the next call ahead when the caller of the first gives up", async () => {
    const { server, client } = await start();
    const arrived = gate();
    server.before = async () => {
      if (server.arrivals.length > 1) return false;
      arrived.open();
      return true;
    };
    const controller = new AbortController();
    const first = client.call("/first", { signal: controller.signal });
    const others = client.parallel(20);
    await arrived.opened;
    expect(server.arrivals).toHaveLength(1);
    controller.abort(new Error("changed my mind"));
    await expect(first).rejects.toThrow("changed my mind");
    expect(await others).toEqual([200]);
    expect(server.arrivals.filter(({ authorization }) => !authorization)).toHaveLength(2);
  });

  it("goes on though the network pays no heed to the abort of the first call", async () => {
    const server = await startDigestServer();
    let sent = 0;
    const client = startDigestClient(server.url, {
      network: (request) => (++sent === 1 ? new Promise(() => {}) : send(request)),
    });
    const controller = new AbortController();
    void client.call("/first", { signal: controller.signal });
    const others = client.parallel(5);
    controller.abort();
    expect(await others).toEqual([200]);
  });

  it("lets a caller that waits give up at once, and nobody else", async () => {
    const { server, client } = await start();
    const { open, opened } = gate();
    server.before = () => opened.then(() => false);
    const first = client.call("/first");
    const controller = new AbortController();
    const waiting = client.call("/waiting", { signal: controller.signal });
    const patient = client.call("/patient");
    controller.abort(new Error("no time"));
    await expect(waiting).rejects.toThrow("no time");
    open();
    expect([(await first).status, (await patient).status]).toEqual([200, 200]);
    expect(server.arrivals.map(({ url }) => url)).not.toContain("/waiting");
  });

  it("sends the next call ahead when the first fails, and fails only the first", async () => {
    const { server, client } = await start();
    server.before = async (request) => {
      if (server.arrivals.length === 1) request.socket.destroy();
      return server.arrivals.length === 1;
    };
    const first = client.call("/first");
    const others = client.parallel(20);
    await expect(first).rejects.toThrow("socket hang up");
    expect(await others).toEqual([200]);
    expect(server.arrivals.filter(({ authorization }) => !authorization)).toHaveLength(2);
  });

  it("does not queue calls up behind a service that fails them one by one", async () => {
    const { server, client } = await start();
    server.before = async (request) => {
      request.socket.destroy();
      return true;
    };
    let failing = 0;
    let mostAtOnce = 0;
    const network: typeof send = async (request) => {
      mostAtOnce = Math.max(mostAtOnce, ++failing);
      return send(request).finally(() => failing--);
    };
    const impatient = startDigestClient(server.url, { network });
    const ends = await Promise.allSettled(Array.from({ length: 30 }, () => impatient.call()));
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    expect(server.arrivals).toHaveLength(30);
    expect(mostAtOnce).toBe(28);
    expect(client.sent).toBe(0);
  });

  it.each([200, 204, 302, 404, 500])(
    "takes an unchallenged %i for the answer, and lets nobody wait any longer",
    async (status) => {
      const { server, client } = await start();
      server.before = async (_request, response) => {
        response.writeHead(status).end();
        return true;
      };
      expect(await client.parallel(10)).toEqual([status]);
      expect(server.arrivals).toHaveLength(10);
    },
  );

  it("meets the challenge later where the first answer had none", async () => {
    const { server, client } = await start();
    server.before = async (_request, response) => {
      if (server.arrivals.length === 1) response.writeHead(500).end();
      return server.arrivals.length === 1;
    };
    expect((await client.call()).status).toBe(500);
    expect(await client.parallel(10)).toEqual([200]);
    expect(server.arrivals).toHaveLength(1 + 11);
  });
});

describe("when the server no longer takes the nonce", () => {
  it.each(["expire", "forget"] as const)("renews it within the same call (%s)", async (lose) => {
    const { server, client } = await start();
    await client.call();
    server[lose]();
    expect((await client.call("/again")).status).toBe(200);
    expect(server.statuses()).toEqual([401, 200, 401, 200]);
    expect((await client.call()).status).toBe(200);
    expect(server.arrivals).toHaveLength(5);
  });

  it.each(["expire", "forget"] as const)("renews it once for 100 parallel calls (%s)", async (lose) => {
    const { server, client } = await start();
    await client.call();
    server[lose]();
    expect(await client.parallel(100)).toEqual([200]);
    expect(server.arrivals.length).toBeLessThanOrEqual(2 + 200);
    expect(new Set(server.counts.map((count) => count.split(" ")[0])).size).toBe(2);
    expectFreshCounts(server);
    expect(await client.parallel(100)).toEqual([200]);
    expectFreshCounts(server);
  });

  it("renews it as often as the server loses it, while 200 calls run", async () => {
    const { server, client } = await start();
    server.before = async () => {
      if (server.arrivals.length % 60 === 0) server[server.arrivals.length % 120 === 0 ? "expire" : "forget"]();
      return false;
    };
    for (let round = 0; round < 4; round++) expect(await client.parallel(50)).toEqual([200]);
    expectFreshCounts(server);
  });

  it("gets every call through a server that wants counts in order, though they arrive in any order", async () => {
    const { server, client } = await start({ inOrder: true });
    await client.call();
    // The highest count goes first: among the 50, and again among the 49 that this makes stale.
    const crowds = [50, 49];
    const held: { nc: string; goOn: () => void }[] = [];
    server.before = async (_request, _response, { parameters: { nc = "" } }) => {
      if (crowds.length === 0) return false;
      const turn = new Promise<void>((goOn) => held.push({ nc, goOn }));
      if (held.length === crowds[0]) {
        crowds.shift();
        const crowd = held.splice(0).sort((a, b) => (a.nc < b.nc ? 1 : -1));
        setImmediate(() => {
          for (const { goOn } of crowd) goOn();
        });
      }
      return turn.then(() => false);
    };
    expect(await client.parallel(50)).toEqual([200]);
    expect(server.arrivals).toHaveLength(2 + 50 + 49 + 48);
    expectFreshCounts(server);
  });

  it("goes on counting on a nonce that is handed out again", async () => {
    let challenges = 0;
    const { server, client } = await start({ newNonce: () => (challenges++ % 2 ? "odd" : "even") });
    for (let call = 0; call < 6; call++) {
      expect((await client.call()).status).toBe(200);
      server.forget();
    }
    expect(new Set(server.counts.map((count) => count.split(" ")[0]))).toEqual(new Set(["even", "odd"]));
    expectFreshCounts(server);
  });
});

describe("when the key is wrong", () => {
  it("returns the 401 after one answer to a fresh challenge", async () => {
    const { server, client } = await start();
    server.password = "another";
    expect((await client.call()).status).toBe(401);
    expect(server.arrivals).toHaveLength(2);
  });

  it("returns the 401 to each of 50 parallel calls after at most one renewal each", async () => {
    const { server, client } = await start();
    server.password = "another";
    expect(await client.parallel(50)).toEqual([401]);
    expect(server.arrivals.length).toBeLessThanOrEqual(2 * 50 + 50);
  });

  it("finds out within the call when the key was revoked since the last one", async () => {
    const { server, client } = await start();
    await client.call();
    server.password = "another";
    expect((await client.call()).status).toBe(401);
    expect(server.arrivals).toHaveLength(2 + 2);
  });

  it("does not answer a challenge that repeats the nonce it has just answered", async () => {
    const { server, client } = await start({ newNonce: () => "one-for-all" });
    await client.call();
    server.password = "another";
    expect((await client.call()).status).toBe(401);
    expect(server.arrivals).toHaveLength(2 + 1);
  });

  it("takes a 401 without a challenge for the service's answer, in one round trip", async () => {
    const { server, client } = await start();
    await client.call();
    server.before = async (_request, response) => {
      response.writeHead(401).end("You may not do this.");
      return true;
    };
    const answer = await client.call();
    expect([answer.status, answer.text]).toEqual([401, "You may not do this."]);
    expect(server.arrivals).toHaveLength(3);
  });

  it.each([
    ["a new nonce", undefined],
    ["the same nonce", () => "same"],
  ])(
    "gives up on a server that calls everything stale, with %s each time, after five requests",
    async (_, newNonce) => {
      const { server, client } = await start(newNonce && { newNonce });
      server.before = async () => {
        server.expire();
        return false;
      };
      expect((await client.call()).status).toBe(401);
      expect(server.arrivals).toHaveLength(5);
    },
  );
});

describe("a challenge", () => {
  const algorithms = ["MD5", "SHA-256", "MD5-sess", "SHA-256-sess"] as const;

  it.each(algorithms.flatMap((algorithm) => [true, false].map((qop) => ({ algorithm, qop }))))(
    "is answered for algorithm=$algorithm, qop $qop",
    async ({ algorithm, qop }) => {
      const { server, client } = await start({ algorithm, qop });
      expect(await client.parallel(5)).toEqual([200]);
      expect(await client.parallel(5)).toEqual([200]);
      server.expire();
      expect(await client.parallel(5)).toEqual([200]);
      const cnonces = server.arrivals.flatMap(({ status, parameters }) => (status === 200 && parameters.cnonce) || []);
      if (algorithm.endsWith("-sess")) expect(new Set(cnonces).size).toBe(2);
      else expect(new Set(cnonces).size).toBe(qop ? 15 : 0);
    },
  );

  it.each([
    ["no algorithm", 'Digest realm="MMS Public API", nonce="N", qop="auth"'],
    ["an algorithm in another case", 'Digest realm="MMS Public API", nonce="N", qop="auth", algorithm=md5'],
    ["a quoted algorithm", 'Digest realm="MMS Public API", nonce="N", qop="auth", algorithm="MD5"'],
    ["a scheme and names in another case", 'DIGEST Realm="MMS Public API", NONCE="N", Qop="auth"'],
    ["auth as one of two qop", 'Digest realm="MMS Public API", nonce="N", qop="auth-int, auth"'],
    [
      "parameters that nobody knows",
      'Digest realm="MMS Public API", op="auth", userhash=false, nonce="N", qop=auth, x="a,b"',
    ],
    ["Basic before it", 'Basic realm="x", Digest realm="MMS Public API", nonce="N", qop="auth"'],
    [
      "Negotiate before and Bearer after it",
      'Negotiate abc==, Digest realm="MMS Public API", nonce="N", qop="auth", Bearer',
    ],
    [
      "one before it that cannot be answered",
      'Digest realm="x", nonce="x", algorithm=SHA-512-256, Digest realm="MMS Public API", nonce="N", qop="auth"',
    ],
  ])("is answered with %s", async (_, header) => {
    const { server, client } = await start({ challenge: (nonce) => header.replace('"N"', `"${nonce}"`) });
    expect(await client.parallel(3)).toEqual([200]);
    expect(server.arrivals).toHaveLength(4);
  });

  it("is answered by SHA-256 where MD5 is offered too, in a header of its own or in the same one", async () => {
    const offer = (nonce: string) =>
      ["MD5", "SHA-256"].map(
        (algorithm) => `Digest realm="MMS Public API", nonce="${nonce}", qop="auth", algorithm=${algorithm}`,
      );
    const one = await start({ algorithm: "SHA-256", challenge: (nonce) => offer(nonce).join(", ") });
    const two = await start({ algorithm: "SHA-256", challenge: offer });
    expect([(await one.client.call()).status, (await two.client.call()).status]).toEqual([200, 200]);
  });

  it("may hold commas, quotes and backslashes, and is echoed with them", async () => {
    const realm = 'Ann\'s "API", v2 \\ a=b';
    const escaped = 'Ann\'s \\"API\\", v2 \\\\ a=b';
    const { server, client } = await start({
      realm,
      challenge: (nonce) => `Digest realm="${escaped}",nonce="${nonce}",qop="auth",opaque="o, \\"p"`,
    });
    expect((await client.call()).status).toBe(200);
    expect(server.arrivals[1]?.parameters).toMatchObject({ realm: `"${escaped}"`, opaque: '"o, \\"p"' });
  });

  it("and the keys may hold any letters, as UTF-8", async () => {
    const server = await startDigestServer({
      realm: "Zürich",
      challenge: (nonce) =>
        Buffer.from(`Digest realm="Zürich", nonce="${nonce}", qop="auth", charset=UTF-8`).toString("latin1"),
    });
    server.password = "пароль €";
    const client = startDigestClient(server.url, { keys: { ...keys, privateKey: "пароль €" } });
    expect((await client.call()).status).toBe(200);
    expect(Buffer.from(server.arrivals[1]?.parameters.realm ?? "", "latin1").toString()).toBe('"Zürich"');
  });

  it.each(['Basic realm="x"', "Bearer", 'Negotiate abc==, Basic realm="Digest"', "", '=, ,"x'])(
    "of another scheme alone never gets the key: %s",
    async (header) => {
      const { server, client } = await start({ challenge: () => header });
      expect(await client.parallel(5)).toEqual([401]);
      expect(server.arrivals.map(({ authorization }) => authorization)).toEqual(Array(5).fill(undefined));
    },
  );

  it.each([
    'Digest realm="r", nonce="n", qop="auth-int"',
    'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-512-256',
    'Digest realm="r", nonce="n", algorithm=a, Digest realm="r", nonce="n", algorithm=b-sess',
    'Digest realm="r", qop="auth"',
    'Digest nonce="n"',
    "Digest",
  ])("that cannot be answered is a CredentialError that says what was offered: %s", async (header) => {
    const { server, client } = await start({ challenge: () => header });
    const error: unknown = await client.call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CredentialError);
    expect(error).toMatchObject({ status: 401, message: expect.stringContaining(header) });
    expect(await Promise.allSettled([client.call(), client.call(), client.call()])).toMatchObject(
      Array(3).fill({ reason: { code: "CREDENTIAL" } }),
    );
    expect(server.arrivals.every(({ authorization }) => !authorization)).toBe(true);
  });
});

describe("a request body", () => {
  it("survives the challenge and a renewal", async () => {
    const { server, client } = await start();
    const answer = await client.call("/made", { method: "POST", body: "one" });
    expect(JSON.parse(answer.text)).toEqual({ url: "/made", body: "one" });
    server.expire();
    expect(JSON.parse((await client.call("/made", { method: "POST", body: "two" })).text)).toMatchObject({
      body: "two",
    });
    expect(server.arrivals.map(({ method, body }) => `${method} ${body}`)).toEqual([
      "POST one",
      "POST one",
      "POST two",
      "POST two",
    ]);
  });
});

describe("the keys", () => {
  it("are not sent to another origin", async () => {
    const { server } = await start();
    const other = await startDigestServer();
    const client = startDigestClient(server.url);
    await client.call();
    for (const url of [
      other.url,
      server.url.replace("http:", "https:"),
      server.url.replace("127.0.0.1", "localhost"),
    ]) {
      await expect(client.call(url)).rejects.toThrow(InvalidArgumentError);
    }
    expect(client.sent).toBe(2);
    expect(other.arrivals).toHaveLength(0);
  });

  it("serve a base URL however it is written", async () => {
    const { url } = await startDigestServer();
    expect((await startDigestClient(`${url.replace("http", "HTTP")}/`).call("/x")).status).toBe(200);
  });

  it.each([undefined, null, "", 5, {}])("are refused eagerly where one is %j", (value) => {
    expect(() => digest({ ...keys, publicKey: value as string })).toThrow("digest: publicKey must be text");
    expect(() => digest({ ...keys, privateKey: value as string })).toThrow("digest: privateKey must be text");
    expect(() => digest(value as unknown as typeof keys)).toThrow(InvalidArgumentError);
  });

  it.each(["a:b", "a\nb", "a\r", "\0", "\x7f"])(
    "are refused where the public one cannot be a user name: %j",
    (publicKey) => {
      const attempt = () => digest({ ...keys, publicKey });
      expect(attempt).toThrow(InvalidArgumentError);
      expect(attempt).toThrow("without colons and control characters");
    },
  );

  it("show in nothing that is thrown, logged or sent", async () => {
    const { server, client } = await start({
      challenge: (nonce) => `Digest realm="r", nonce="${nonce}", qop="auth-int"`,
    });
    const error: unknown = await client.call().catch((thrown: unknown) => thrown);
    const refusal: unknown = await new Promise((resolve) => {
      try {
        digest({ ...keys, publicKey: ":" });
      } catch (thrown) {
        resolve(thrown);
      }
    });
    const credentials = digest(keys);
    const seen = [error, refusal, credentials, client, server.arrivals].map((value) =>
      inspect(value, { depth: 9, showHidden: true }),
    );
    for (const text of [...seen, JSON.stringify([error, credentials, client])])
      expect(text).not.toContain(keys.privateKey);
  });
});
