import { describe, expect, it } from "vitest";
import { start } from "./start.js";

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
