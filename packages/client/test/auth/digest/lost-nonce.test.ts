import { describe, expect, it } from "vitest";
import { expectFreshCounts, start } from "./start.js";

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
