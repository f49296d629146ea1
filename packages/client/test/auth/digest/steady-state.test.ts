import { describe, expect, it } from "vitest";
import { expectFreshCounts, start } from "./start.js";

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
