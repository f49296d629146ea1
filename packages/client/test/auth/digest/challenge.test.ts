import { describe, expect, it } from "vitest";
import { CredentialError } from "../../../src/answer/errors.js";
import { startDigestClient } from "../digest-client.js";
import { keys, startDigestServer } from "../digest-server.js";
import { start } from "./start.js";

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
